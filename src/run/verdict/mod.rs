//! What a run has come to, as facts: words make a sentence of it, and the history stores it.

mod stored;

pub(crate) use stored::{standing_key, standing_of_key, status, why_from_json, why_to_json};

use crate::{Answer, Attempt, Failure, Run, WaitEnd};
use formsmith_api::model::{Operation, State};
use formsmith_api::outcome::{Outcome, RowResult, Rows, Standing, named_failures};
use formsmith_api::protocol::{NotUnderstood, ServiceError};
use formsmith_api::read_back::Found;

/// Is it good?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Success,
    Info,
    Warning,
    Error,
    /// Nobody can say from here whether it was done.
    Unknown,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub tone: Tone,
    pub said: Said,
    /// What the last attempt came to, where the whole is another matter.
    pub last: Option<Box<Said>>,
}

/// What became of a run or an attempt. `is_unknown`: it may have been carried out all the same.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    NothingSent,
    Done,
    /// An attempt whose answer was lost has done it: the last one found nothing left to do.
    DoneBefore,
    /// It was done before with the same idempotency token, and nothing new was done.
    Repeated,
    /// No answer told; reading the resources did.
    FoundDone,
    FoundNotDone,
    /// It started something that has this status.
    Followed {
        state: State,
        value: String,
    },
    /// It was asked so often until something is so, which the name of a waiter says, and showed
    /// these values last.
    Waited {
        waiter: String,
        end: WaitEnd,
        asked: usize,
        seen: Vec<String>,
    },
    /// Each entry of a batch has its own result.
    Rows(RowCounts),
    /// It was answered with so many failures, which nothing brings home to what was sent.
    NamesFailures(usize),
    /// The service answered with an error.
    Refused {
        name: String,
        message: String,
        status: u16,
        is_unknown: bool,
    },
    /// The answer is none of the service.
    NotUnderstood {
        why: NotUnderstood,
        is_unknown: bool,
    },
    /// There is no answer of the service.
    NoAnswer {
        failure: Failure,
        is_unknown: bool,
    },
    /// The answer is not stored whole: what it came to.
    Cut(Standing),
    /// What the page said when it stored sentences.
    AsWritten {
        title: String,
        detail: String,
    },
}

/// How many entries of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowCounts {
    pub total: usize,
    pub done: usize,
    pub failed: usize,
    pub unknown: usize,
    /// Reading showed that they are not done.
    pub not_done: usize,
    pub not_sent: usize,
    /// They may be done if they are sent again as they are.
    pub retryable: usize,
    /// Failed entries that the service named unasked.
    pub unmatched: usize,
    /// Of the failed: some of each was done all the same.
    pub partly: usize,
}

impl RowCounts {
    #[must_use]
    pub fn of(rows: &Rows) -> Self {
        Self {
            total: rows.rows.len(),
            done: rows.count(|it| *it == RowResult::Done),
            failed: rows.count(|it| matches!(it, RowResult::Failed(_))),
            unknown: rows.count(|it| *it == RowResult::Unknown),
            not_done: rows.count(|it| *it == RowResult::NotDone),
            not_sent: rows.count(|it| *it == RowResult::NotSent),
            retryable: rows.count(RowResult::is_retryable),
            unmatched: rows.unmatched.len(),
            partly: rows.count(RowResult::is_partly),
        }
    }
}

impl Run {
    /// What has become of it, all that is known taken together; it is told aloud, and stored, and so
    /// repeats no secret.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let verdict = self.whole_verdict();
        let last = verdict.last.map(|said| self.said_without_secrets(*said));
        Verdict {
            tone: verdict.tone,
            said: self.said_without_secrets(verdict.said),
            last: last.map(Box::new),
        }
    }

    fn whole_verdict(&self) -> Verdict {
        let is_done = self.standing == Standing::Done;
        let followed = self.follow.as_ref().filter(|_| is_done);
        let progress = followed.and_then(|follow| follow.progress());
        let followed = progress.map(|it| Said::Followed {
            state: it.state,
            value: it.value,
        });
        if is_done && self.repeats.is_some() {
            return Verdict {
                tone: Tone::Info,
                said: Said::Repeated,
                last: followed.map(Box::new),
            };
        }
        if let Some(said) = followed {
            return Verdict {
                tone: said.tone(),
                said,
                last: None,
            };
        }
        if let Some(said) = self.said_of_wait() {
            return Verdict {
                tone: said.tone(),
                said,
                last: None,
            };
        }
        let Some(last) = self.last() else {
            return Verdict {
                tone: Tone::Info,
                said: Said::NothingSent,
                last: None,
            };
        };
        let is_unknown = self.standing == Standing::Unknown;
        let of_last = last.said(self.op.operation, is_unknown);
        let is_told = self.attempts.iter().any(tells_rows) || !self.reads.is_empty();
        let (said, last) = match (&self.rows, self.standing) {
            (Some(rows), _) if is_told => {
                let of_last = (!tells_rows(last)).then(|| Box::new(of_last));
                (Said::Rows(RowCounts::of(rows)), of_last)
            }
            (_, Standing::Done) if !last.is_success() => {
                let is_found = self.found().first() == Some(&Some(Found::Done));
                match is_found && last.answer().is_none() {
                    true => (Said::FoundDone, None),
                    false => (Said::DoneBefore, None),
                }
            }
            (None, Standing::Failed)
                if self.found().first() == Some(&Some(Found::NotDone))
                    && self
                        .reads
                        .last()
                        .is_some_and(|it| it.after == self.attempts.len()) =>
            {
                (Said::FoundNotDone, Some(Box::new(of_last)))
            }
            _ => (of_last, None),
        };
        Verdict {
            tone: self.tone(&said),
            said,
            last,
        }
    }

    fn tone(&self, said: &Said) -> Tone {
        match said {
            Said::Rows(_) => tone_of(self.standing),
            said => said.tone(),
        }
    }
}

impl Attempt {
    /// What came of this attempt alone.
    #[must_use]
    pub fn said(&self, operation: &Operation, is_unknown: bool) -> Said {
        match &self.result {
            None => Said::NothingSent,
            Some(Err(failure)) => Said::NoAnswer {
                failure: failure.clone(),
                is_unknown,
            },
            Some(Ok(Answer::Cut { standing, .. })) => Said::Cut(*standing),
            Some(Ok(Answer::Whole { outcome, .. } | Answer::Redacted { outcome, .. })) => {
                match outcome {
                    Outcome::Output(output) => match named_failures(operation, output) {
                        0 => Said::Done,
                        count => Said::NamesFailures(count),
                    },
                    Outcome::Empty | Outcome::Batch(_) => Said::Done,
                    Outcome::Error(error) => Said::of_error(error, is_unknown),
                    Outcome::NotUnderstood(why) => Said::NotUnderstood {
                        why: why.clone(),
                        is_unknown,
                    },
                }
            }
        }
    }

    fn is_success(&self) -> bool {
        matches!(self.outcome(), Some(Outcome::Empty | Outcome::Output(_)))
            || matches!(
                self.answer(),
                Some(Answer::Cut {
                    standing: Standing::Done,
                    ..
                })
            )
    }
}

fn tells_rows(attempt: &Attempt) -> bool {
    match attempt.answer() {
        Some(Answer::Whole { outcome, .. } | Answer::Redacted { outcome, .. }) => {
            matches!(outcome, Outcome::Batch(_))
        }
        Some(Answer::Cut { rows, .. }) => !rows.is_empty(),
        None => false,
    }
}

fn tone_of(standing: Standing) -> Tone {
    match standing {
        Standing::Done => Tone::Success,
        Standing::Partly => Tone::Warning,
        Standing::Unknown => Tone::Unknown,
        Standing::Failed | Standing::NotSent => Tone::Error,
    }
}

#[must_use]
pub fn tone_of_state(state: State) -> Tone {
    match state {
        State::Pending | State::Running => Tone::Info,
        State::Succeeded => Tone::Success,
        State::Failing => Tone::Warning,
        State::Failed => Tone::Error,
    }
}

impl Said {
    fn of_error(error: &ServiceError, is_unknown: bool) -> Self {
        Self::Refused {
            name: error.name.clone().unwrap_or_default(),
            message: error.message.clone().unwrap_or_default(),
            status: error.status,
            is_unknown,
        }
    }

    fn tone(&self) -> Tone {
        match self {
            Self::NothingSent => Tone::Info,
            Self::Done | Self::DoneBefore | Self::FoundDone => Tone::Success,
            Self::Repeated => Tone::Info,
            Self::FoundNotDone => Tone::Error,
            Self::NamesFailures(_) => Tone::Warning,
            Self::Waited { end, .. } => match end {
                WaitEnd::Underway | WaitEnd::Stopped => Tone::Info,
                WaitEnd::Reached => Tone::Success,
                WaitEnd::Failed => Tone::Error,
                WaitEnd::Exhausted => Tone::Warning,
            },
            Self::Followed { state, .. } => tone_of_state(*state),
            Self::Rows(_) | Self::AsWritten { .. } => Tone::Info,
            Self::Cut(standing) => tone_of(*standing),
            Self::Refused { is_unknown, .. }
            | Self::NotUnderstood { is_unknown, .. }
            | Self::NoAnswer { is_unknown, .. } => match is_unknown {
                true => Tone::Unknown,
                false => Tone::Error,
            },
        }
    }
}
