//! The last words to a client whose connection ends without an answer of the proxy's routes, and
//! a moment in which it can hear them.

use crate::body::Response;
use crate::connections::Leaving;
use crate::failure::Failure;
use crate::http::header::{CONNECTION, CONTENT_LENGTH};
use crate::http::{HeaderValue, StatusCode};
use crate::limits;
use formsmith_wire::Code;
use http_body_util::BodyExt;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// What is thrown away is read in parts of so many bytes.
const PART: usize = 4096;

pub fn too_many_connections() -> Failure {
    Failure::new(
        StatusCode::SERVICE_UNAVAILABLE,
        Code::TooManyConnections,
        "The proxy has more connections than it has room for, and nothing was asked on this one \
         for a while.",
        "Wait a moment, then send again.",
    )
}

pub fn one_too_many() -> Failure {
    Failure {
        message: "The proxy is handling as many requests as it can.".into(),
        ..too_many_connections()
    }
}

pub fn stopping() -> Failure {
    Failure::new(
        StatusCode::SERVICE_UNAVAILABLE,
        Code::Stopping,
        "The proxy was stopped before the whole request arrived.",
        "Start the proxy again, then send again.",
    )
}

/// Half a head, and no more.
pub fn head_timeout(limit: Duration) -> Failure {
    Failure::new(
        StatusCode::REQUEST_TIMEOUT,
        Code::RequestTimeout,
        format!(
            "The request's head did not arrive within {} seconds.",
            limit.as_secs_f32()
        ),
        "Send it again: none of it was passed on.",
    )
}

/// What the server could not read, by the status that it has for it.
pub fn unreadable(status: StatusCode) -> Failure {
    match status {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Failure::new(
            status,
            Code::HeadersTooLarge,
            "The request has more or longer headers than the proxy accepts.",
            "Send fewer or shorter headers; cookies of this host, which others may have set, can \
             be deleted in the browser.",
        ),
        StatusCode::URI_TOO_LONG => Failure::new(
            status,
            Code::TargetTooLong,
            "The request's path is longer than the proxy accepts.",
            "Send the request's data in its body.",
        ),
        _ => Failure::bad_request(
            Code::RequestMalformed,
            "This is not an HTTP/1.1 request.",
            "Send it with an HTTP/1.1 client, without TLS.",
        ),
    }
}

/// Says it, and lingers.
pub async fn say(response: Response, mut stream: TcpStream, leaving: &Leaving) {
    let said = async {
        stream.write_all(&in_full(response).await).await?;
        stream.shutdown().await
    };
    if matches!(timeout(limits::FAREWELL_TIME, said).await, Ok(Ok(()))) {
        linger(stream, leaving).await;
    }
}

/// Reads on until the client has heard what was said, or its time is over.
pub async fn linger(mut stream: TcpStream, leaving: &Leaving) {
    let mut part = vec![0; PART];
    let rest = async {
        let mut seen = 0;
        while seen < limits::FAREWELL_BYTES {
            match stream.read(&mut part).await {
                Ok(count) if count > 0 => seen += count,
                _ => break,
            }
        }
    };
    tokio::select! {
        _ = timeout(limits::FAREWELL_TIME, rest) => {}
        () = leaving.gone() => {}
    }
}

/// The answer as it stands on the wire, as the last of its connection.
async fn in_full(response: Response) -> Vec<u8> {
    let (mut head, body) = response.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes());
    let body = body.unwrap_or_default();
    head.headers.insert(CONTENT_LENGTH, body.len().into());
    let close = HeaderValue::from_static("close");
    head.headers.insert(CONNECTION, close);
    let mut bytes = format!("HTTP/1.1 {}\r\n", head.status).into_bytes();
    for (name, value) in &head.headers {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            bytes.extend_from_slice(part);
        }
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(&body);
    bytes
}
