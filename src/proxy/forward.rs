//! Sending a signed request and taking what comes back.
//!
//! A request is sent once. (The client may use a second connection if the first, kept alive,
//! turned out to be closed before any byte was written: nothing was sent then.) Redirects are
//! not followed, and proxies that the environment names are not used: a signed request goes to
//! its endpoint and nowhere else.

use crate::body::{Body, Bytes, Response};
use crate::bound::BoundHeaders;
use crate::config::{EndpointUrl, Limits};
use crate::connect::Connector;
use crate::failure::Failure;
use crate::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE, RETRY_AFTER};
use crate::http::{HeaderMap, HeaderName, Method, StatusCode};
use crate::limits;
use crate::pool::{Link, Outgoing, Pool};
use crate::refusal;
use crate::unanswered::{self, BUCKET_REGION, Broken};
use crate::upload::{self, Upload};
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use hyper::body::{Body as _, Incoming};
use std::io;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// What is passed on of an answer's headers.
const PASSED_ON: [HeaderName; 10] = [
    CONTENT_TYPE,
    DATE,
    RETRY_AFTER,
    HeaderName::from_static("x-amzn-requestid"),
    HeaderName::from_static("x-amzn-errortype"),
    HeaderName::from_static("x-amzn-query-error"),
    HeaderName::from_static("x-amzn-trace-id"),
    HeaderName::from_static("x-amz-request-id"),
    HeaderName::from_static("x-amz-id-2"),
    BUCKET_REGION,
];

/// What of a request and of its answer is a file: it is passed on as it comes, however long it
/// takes.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    pub sent: Option<&'a Upload>,
    pub is_answer: bool,
}

#[derive(Debug)]
pub struct Forwarder {
    pool: Pool,
    limits: Limits,
}

/// What a service answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The body, if it is a short one.
    pub whole: Option<Bytes>,
    body: Body,
    /// Is it to be passed on as a file?
    is_file: bool,
    /// Of the body, or of what a body would be in an answer to `HEAD`.
    length: Option<u64>,
}

impl Answer {
    /// Did the service refuse the request by one of these names of errors?
    pub fn is_error(&self, names: &[&[&str]]) -> bool {
        let is_refusal = self.status.is_client_error();
        let Some(body) = self.whole.as_ref().filter(|_| is_refusal) else {
            return false;
        };
        let name = refusal::name(&self.headers, body);
        name.is_some_and(|name| names.iter().any(|names| names.contains(&name.as_str())))
    }

    /// What is passed on: what any answer may say, and what the operation binds.
    pub fn into_response(self, bound: &BoundHeaders) -> Response {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        *headers = passed_on(&self.headers, bound);
        // So that the client can tell how far it is, and a file from a part of it.
        let is_told = self.is_file || bound.names(&CONTENT_LENGTH);
        if let Some(length) = self.length.filter(|_| is_told) {
            headers.insert(CONTENT_LENGTH, length.into());
        }
        response
    }
}

impl Forwarder {
    /// For endpoints with TLS, or for one that is spoken to in plain HTTP. Fails if TLS is
    /// needed and the system has no root certificates.
    pub fn new(limits: Limits, with_tls: bool) -> io::Result<Self> {
        let pool = Pool::new(Connector::new(limits.connect, with_tls)?);
        Ok(Self { pool, limits })
    }

    /// Sends a request to an endpoint. Of its answer, these headers are `bound`.
    pub async fn send(
        &self,
        to: &EndpointUrl,
        request: Outgoing,
        files: Files<'_>,
        bound: &BoundHeaders,
    ) -> Result<Answer, Failure> {
        let started = Instant::now();
        let is_head = request.method() == Method::HEAD;
        let host = &to.authority;
        let first_byte = started + self.limits.connect + self.limits.first_byte;
        let mut total = started + self.limits.total;
        let sending = self.pool.send(to, request);
        let (answer, link) = match files.sent {
            Some(upload) => {
                let answered = Box::pin(upload.answered(host, sending)).await?;
                total = Instant::now() + self.limits.total;
                answered
            }
            None => timeout_at(first_byte.min(total), sending)
                .await
                .map_err(|_| unanswered::no_first_byte(host, &self.limits))?
                .map_err(|error| unanswered::no_head(host, &error, &self.limits))?,
        };
        let (head, body) = answer.into_parts();
        let is_early = files.sent.is_some_and(|upload| !upload.is_whole());
        if is_early && head.status.is_success() {
            return Err(upload::answered_early(host, head.status));
        }
        if head.status.is_redirection() {
            return Err(unanswered::redirected(host, head.status, &head.headers));
        }
        let is_final = matches!(head.status.as_u16(), 200..300 | 400..600);
        // Where it is no property of what was asked for, nobody asked for it or could read it.
        let is_packed = head.headers.contains_key(CONTENT_ENCODING)
            && !(head.status.is_success() && bound.names(&CONTENT_ENCODING));
        if !is_final || is_packed {
            return Err(unanswered::garbled(host));
        }
        let is_file = files.is_answer && head.status.is_success();
        let told = head.headers.get(CONTENT_LENGTH);
        let told = told.and_then(|length| length.to_str().ok()?.parse().ok());
        let arriving = match is_file {
            true => Arriving::new(body, link, usize::MAX, Pace::Parts(self.limits.file_part)),
            false => Arriving::new(body, link, self.limits.answer_bytes, Pace::Whole(total)),
        };
        let length = match is_head {
            true => told,
            false => arriving.length(),
        };
        let (whole, body) = self
            .body(arriving)
            .await
            .map_err(|broken| unanswered::no_end(host, head.status, &broken, &self.limits))?;
        Ok(Answer {
            status: head.status,
            headers: head.headers,
            is_file: is_file && whole.is_none(),
            whole,
            body,
            length,
        })
    }

    /// The body, and all its bytes if they are few.
    async fn body(&self, mut arriving: Arriving) -> Result<(Option<Bytes>, Body), Broken> {
        if arriving.body.size_hint().lower() > arriving.limit as u64 {
            return Err(Broken::TooLong);
        }
        let mut held = Vec::new();
        while arriving.count <= limits::ANSWER_HELD_BYTES {
            match arriving.next().await? {
                Some(part) => held.push(part),
                None => {
                    self.pool.give_back(arriving.link).await;
                    let whole = match held.len() {
                        1 => held.remove(0),
                        _ => held.concat().into(),
                    };
                    return Ok((Some(whole.clone()), Body::from(whole)));
                }
            }
        }
        let (mut sender, body) = Channel::<Bytes, io::Error>::new(limits::ANSWER_PARTS_WAITING);
        let pool = self.pool.clone();
        tokio::spawn(async move {
            for part in held {
                if sender.send_data(part).await.is_err() {
                    return;
                }
            }
            loop {
                match arriving.next().await {
                    Ok(Some(part)) => {
                        if sender.send_data(part).await.is_err() {
                            return;
                        }
                    }
                    Ok(None) => break,
                    // The client sees that the answer is cut off.
                    Err(_) => return sender.abort(io::ErrorKind::UnexpectedEof.into()),
                }
            }
            drop(sender);
            pool.give_back(arriving.link).await;
        });
        Ok((None, Body::new(body)))
    }
}

/// A body on its way, with the connection that brings it.
struct Arriving {
    body: Incoming,
    link: Link,
    limit: usize,
    pace: Pace,
    /// Bytes that have arrived.
    count: usize,
}

/// How long a body may take.
#[derive(Debug, Clone, Copy)]
enum Pace {
    /// Until then all of it is to be there.
    Whole(Instant),
    /// From one part to the next.
    Parts(Duration),
}

impl Arriving {
    fn new(body: Incoming, link: Link, limit: usize, pace: Pace) -> Self {
        Self {
            body,
            link,
            limit,
            pace,
            count: 0,
        }
    }

    /// How many bytes there are in all, if the service says so.
    fn length(&self) -> Option<u64> {
        self.body.size_hint().exact()
    }

    /// The next part; none at the end.
    async fn next(&mut self) -> Result<Option<Bytes>, Broken> {
        let (until, late) = match self.pace {
            Pace::Whole(until) => (until, Broken::TookTooLong),
            Pace::Parts(time) => (Instant::now() + time, Broken::Stalled),
        };
        loop {
            let frame = self.link.drive(self.body.frame());
            let frame = match timeout_at(until, frame).await {
                Err(_) => return Err(late),
                Ok(None) => return Ok(None),
                Ok(Some(Err(_))) => return Err(Broken::CutOff),
                Ok(Some(Ok(frame))) => frame,
            };
            // Trailers are not passed on.
            let Ok(part) = frame.into_data() else {
                continue;
            };
            self.count = self.count.saturating_add(part.len());
            if self.count > self.limit {
                return Err(Broken::TooLong);
            }
            return Ok(Some(part));
        }
    }
}

fn passed_on(headers: &HeaderMap, bound: &BoundHeaders) -> HeaderMap {
    let mut kept = HeaderMap::new();
    // Of these one is enough, whatever else has them.
    for name in PASSED_ON {
        if let Some(value) = headers.get(&name) {
            kept.insert(name, value.clone());
        }
    }
    let others = headers.iter().filter(|(name, _)| !PASSED_ON.contains(name));
    for (name, value) in others {
        if bound.has(name) {
            kept.append(name.clone(), value.clone());
        } else if let Some(renamed) = bound.renamed(name) {
            kept.append(renamed, value.clone());
        }
    }
    kept
}
