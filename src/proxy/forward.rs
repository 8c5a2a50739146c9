//! Sending a signed request and taking what comes back.
//!
//! A request is sent once. (The client may use a second connection if the first, kept alive,
//! turned out to be closed before any byte was written: nothing was sent then.) Redirects are
//! not followed, and proxies that the environment names are not used: a signed request goes to
//! its endpoint and nowhere else.

use crate::body::{Body, Bytes, Response};
use crate::config::Limits;
use crate::connect::Connector;
use crate::failure::Failure;
use crate::http::header::{CONTENT_ENCODING, CONTENT_TYPE, DATE, RETRY_AFTER};
use crate::http::{HeaderMap, HeaderName, Request, StatusCode};
use crate::unanswered::{self, Broken};
use http_body_util::channel::Channel;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::io;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Shorter than endpoints keep a connection, so that one is seldom closed under a request.
const IDLE: Duration = Duration::from_secs(10);

/// Up to this many bytes, an answer is read to its end before any of it is passed on, so that a
/// cut-off one can be told as such. What is longer streams.
const HELD: usize = 1024 * 1024;

/// Parts of an answer that may wait for a slow client.
const WAITING: usize = 4;

/// What is passed on of an answer's headers.
const PASSED_ON: [HeaderName; 8] = [
    CONTENT_TYPE,
    DATE,
    RETRY_AFTER,
    HeaderName::from_static("x-amzn-requestid"),
    HeaderName::from_static("x-amzn-errortype"),
    HeaderName::from_static("x-amzn-trace-id"),
    HeaderName::from_static("x-amz-request-id"),
    HeaderName::from_static("x-amz-id-2"),
];

#[derive(Debug)]
pub struct Forwarder {
    client: Client<Connector, Full<Bytes>>,
    limits: Limits,
}

/// What a service answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The body, if it is a short one.
    pub whole: Option<Bytes>,
    body: Body,
}

impl Answer {
    pub fn into_response(self) -> Response {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        *response.headers_mut() = passed_on(&self.headers);
        response
    }
}

impl Forwarder {
    /// For endpoints with TLS, or for one that is spoken to in plain HTTP. Fails if TLS is
    /// needed and the system has no root certificates.
    pub fn new(limits: Limits, with_tls: bool) -> io::Result<Self> {
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(Connector::new(limits.connect, with_tls)?);
        Ok(Self { client, limits })
    }

    /// Sends a request whose URI is absolute.
    pub async fn send(&self, request: Request<Full<Bytes>>) -> Result<Answer, Failure> {
        let started = Instant::now();
        let host = request
            .uri()
            .authority()
            .map_or_else(String::new, ToString::to_string);
        let first_byte = started + self.limits.connect + self.limits.first_byte;
        let total = started + self.limits.total;
        let answer = timeout_at(first_byte.min(total), self.client.request(request))
            .await
            .map_err(|_| unanswered::no_first_byte(&host, &self.limits))?
            .map_err(|error| unanswered::no_head(&host, &error, &self.limits))?;
        let (head, body) = answer.into_parts();
        if head.status.is_redirection() {
            return Err(unanswered::redirected(&host, head.status));
        }
        let is_final = matches!(head.status.as_u16(), 200..300 | 400..600);
        // Nothing else was asked for, and nothing else could be read.
        if !is_final || head.headers.contains_key(CONTENT_ENCODING) {
            return Err(unanswered::garbled(&host));
        }
        let (whole, body) = self
            .body(body, total)
            .await
            .map_err(|broken| unanswered::no_end(&host, head.status, &broken, &self.limits))?;
        Ok(Answer {
            status: head.status,
            headers: head.headers,
            whole,
            body,
        })
    }

    /// The body, and all its bytes if they are few.
    async fn body(&self, body: Incoming, total: Instant) -> Result<(Option<Bytes>, Body), Broken> {
        let limit = self.limits.answer_bytes;
        if body.size_hint().lower() > limit as u64 {
            return Err(Broken::TooLong);
        }
        let mut rest = Limited::new(body, limit);
        let mut held = Vec::new();
        let mut count = 0;
        while count <= HELD {
            match next(&mut rest, total).await? {
                Some(part) => {
                    count += part.len();
                    held.push(part);
                }
                None => {
                    let whole = match held.len() {
                        1 => held.remove(0),
                        _ => held.concat().into(),
                    };
                    return Ok((Some(whole.clone()), Body::from(whole)));
                }
            }
        }
        let (mut sender, body) = Channel::<Bytes, io::Error>::new(WAITING);
        tokio::spawn(async move {
            for part in held {
                if sender.send_data(part).await.is_err() {
                    return;
                }
            }
            loop {
                match next(&mut rest, total).await {
                    Ok(Some(part)) => {
                        if sender.send_data(part).await.is_err() {
                            return;
                        }
                    }
                    Ok(None) => return,
                    // The client sees that the answer is cut off.
                    Err(_) => return sender.abort(io::ErrorKind::UnexpectedEof.into()),
                }
            }
        });
        Ok((None, Body::new(body)))
    }
}

async fn next(body: &mut Limited<Incoming>, total: Instant) -> Result<Option<Bytes>, Broken> {
    loop {
        let frame = match timeout_at(total, body.frame()).await {
            Err(_) => return Err(Broken::TookTooLong),
            Ok(None) => return Ok(None),
            Ok(Some(Err(error))) if error.is::<LengthLimitError>() => return Err(Broken::TooLong),
            Ok(Some(Err(_))) => return Err(Broken::CutOff),
            Ok(Some(Ok(frame))) => frame,
        };
        // Trailers are not passed on.
        if let Ok(part) = frame.into_data() {
            return Ok(Some(part));
        }
    }
}

fn passed_on(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for name in PASSED_ON {
        if let Some(value) = headers.get(&name) {
            kept.insert(name, value.clone());
        }
    }
    kept
}
