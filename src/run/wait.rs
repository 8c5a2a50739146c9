//! Waiting until something is so: an operation that only reads is asked until its answers say so.
//!
//! The first question is an attempt like any other; those that follow are reads, and of each it is
//! stored what it came to. What an answer means is judged elsewhere, by [`Effect::Judge`], because that
//! takes an engine for JMESPath, which few runs need.

mod questions;

use crate::{Failure, ReadFailure, Run, Said};
use formsmith_api::waiter::{Judged, WaitState};
use serde_json::{Map, Value};

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitFor {
    /// The waiter's name, such as `InstanceRunning`.
    pub waiter: String,
    /// What a service's `waiters.json` has of it.
    pub facts: Value,
}

impl WaitFor {
    /// From one question to the next.
    #[must_use]
    pub fn delay_seconds(&self) -> u32 {
        let delay = self.facts["delay"].as_u64().unwrap_or(30);
        u32::try_from(delay).unwrap_or(u32::MAX).max(1)
    }

    /// So often is asked at most.
    #[must_use]
    pub fn most(&self) -> usize {
        let most = self.facts["maxAttempts"].as_u64().unwrap_or(1);
        usize::try_from(most).unwrap_or(usize::MAX).max(1)
    }
}

#[derive(Debug, Clone)]
pub struct Wait {
    pub what: WaitFor,
    pub step: WaitStep,
    /// So many answers were judged.
    pub asked: usize,
    /// So many may be, with those that the person has asked for since.
    pub most: usize,
    /// What the answers showed, where it was something else than before.
    pub seen: Vec<SeenValues>,
    /// What the last answer showed; empty where that was nothing.
    pub last_seen: Vec<String>,
    /// The last output that is known whole.
    pub output: Option<Map<String, Value>>,
    /// When it is asked again, in epoch milliseconds; none where that isn't known.
    pub next_ms: Option<f64>,
    /// Tells the answer or the judgement that is awaited, or the timer, from any other.
    number: u32,
    is_awaited: bool,
    failures: u32,
}

/// What a waiter looks at, and since when it is so.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenValues {
    /// Epoch milliseconds.
    pub at_ms: f64,
    pub values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum WaitStep {
    Underway,
    /// By the person, or because nothing could be asked: why.
    Stopped(Option<ReadFailure>),
    /// It was asked as often as it may be.
    Exhausted,
    /// It is so.
    Reached,
    /// It will not come to that.
    Failed,
}

impl WaitStep {
    #[must_use]
    pub fn is_underway(&self) -> bool {
        *self == Self::Underway
    }

    /// Can the person have it asked again?
    #[must_use]
    pub fn may_resume(&self) -> bool {
        matches!(self, Self::Stopped(_) | Self::Exhausted)
    }
}

impl Wait {
    pub(crate) fn new(what: WaitFor) -> Self {
        Self {
            most: what.most(),
            what,
            step: WaitStep::Underway,
            asked: 0,
            seen: Vec::new(),
            last_seen: Vec::new(),
            output: None,
            next_ms: None,
            number: 0,
            is_awaited: false,
            failures: 0,
        }
    }

    /// Takes what an answer came to; true if it showed something else than the one before.
    pub(crate) fn take(
        &mut self,
        at_ms: f64,
        judged: &Judged,
        output: Option<&Map<String, Value>>,
    ) -> bool {
        self.asked += 1;
        self.failures = 0;
        self.next_ms = None;
        if let Some(output) = output {
            self.output = Some(output.clone());
        }
        self.step = match judged.state {
            WaitState::Success => WaitStep::Reached,
            WaitState::Failure => WaitStep::Failed,
            WaitState::NotUnderstood => WaitStep::Stopped(Some(ReadFailure::NotUnderstood)),
            WaitState::Retry if self.asked >= self.most => WaitStep::Exhausted,
            WaitState::Retry => WaitStep::Underway,
        };
        let is_new = self.last_seen != judged.seen;
        self.last_seen.clone_from(&judged.seen);
        if is_new && !judged.seen.is_empty() {
            self.seen.push(SeenValues {
                at_ms,
                values: judged.seen.clone(),
            });
        }
        is_new
    }

    /// The person has it asked as often again.
    pub(crate) fn resume(&mut self) {
        self.step = WaitStep::Underway;
        self.most = self.asked.saturating_add(self.what.most());
        self.failures = 0;
    }

    pub(crate) fn stop(&mut self, why: Option<ReadFailure>) {
        self.step = WaitStep::Stopped(why);
        self.is_awaited = false;
        self.next_ms = None;
    }
}

/// How far a wait has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitEnd {
    Underway,
    Reached,
    Failed,
    Exhausted,
    Stopped,
}

impl WaitEnd {
    const ALL: [Self; 5] = [
        Self::Underway,
        Self::Reached,
        Self::Failed,
        Self::Exhausted,
        Self::Stopped,
    ];

    /// The name that is stored.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Underway => "underway",
            Self::Reached => "reached",
            Self::Failed => "failed",
            Self::Exhausted => "exhausted",
            Self::Stopped => "stopped",
        }
    }

    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.key() == key)
    }
}

impl Run {
    /// What has become of its wait; none where it stopped because its first question has no answer.
    pub(crate) fn said_of_wait(&self) -> Option<Said> {
        let wait = self.wait.as_ref()?;
        let end = match &wait.step {
            WaitStep::Underway => WaitEnd::Underway,
            WaitStep::Reached => WaitEnd::Reached,
            WaitStep::Failed => WaitEnd::Failed,
            WaitStep::Exhausted => WaitEnd::Exhausted,
            WaitStep::Stopped(_) => WaitEnd::Stopped,
        };
        let why = self.last()?.failure();
        let is_unasked = wait.asked == 0 && !wait.step.is_underway();
        if is_unasked && why.is_some_and(|why| *why != Failure::Stopped) {
            return None;
        }
        // What changes with each answer is told where the wait is shown.
        let (asked, seen) = match end {
            WaitEnd::Underway => (0, Vec::new()),
            _ => (wait.asked, wait.last_seen.clone()),
        };
        Some(Said::Waited {
            waiter: wait.what.waiter.clone(),
            end,
            asked,
            seen,
        })
    }

    /// Is it asked again, by itself, whether something is so?
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        let wait = self.wait.as_ref();
        wait.is_some_and(|wait| wait.step.is_underway())
    }

    /// Does this program await an answer to what is waited for, or what it means?
    #[must_use]
    pub fn is_asking(&self) -> bool {
        let is_awaited = self.wait.as_ref().is_some_and(|wait| wait.is_awaited);
        self.is_waiting() && (is_awaited || self.is_underway())
    }
}
