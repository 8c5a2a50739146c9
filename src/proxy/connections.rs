//! The open connections, which of them make room for others, and how they end.
//!
//! Whoever opens connections and asks nothing must not keep others out. A connection without a
//! request under way waits in a queue, by when it was last used; if the queue grows too long,
//! its oldest connection is sent away. One with a request under way is never sent away for that.

use crate::limits;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};
use tokio::time::sleep;

/// How near the end of all is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Serving,
    /// Each connection ends with its answer.
    Stopping,
    /// Who has not asked is sent away.
    Closing,
    /// Nor is anyone waited for who has not sent a whole request.
    Cutting,
    /// Everything ends where it stands.
    Hurrying,
}

#[derive(Debug, Clone)]
pub struct Connections(Arc<All>);

#[derive(Debug)]
struct All {
    /// The most that may wait.
    most: usize,
    queue: Mutex<Queue>,
    stage: watch::Sender<Stage>,
    /// Connections with a request under way, or with an answer that is not yet written.
    busy: AtomicUsize,
}

#[derive(Debug, Default)]
struct Queue {
    /// By turn: the first is the one that was used longest ago.
    waiting: BTreeMap<u64, Waiting>,
    /// Sent away, and not yet gone: by turn as well.
    leaving: BTreeMap<u64, Arc<Notify>>,
    turn: u64,
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

#[derive(Debug, Clone, Copy)]
struct State {
    at: At,
    /// Was anything ever asked on it?
    is_used: bool,
    /// Was a request left before all of its body was read?
    has_unread: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Not yet looked at.
    New,
    /// In the queue, at this turn.
    Waiting(u64),
    UnderWay,
    /// The answer is made, and not all of it is written.
    Answered,
}

impl Connections {
    /// As many may wait without a request under way.
    pub fn new(most: usize) -> Self {
        Self(Arc::new(All {
            most,
            queue: Mutex::default(),
            stage: watch::Sender::new(Stage::Serving),
            busy: AtomicUsize::new(0),
        }))
    }

    /// A connection that was just accepted.
    pub fn enter(&self) -> Arc<Connection> {
        Arc::new(Connection {
            all: self.clone(),
            state: Mutex::new(State {
                at: At::New,
                is_used: false,
                has_unread: false,
            }),
            leave: Arc::default(),
        })
    }

    /// Ends once the queue has room, or its oldest connection has waited long enough to go.
    pub async fn room(&self) {
        loop {
            let missing = self.queue().time_to_room(self.0.most);
            match missing {
                Some(missing) => sleep(missing).await,
                None => return,
            }
        }
    }

    /// Frees a few files: of those that are going anyway, or else of the oldest that wait.
    pub fn make_room(&self) {
        let mut queue = self.queue();
        if !queue.see_off(0) {
            for _ in 0..limits::CONNECTIONS_SENT_AWAY_AT_ONCE {
                queue.send_away_oldest();
            }
        }
    }

    /// Each connection's task holds one of these as long as it lasts.
    pub fn stage(&self) -> watch::Receiver<Stage> {
        self.0.stage.subscribe()
    }

    pub fn enter_stage(&self, stage: Stage) {
        self.0.stage.send_replace(stage);
        if stage >= Stage::Closing {
            let mut queue = self.queue();
            while queue.send_away_oldest() {}
        }
    }

    /// Ends when there is no connection any more.
    pub async fn gone(&self) {
        self.0.stage.closed().await;
    }

    /// How many requests are not yet answered in full.
    pub fn busy(&self) -> usize {
        self.0.busy.load(Relaxed)
    }

    fn is_at(&self, stage: Stage) -> bool {
        *self.0.stage.borrow() >= stage
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn join(&self, leave: &Arc<Notify>) -> At {
        let mut queue = self.queue();
        // Asked for under the lock: whoever comes in before the others are sent away goes with them.
        let is_closing = self.is_at(Stage::Closing);
        let turn = queue.next_turn();
        let waiting = Waiting {
            since: Instant::now(),
            leave: leave.clone(),
        };
        queue.waiting.insert(turn, waiting);
        if queue.waiting.len() > self.0.most || is_closing {
            queue.send_away_oldest();
        }
        At::Waiting(turn)
    }
}

impl Queue {
    fn next_turn(&mut self) -> u64 {
        self.turn += 1;
        self.turn
    }

    fn time_to_room(&self, most: usize) -> Option<Duration> {
        if self.waiting.len() < most {
            return None;
        }
        let (_, oldest) = self.waiting.first_key_value()?;
        let missing = limits::CONNECTION_WAIT_LEAST.saturating_sub(oldest.since.elapsed());
        (!missing.is_zero()).then_some(missing)
    }

    fn send_away_oldest(&mut self) -> bool {
        let oldest = self.waiting.pop_first();
        oldest
            .inspect(|(_, oldest)| oldest.leave.notify_one())
            .is_some()
    }

    /// Of those that are leaving, all but so many are gone at once.
    fn see_off(&mut self, but: usize) -> bool {
        let mut is_any = false;
        while self.leaving.len() > but
            && let Some((_, gone)) = self.leaving.pop_first()
        {
            gone.notify_one();
            is_any = true;
        }
        is_any
    }
}

impl Connection {
    /// It was looked at, and nothing is asked so far.
    pub fn waits(&self) {
        self.join_from(At::New);
    }

    /// All that there was to write is written.
    pub fn flushed(&self) {
        self.join_from(At::Answered);
    }

    /// A request is under way until its answer is made (this is dropped) and written.
    pub fn request(self: &Arc<Self>) -> UnderWay {
        self.set(At::UnderWay);
        UnderWay(self.clone())
    }

    /// The rest of a request's body will not be read.
    pub fn leave_unread(&self) {
        self.state().has_unread = true;
    }

    pub fn has_unread(&self) -> bool {
        self.state().has_unread
    }

    pub fn is_used(&self) -> bool {
        self.state().is_used
    }

    /// Is a request under way, or an answer?
    pub fn is_busy(&self) -> bool {
        matches!(self.state().at, At::UnderWay | At::Answered)
    }

    /// Is more under way than there is room for?
    pub fn is_one_too_many(&self) -> bool {
        self.all.busy() > self.all.0.most + limits::CONNECTIONS_BUSY_BESIDE
    }

    pub fn is_stopping(&self) -> bool {
        self.all.is_at(Stage::Stopping)
    }

    /// Is what is still to come of a request not waited for?
    pub fn is_cutting(&self) -> bool {
        self.all.is_at(Stage::Cutting)
    }

    /// Ends when the connection is to go.
    pub async fn sent_away(&self) {
        loop {
            self.leave.notified().await;
            // A request may have come in the meantime.
            if self.is_sent_away() {
                return;
            }
        }
    }

    /// Was it told to go, and has asked nothing since?
    pub fn is_sent_away(&self) -> bool {
        let state = self.state();
        match state.at {
            At::Waiting(turn) => !self.all.queue().waiting.contains_key(&turn),
            _ => false,
        }
    }

    /// It is to go as soon as may be; when too many are, at once.
    pub fn leaving(&self) -> Leaving {
        let mut queue = self.all.queue();
        let turn = queue.next_turn();
        let gone = Arc::<Notify>::default();
        queue.leaving.insert(turn, gone.clone());
        queue.see_off(self.all.0.most * limits::CONNECTIONS_LEAVING_PERCENT / 100);
        Leaving {
            all: self.all.clone(),
            turn,
            gone,
        }
    }

    fn join_from(&self, from: At) {
        let mut state = self.state();
        if state.at == from {
            self.count(from, At::Waiting(0));
            state.at = self.all.join(&self.leave);
        }
    }

    fn set(&self, to: At) {
        let mut state = self.state();
        if let At::Waiting(turn) = state.at {
            self.all.queue().waiting.remove(&turn);
        }
        self.count(state.at, to);
        state.is_used |= to == At::UnderWay;
        state.at = to;
    }

    fn count(&self, from: At, to: At) {
        let is_busy = |at| matches!(at, At::UnderWay | At::Answered);
        match (is_busy(from), is_busy(to)) {
            (false, true) => drop(self.all.0.busy.fetch_add(1, Relaxed)),
            (true, false) => drop(self.all.0.busy.fetch_sub(1, Relaxed)),
            _ => {}
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.set(At::New);
    }
}

#[derive(Debug)]
pub struct UnderWay(Arc<Connection>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.set(At::Answered);
    }
}

/// A connection on its way out.
#[derive(Debug)]
pub struct Leaving {
    all: Connections,
    turn: u64,
    gone: Arc<Notify>,
}

impl Leaving {
    /// Ends when its place is needed.
    pub async fn gone(&self) {
        self.gone.notified().await;
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.all.queue().leaving.remove(&self.turn);
    }
}
