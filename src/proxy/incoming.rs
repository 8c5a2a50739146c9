//! Reading a request's body, within limits.

use crate::body::{Body, BoxError, Bytes};
use crate::config::Limits;
use crate::connections::Connection;
use crate::failure::Failure;
use crate::farewell;
use crate::http::StatusCode;
use crate::limits;
use formsmith_wire::Code;
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Taken for each client of whose refused body the rest is read.
static CLIENTS: Semaphore = Semaphore::const_new(limits::REFUSED_BODIES_AT_ONCE);

/// The body of a request, as it arrives. Once the proxy is to end, the rest is not waited for.
#[derive(Debug)]
pub struct RequestBody {
    incoming: Incoming,
    connection: Arc<Connection>,
}

impl RequestBody {
    pub fn new(incoming: Incoming, connection: Arc<Connection>) -> Self {
        Self {
            incoming,
            connection,
        }
    }
}

impl HttpBody for RequestBody {
    type Data = Bytes;
    type Error = BoxError;

    /// The connection's task polls this again when the proxy is to end.
    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = Pin::new(&mut self.incoming).poll_frame(context);
        if frame.is_pending() && self.connection.is_cutting() {
            return Poll::Ready(Some(Err(Stopping.into())));
        }
        frame.map(|frame| Some(frame?.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        if !self.incoming.is_end_stream() {
            self.connection.leave_unread();
        }
    }
}

/// The proxy is to end, and the body was not there.
#[derive(Debug)]
struct Stopping;

impl fmt::Display for Stopping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the proxy is to end")
    }
}

impl std::error::Error for Stopping {}

/// Did a body end because the proxy is to?
pub fn is_stopping(error: &BoxError) -> bool {
    error.is::<Stopping>()
}

/// The whole body, or why it can't be had.
pub async fn body(body: Body, limits: &Limits) -> Result<Bytes, Failure> {
    match timeout(limits.body, collect(body, limits)).await {
        Ok(read) => read,
        Err(_) => Err(Failure::new(
            StatusCode::REQUEST_TIMEOUT,
            Code::RequestTimeout,
            format!(
                "The request's body did not arrive within {} seconds.",
                limits.body.as_secs_f32()
            ),
            "Send it again: none of it was passed on.",
        )),
    }
}

/// Reads what is left of a refused request, keeps nothing of it, and gives up soon.
pub async fn discard(body: Body, limits: &Limits) {
    discard_up_to(limits::REFUSED_BODY_BYTES, body, limits).await;
}

async fn collect(mut body: Body, limits: &Limits) -> Result<Bytes, Failure> {
    let limit = limits.request_bytes;
    // What is announced may never come. What does come is read on for a moment: a client that is
    // still sending would not hear the refusal.
    if body.size_hint().lower() > limit as u64 {
        discard_up_to(limit.max(limits::REFUSED_BODY_BYTES), body, limits).await;
        return Err(too_large(limit));
    }
    let mut first = Bytes::new();
    let mut whole = Vec::new();
    let mut seen = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(part) = frame.map_err(|error| broken(&error))?.into_data() else {
            continue;
        };
        seen = seen.saturating_add(part.len());
        if seen > limit {
            drop((first, whole, part));
            discard_up_to(
                limits::REFUSED_BODY_BYTES.saturating_sub(seen),
                body,
                limits,
            )
            .await;
            return Err(too_large(limit));
        }
        // Most bodies arrive in one part: it is the body.
        if first.is_empty() {
            first = part;
        } else {
            if whole.is_empty() {
                whole.extend_from_slice(&first);
            }
            whole.extend_from_slice(&part);
        }
    }
    match whole.is_empty() {
        true => Ok(first),
        false => Ok(whole.into()),
    }
}

async fn discard_up_to(most: usize, mut body: Body, limits: &Limits) {
    let Ok(_one_of_them) = CLIENTS.try_acquire() else {
        return;
    };
    let mut seen = 0_usize;
    let _ = timeout(limits::REFUSED_BODY_TIME.min(limits.body), async {
        while let Ok(Some(Ok(frame))) = timeout(limits::REFUSED_BODY_PART_TIME, body.frame()).await
        {
            seen = seen.saturating_add(frame.data_ref().map_or(0, Bytes::len));
            if seen > most {
                break;
            }
        }
    })
    .await;
}

fn broken(error: &BoxError) -> Failure {
    if is_stopping(error) {
        return farewell::stopping();
    }
    Failure::bad_request(
        Code::RequestCutOff,
        "The request's body is incomplete.",
        "Send it again: none of it was passed on.",
    )
}

fn too_large(limit: usize) -> Failure {
    Failure::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        Code::RequestTooLarge,
        format!("The request's body is larger than {limit} bytes, the most the proxy accepts."),
        "Send fewer entries at a time.",
    )
}
