//! An endpoint of AWS that costs next to nothing: what `make bench-proxy` measures against.
//!
//! It answers a signed request with the contents of the file it is given, and STS with a caller.
//! The first line it prints is its address.

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::error::Error;
use tokio::net::TcpListener;

const JSON: &str = "application/x-amz-json-1.1";
const CALLER: &str = "<GetCallerIdentityResponse><GetCallerIdentityResult>\
     <Arn>arn:aws:iam::123456789012:user/bench</Arn><UserId>AIDAEXAMPLE</UserId>\
     <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: upstream FILE")?;
    let answer = Bytes::from(std::fs::read(file)?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let answer = answer.clone();
        let service = service_fn(move |request| respond(request, answer.clone()));
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        // A client that goes away is none of its business.
        tokio::spawn(async { drop(connection.await) });
    }
}

async fn respond(
    request: Request<Incoming>,
    answer: Bytes,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (head, body) = request.into_parts();
    body.collect().await?;
    let begins = |name: HeaderName, start: &str| {
        let value = head.headers.get(name);
        value.is_some_and(|value| value.as_bytes().starts_with(start.as_bytes()))
    };
    let (status, content_type, body) = if !begins(AUTHORIZATION, "AWS4-HMAC-SHA256 ") {
        (StatusCode::FORBIDDEN, "text/plain", "not signed".into())
    } else if begins(CONTENT_TYPE, JSON) {
        (StatusCode::OK, JSON, answer)
    } else {
        (StatusCode::OK, "text/xml", CALLER.into())
    };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let content_type = HeaderValue::from_static(content_type);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    Ok(response)
}
