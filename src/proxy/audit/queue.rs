//! Lines on their way to the thread that writes them.

use crate::limits;
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a thread that writes sleeps where nothing comes: it is woken when something does.
pub const IDLE: Duration = Duration::from_secs(3600);
/// Lines that come within this time are written together: to wake the writer for each would cost
/// a request more than its line does.
const TOGETHER: Duration = Duration::from_millis(20);

#[derive(Debug)]
pub struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    waiting: Vec<T>,
    left_out: u64,
    /// The writer sleeps until something comes.
    is_idle: bool,
    /// Something waits for the writer.
    is_urgent: bool,
    is_closed: bool,
}

/// What the writer is told besides the lines.
pub struct Taken {
    /// How many found no room since it was last told.
    pub left_out: u64,
    /// Nothing more will come.
    pub is_closed: bool,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                waiting: Vec::new(),
                left_out: 0,
                is_idle: false,
                is_urgent: false,
                is_closed: false,
            }),
            changed: Condvar::new(),
        }
    }
}

impl<T> Queue<T> {
    /// Takes a line if there is room, or counts it.
    pub fn offer(&self, line: T) {
        let mut state = self.state();
        if state.waiting.len() >= limits::AUDIT_LINES_WAITING {
            state.left_out += 1;
            return;
        }
        self.push(state, line);
    }

    /// Takes a line in any case: there is a bound of its own to how many of these there are.
    pub fn add(&self, line: T) {
        self.push(self.state(), line);
    }

    /// The same, and has it written at once, with all that waits.
    pub fn hurry(&self, line: T) {
        let mut state = self.state();
        state.is_urgent = true;
        state.is_idle = true;
        self.push(state, line);
    }

    pub fn has_room(&self) -> bool {
        self.state().waiting.len() < limits::AUDIT_LINES_WAITING
    }

    pub fn close(&self) {
        self.state().is_closed = true;
        self.changed.notify_one();
    }

    /// Waits for lines, at most this long, and puts them where `lines` has none.
    pub fn take(&self, lines: &mut Vec<T>, patience: Duration) -> Taken {
        let mut state = self.state();
        state.is_idle = true;
        let nothing = |state: &mut State<T>| {
            state.waiting.is_empty() && state.left_out == 0 && !state.is_closed
        };
        let waited = self.changed.wait_timeout_while(state, patience, nothing);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.is_idle = false;
        if !state.waiting.is_empty() {
            let more = |state: &mut State<T>| !state.is_urgent && !state.is_closed;
            let waited = self.changed.wait_timeout_while(state, TOGETHER, more);
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
        state.is_urgent = false;
        mem::swap(lines, &mut state.waiting);
        Taken {
            left_out: mem::take(&mut state.left_out),
            is_closed: state.is_closed,
        }
    }

    fn push(&self, mut state: MutexGuard<'_, State<T>>, line: T) {
        state.waiting.push(line);
        let is_idle = mem::take(&mut state.is_idle);
        drop(state);
        if is_idle {
            self.changed.notify_one();
        }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
