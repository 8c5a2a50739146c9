//! What a page at a loopback name leaves for the page at the proxy's own name, and the word that
//! it has arrived. Two origins share no storage in a browser, and no window either: the way from
//! one to the other leads through here, by an id that only the two know.

use crate::body::Bytes;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// One at a time is kept: what comes later takes its place, and the page it came from has lost
/// nothing, as it hears of no arrival.
#[derive(Debug, Clone, Default)]
pub struct Handover(Arc<Mutex<Option<Kept>>>);

#[derive(Debug)]
struct Kept {
    id: String,
    data: Bytes,
    /// Told when it has arrived: the keys that were taken there.
    left: Option<Vec<String>>,
    until: Instant,
}

impl Handover {
    /// Keeps the data for this long, and gives its id.
    pub fn put(&self, data: Bytes, time: Duration) -> Result<String, getrandom::Error> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)?;
        let id = hex::encode(bytes);
        *self.lock() = Some(Kept {
            id: id.clone(),
            data,
            left: None,
            until: Instant::now() + time,
        });
        // Nobody need ask for it again, and it may be large.
        let (kept, over) = (self.clone(), id.clone());
        tokio::spawn(async move {
            tokio::time::sleep(time).await;
            kept.forget(&over);
        });
        Ok(id)
    }

    pub fn data(&self, id: &str) -> Option<Bytes> {
        self.with(id, |kept| kept.data.clone())
    }

    /// `None` within if it has not arrived.
    pub fn left(&self, id: &str) -> Option<Option<Vec<String>>> {
        self.with(id, |kept| kept.left.clone())
    }

    /// False if it isn't known any more.
    pub fn arrived(&self, id: &str, left: Vec<String>) -> bool {
        self.with(id, |kept| kept.left = Some(left)).is_some()
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
