//! Reading a request's body, within limits.

use crate::config::Limits;
use crate::failure::Failure;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use http_body_util::BodyExt;
use tokio::time::timeout;

/// How many times the limit is read and thrown away, so that a client which is still sending
/// hears why it is refused instead of finding the connection closed.
const DRAINED: usize = 16;

/// The whole body, or why it can't be had.
pub async fn body(body: Body, limits: &Limits) -> Result<Bytes, Failure> {
    match timeout(limits.body, collect(body, limits.request_bytes)).await {
        Ok(read) => read,
        Err(_) => Err(Failure::new(
            StatusCode::REQUEST_TIMEOUT,
            "request-timeout",
            format!(
                "The request's body did not arrive within {} seconds.",
                limits.body.as_secs()
            ),
        )),
    }
}

async fn collect(mut body: Body, limit: usize) -> Result<Bytes, Failure> {
    let mut bytes = Vec::new();
    let mut seen = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| {
            Failure::bad_request("request-cut-off", "The request's body ended too early.")
        })?;
        let Ok(part) = frame.into_data() else {
            continue;
        };
        seen = seen.saturating_add(part.len());
        if seen <= limit {
            bytes.extend_from_slice(&part);
        } else if seen > limit.saturating_mul(DRAINED) {
            break;
        } else {
            bytes = Vec::new();
        }
    }
    if seen > limit {
        return Err(Failure::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "request-too-large",
            format!("The request's body is larger than {limit} bytes, the most the proxy takes."),
        ));
    }
    Ok(bytes.into())
}
