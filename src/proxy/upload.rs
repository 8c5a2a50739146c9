//! A file that is passed on while it arrives, in pieces, and hashed on the way.
//!
//! The signature says the hash that the person agreed to. The last piece is held back until what
//! has arrived has that hash; where it doesn't, or the file breaks off, so does the request: the
//! service never gets a whole one that nobody agreed to.
//!
//! Connection, client and clock are all looked at by the one task of the request, so that a piece
//! is asked for only when the service has taken most of those before.

mod broken;

use crate::body::{Body, Bytes};
use crate::config::Limits;
use crate::failure::Failure;
use crate::hash::{Hash, Hashing, read_hex};
use crate::incoming;
use crate::limits;
use crate::pool::NoHead;
use crate::sending::Content;
use crate::unanswered;
use broken::Why;
pub use broken::{answered_early, malformed};
use hyper::body::{Body as _, Frame};
use std::error::Error;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// A file on its way. All copies stand for the same one.
#[derive(Debug, Clone)]
pub struct Upload(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    limits: Limits,
    state: Mutex<State>,
}

struct State {
    source: Body,
    hashing: Hashing,
    agreed: Hash,
    /// Bytes that were not yet passed on.
    missing: u64,
    /// Has any connection asked for a piece?
    has_begun: bool,
    /// Nothing more is passed on.
    is_stopped: bool,
    waits_for: WaitsFor,
    since: Instant,
    broken: Option<Why>,
}

/// Who has to do something next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WaitsFor {
    Connection,
    Client,
    /// It has to take what was passed on.
    Service,
    Answer,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("missing", &self.missing)
            .field("waits_for", &self.waits_for)
            .finish_non_exhaustive()
    }
}

/// The body that is passed on under this hash, in lower-case hexadecimal. Nothing of it is read,
/// unless it is refused.
pub async fn content(hash: &str, body: Body, limits: &Limits) -> Result<Content, Failure> {
    let refusal = match (read_hex(hash), body.size_hint().exact()) {
        (None, _) | (_, None) => Err(malformed()),
        (_, Some(length)) if length > limits::FILE_BYTES => Err(broken::too_large()),
        // There is no last piece that could be held back.
        (Some(agreed), Some(0)) if agreed != Hashing::of(&[]).end() => {
            Err(Why::Mismatch.into_failure(limits))
        }
        (Some(_), Some(0)) => return Ok(Content::Whole(Bytes::new())),
        (Some(agreed), Some(length)) => Ok((agreed, length)),
    };
    match refusal {
        Ok((agreed, length)) => Ok(Content::File(Upload::new(agreed, length, body, *limits))),
        Err(failure) => {
            incoming::discard(body, limits).await;
            Err(failure)
        }
    }
}

impl Upload {
    fn new(agreed: Hash, length: u64, source: Body, limits: Limits) -> Self {
        Self(Arc::new(Shared {
            limits,
            state: Mutex::new(State {
                source,
                hashing: Hashing::of(&[]),
                agreed,
                missing: length,
                has_begun: false,
                is_stopped: false,
                waits_for: WaitsFor::Connection,
                since: Instant::now(),
                broken: None,
            }),
        }))
    }

    /// What a connection is given to send.
    pub fn pieces(&self) -> Piecewise {
        Piecewise(self.clone())
    }

    /// May a service have got anything of it?
    pub fn has_begun(&self) -> bool {
        self.state().has_begun
    }

    /// Was the last piece passed on?
    pub fn is_whole(&self) -> bool {
        self.state().missing == 0
    }

    /// The head of the answer, or why there is none. The service may answer before it has got the
    /// whole file; then it gets no more of it.
    pub async fn answered<T>(
        &self,
        host: &str,
        sending: impl Future<Output = Result<T, NoHead>>,
    ) -> Result<T, Failure> {
        {
            let mut state = self.state();
            state.turn_to(WaitsFor::Connection);
        }
        let sent = self.in_time(sending).await;
        let mut state = self.state();
        state.is_stopped = true;
        let limits = &self.0.limits;
        match sent {
            Some(Ok(answer)) => Ok(answer),
            Some(Err(error)) => Err(match state.broken {
                Some(why) => why.into_failure(limits),
                None if state.is_half_sent(&error) => broken::hung_up(host),
                None => unanswered::no_head(host, &error, limits),
            }),
            None => Err(match state.waits_for {
                WaitsFor::Client => Why::TooSlow.into_failure(limits),
                WaitsFor::Service => broken::not_taken(host, limits),
                WaitsFor::Answer => broken::no_answer(host, limits),
                WaitsFor::Connection => unanswered::no_first_byte(host, limits),
            }),
        }
    }

    /// Reads on what the service did not get, as with any refused body.
    pub async fn end(&self) {
        let rest = {
            let mut state = self.state();
            state.is_stopped = true;
            std::mem::replace(&mut state.source, Body::empty())
        };
        if !rest.is_end_stream() {
            incoming::discard(rest, &self.0.limits).await;
        }
    }

    /// What comes of it, or nothing if whoever has to do something next takes too long.
    async fn in_time<T>(&self, sending: impl Future<Output = T>) -> Option<T> {
        let mut sending = pin!(sending);
        let mut timer = pin!(sleep_until(self.deadline()));
        poll_fn(|context| {
            if let Poll::Ready(sent) = sending.as_mut().poll(context) {
                return Poll::Ready(Some(sent));
            }
            let deadline = self.deadline();
            if timer.deadline() != deadline {
                timer.as_mut().reset(deadline);
            }
            timer.as_mut().poll(context).map(|()| None)
        })
        .await
    }

    fn deadline(&self) -> Instant {
        let state = self.state();
        state.since + state.waits_for.limit(&self.0.limits)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WaitsFor {
    fn limit(self, limits: &Limits) -> Duration {
        match self {
            Self::Connection => limits.connect + limits.first_byte,
            Self::Client => limits.body,
            Self::Service => limits.first_byte,
            Self::Answer => limits.file_answer,
        }
    }
}

impl State {
    fn turn_to(&mut self, next: WaitsFor) {
        self.waits_for = next;
        self.since = Instant::now();
    }

    /// Did the connection break while a part was still held back?
    fn is_half_sent(&self, error: &NoHead) -> bool {
        let is_hung_up = matches!(error, NoHead::Sent(error) if !error.is_parse());
        is_hung_up && self.has_begun && self.missing > 0
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Stopped>>> {
        self.has_begun = true;
        // Whoever looks at the answer, or at what is left of the file, ends the connection.
        if self.is_stopped {
            return Poll::Pending;
        }
        while self.missing > 0 {
            let piece = match Pin::new(&mut self.source).poll_frame(context) {
                Poll::Pending => {
                    if self.waits_for != WaitsFor::Client {
                        self.turn_to(WaitsFor::Client);
                    }
                    return Poll::Pending;
                }
                Poll::Ready(None) => return self.breaks_off(Why::CutOff),
                Poll::Ready(Some(Err(error))) => return self.breaks_off(Why::of(&error)),
                Poll::Ready(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
            };
            self.hashing.add(&piece);
            let Some(missing) = self.missing.checked_sub(piece.len() as u64) else {
                return self.breaks_off(Why::Mismatch);
            };
            if missing == 0 && self.hashing.clone().end() != self.agreed {
                return self.breaks_off(Why::Mismatch);
            }
            self.missing = missing;
            if !piece.is_empty() {
                self.turn_to(match missing {
                    0 => WaitsFor::Answer,
                    _ => WaitsFor::Service,
                });
                return Poll::Ready(Some(Ok(Frame::data(piece))));
            }
        }
        Poll::Ready(None)
    }

    fn breaks_off(&mut self, why: Why) -> Poll<Option<Result<Frame<Bytes>, Stopped>>> {
        self.broken = Some(why);
        Poll::Ready(Some(Err(Stopped)))
    }
}

/// The pieces of a file, as a connection asks for them.
#[derive(Debug)]
pub struct Piecewise(Upload);

impl Piecewise {
    /// The next piece; none after the last.
    pub fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Stopped>>> {
        self.0.state().poll(context)
    }

    /// Bytes that are still to come.
    pub fn missing(&self) -> u64 {
        self.0.state().missing
    }
}

/// A file that goes no further: the connection it was sent on is of no use any more.
#[derive(Debug)]
pub struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file goes no further")
    }
}

impl Error for Stopped {}
