//! The open connections, and which of them make room for others.
//!
//! Whoever opens connections and asks nothing must not keep others out. A connection without a
//! request under way waits in a queue, by when it was last used; if the queue grows too long,
//! its oldest connection is closed. One with a request under way is never closed for that.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio::time::sleep;

/// The most connections without a request under way. With as many requests as there may be,
/// each with a connection to AWS, all stay within 256 open files.
const WAITING: usize = 80;
/// How long a connection may wait at least, so that a crowd can't push out those who are just
/// about to ask.
const FAIR: Duration = Duration::from_millis(50);

#[derive(Debug, Clone, Default)]
pub struct Connections(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    /// By turn: the first is the one that was used longest ago.
    waiting: BTreeMap<u64, Waiting>,
    turn: u64,
    is_closing: bool,
}

#[derive(Debug)]
struct Waiting {
    since: Instant,
    leave: Arc<Notify>,
}

/// One connection's part in it.
#[derive(Debug)]
pub struct Connection {
    all: Connections,
    state: Mutex<State>,
    leave: Arc<Notify>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not yet looked at.
    New,
    /// In the queue, at this turn.
    Waiting(u64),
    UnderWay,
    /// The answer is made, and not all of it is written.
    Answered,
}

impl Connections {
    /// A connection that was just accepted.
    pub fn enter(&self) -> Arc<Connection> {
        Arc::new(Connection {
            all: self.clone(),
            state: Mutex::new(State::New),
            leave: Arc::default(),
        })
    }

    /// Ends once the queue has room, or its oldest connection has waited long enough to go.
    pub async fn room(&self) {
        loop {
            let missing = self.queue().time_to_room();
            match missing {
                Some(missing) => sleep(missing).await,
                None => return,
            }
        }
    }

    /// Closes the oldest connection without a request under way.
    pub fn make_room(&self) {
        self.queue().send_away_oldest();
    }

    /// Closes all connections without a request under way, now and from now on.
    pub fn close(&self) {
        let mut queue = self.queue();
        queue.is_closing = true;
        while queue.send_away_oldest() {}
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn time_to_room(&self) -> Option<Duration> {
        if self.waiting.len() < WAITING {
            return None;
        }
        let (_, oldest) = self.waiting.first_key_value()?;
        let missing = FAIR.saturating_sub(oldest.since.elapsed());
        (!missing.is_zero()).then_some(missing)
    }

    fn join(&mut self, leave: &Arc<Notify>) -> u64 {
        self.turn += 1;
        let waiting = Waiting {
            since: Instant::now(),
            leave: leave.clone(),
        };
        self.waiting.insert(self.turn, waiting);
        if self.waiting.len() > WAITING || self.is_closing {
            self.send_away_oldest();
        }
        self.turn
    }

    fn send_away_oldest(&mut self) -> bool {
        let oldest = self.waiting.pop_first();
        oldest
            .inspect(|(_, oldest)| oldest.leave.notify_one())
            .is_some()
    }
}

impl Connection {
    /// It was looked at, and nothing is asked so far.
    pub fn waits(&self) {
        self.change(State::New, |queue| State::Waiting(queue.join(&self.leave)));
    }

    /// All that there was to write is written.
    pub fn flushed(&self) {
        self.change(State::Answered, |queue| {
            State::Waiting(queue.join(&self.leave))
        });
    }

    /// A request is under way until its answer is made (this is dropped) and written.
    pub fn request(self: &Arc<Self>) -> UnderWay {
        self.set(State::UnderWay);
        UnderWay(self.clone())
    }

    /// Ends when the connection is to be closed.
    pub async fn sent_away(&self) {
        loop {
            self.leave.notified().await;
            // A request may have come in the meantime.
            if matches!(*self.state(), State::Waiting(_)) {
                return;
            }
        }
    }

    fn change(&self, from: State, to: impl FnOnce(&mut Queue) -> State) {
        let mut state = self.state();
        if *state == from {
            *state = to(&mut self.all.queue());
        }
    }

    fn set(&self, to: State) {
        let mut state = self.state();
        if let State::Waiting(turn) = *state {
            self.all.queue().waiting.remove(&turn);
        }
        *state = to;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.set(State::New);
    }
}

#[derive(Debug)]
pub struct UnderWay(Arc<Connection>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.set(State::Answered);
    }
}
