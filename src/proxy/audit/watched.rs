//! The body of an answer that is not yet there as a whole: how it ends is part of its line.

use super::line::{Line, Outcome};
use crate::body::{Body, BoxError, Bytes};
use crate::http::header::CONTENT_LENGTH;
use crate::http::{HeaderMap, StatusCode};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Watched {
    body: Body,
    line: Line,
    /// How it ends if it ends well; nothing once it has ended.
    outcome: Option<Outcome>,
    /// Bytes that are still to come, if their number is known: nobody looks for what comes after
    /// the last of them.
    missing: Option<u64>,
}

impl Watched {
    pub(super) fn new(body: Body, headers: &HeaderMap, line: Line, outcome: Outcome) -> Self {
        let length = headers.get(CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        Self {
            missing: length.or_else(|| body.size_hint().exact()),
            body,
            line,
            outcome: Some(outcome),
        }
    }

    fn ends(&mut self, how: impl FnOnce(Outcome) -> Outcome) {
        if let Some(outcome) = self.outcome.take() {
            self.line.write(how(outcome));
        }
    }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        match &polled {
            Poll::Ready(None) => self.ends(|outcome| outcome),
            Poll::Ready(Some(Err(_))) => {
                let status = |outcome: Outcome| outcome.status.unwrap_or(StatusCode::OK);
                self.ends(|outcome| Outcome::cut_off(status(outcome)));
            }
            Poll::Ready(Some(Ok(frame))) => {
                let passed = frame.data_ref().map_or(0, Bytes::len) as u64;
                self.missing = self.missing.map(|missing| missing.saturating_sub(passed));
            }
            Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let is_whole = self.missing == Some(0) || self.body.is_end_stream();
        self.ends(|outcome| match is_whole {
            true => outcome,
            false => Outcome {
                status: outcome.status,
                ..Outcome::CLIENT_GONE
            },
        });
    }
}
