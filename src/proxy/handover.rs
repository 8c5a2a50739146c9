//! What a page at a loopback name leaves for the page at the proxy's own name, and the word that
//! it has arrived. Two origins share no storage in a browser, and no window either: the way from
//! one to the other leads through here, by an id that only the two know.

use crate::body::{BoxError, Bytes};
use crate::limits;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::task::AbortHandle;

/// One at a time is kept: what comes later takes its place, and the page it came from has lost
/// nothing, as it hears of no arrival.
#[derive(Debug, Clone, Default)]
pub struct Handover(Arc<Mutex<Option<Kept>>>);

#[derive(Debug)]
struct Kept {
    id: String,
    data: Bytes,
    /// Told when it has arrived: the keys that the other page already has, with other values.
    skipped: Option<Vec<String>>,
    until: Instant,
    /// Lets it go when its time is over.
    end: AbortHandle,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.end.abort();
    }
}

impl Handover {
    /// Keeps the data for this long, and gives its id.
    pub fn put(&self, data: Bytes, time: Duration) -> Result<String, getrandom::Error> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)?;
        let id = hex::encode(bytes);
        // Nobody need ask for it again, and it may be large.
        let (kept, over) = (self.clone(), id.clone());
        let end = tokio::spawn(async move {
            tokio::time::sleep(time).await;
            kept.forget(&over);
        });
        *self.lock() = Some(Kept {
            id: id.clone(),
            data,
            skipped: None,
            until: Instant::now() + time,
            end: end.abort_handle(),
        });
        Ok(id)
    }

    /// The data, as long as it is kept: whoever reads slowly keeps none of it from being let go.
    pub fn data(&self, id: &str) -> Option<Reading> {
        let length = self.with(id, |kept| kept.data.len())?;
        Some(Reading {
            from: self.clone(),
            id: id.to_owned(),
            read: 0,
            length,
        })
    }

    /// `None` within if it has not arrived.
    pub fn skipped(&self, id: &str) -> Option<Option<Vec<String>>> {
        self.with(id, |kept| kept.skipped.clone())
    }

    /// False if it isn't known any more.
    pub fn arrived(&self, id: &str, skipped: Vec<String>) -> bool {
        self.with(id, |kept| kept.skipped = Some(skipped)).is_some()
    }

    /// False if it wasn't known any more.
    pub fn forget(&self, id: &str) -> bool {
        let mut slot = self.lock();
        let is_it = slot.as_ref().is_some_and(|kept| kept.id == id);
        if is_it {
            *slot = None;
        }
        is_it
    }

    fn with<T>(&self, id: &str, act: impl FnOnce(&mut Kept) -> T) -> Option<T> {
        let mut slot = self.lock();
        let kept = slot.as_mut()?;
        (kept.id == id && Instant::now() < kept.until).then(|| act(kept))
    }

    fn lock(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A body that copies what is handed over part by part, and breaks off when that is let go.
#[derive(Debug)]
pub struct Reading {
    from: Handover,
    id: String,
    read: usize,
    length: usize,
}

impl HttpBody for Reading {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.get_mut();
        if this.read == this.length {
            return Poll::Ready(None);
        }
        let end = this.length.min(this.read + limits::MOVE_PART_BYTES);
        let part = this.from.with(&this.id, |kept| {
            kept.data.get(this.read..end).map(Bytes::copy_from_slice)
        });
        Poll::Ready(Some(match part.flatten() {
            Some(part) => {
                this.read = end;
                Ok(Frame::data(part))
            }
            None => Err(io::Error::from(ErrorKind::UnexpectedEof).into()),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.read == self.length
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact((self.length - self.read) as u64)
    }
}
