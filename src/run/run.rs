//! One thing that a person wants done, with every attempt at it.

use crate::attempt::CutRow;
use crate::repeated::secrets_of;
use crate::{Answer, Attempt, Fact, Failure, Follow, FollowStep, OperationRef, Place, ReadBack};
use crate::{Pages, ReadBackState, StoreFailure, Undoes, Undone, Wait};
use formsmith_api::http::HttpRequest;
use formsmith_api::inverse::InferredInverse;
use formsmith_api::outcome::{Arrival, FailedEntry, RowResult, Rows, Standing, standing};
use formsmith_api::read_back::Found;
use formsmith_api::retry::Reason;
use serde_json::Value;

#[derive(Debug, Clone)]
pub struct Run {
    /// A UUID; the history knows it by it.
    pub id: String,
    pub op: OperationRef,
    pub place: Place,
    /// Epoch milliseconds.
    pub started_ms: f64,
    /// The whole input, as the person wrote it.
    pub input: Value,
    /// The run that it takes back.
    pub undoes: Option<Undoes>,
    /// A run that has done the same with the same idempotency token: then nothing new is done.
    pub repeats: Option<String>,
    pub attempts: Vec<Attempt>,
    /// What reading the resources showed, each after so many attempts.
    pub reads: Vec<ReadBack>,
    /// Whether the resources are read just now, or why that failed.
    pub read_back: Option<ReadBackState>,
    /// What it started, watched until it is over.
    pub follow: Option<Follow>,
    /// What is waited for, by asking until it is so.
    pub wait: Option<Wait>,
    /// The pages after the first, of the attempt that they say.
    pub(crate) pages: Option<Pages>,
    pub phase: Phase,
    /// What became of each entry, for a batch.
    pub rows: Option<Rows>,
    /// What became of it, attempts and reads taken together.
    pub standing: Standing,
    /// What takes it back, where the model doesn't say and it was inferred.
    pub inverse: Option<InferredInverse>,
    /// What later runs have taken back of it.
    pub undone: Vec<Undone>,
    /// It came from a file: it was sent elsewhere, or never.
    pub is_imported: bool,
    /// It is no longer in the store: nothing more is sent for it.
    pub is_deleted: bool,
    /// Counts the changes of what can be seen of it.
    pub version: u64,
    /// Counts the results of its attempts, late ones included.
    pub results: u64,
    pub(crate) leads: bool,
    /// The secrets of the input that a service could repeat.
    pub(crate) secrets: Vec<String>,
    /// The number of the next fact.
    pub(crate) seq: u64,
}

/// What goes on with a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// The attempt is sent as soon as the fact of this number is stored.
    Storing { seq: u64, next: Box<Next> },
    /// It can't be stored, and the person has yet to say whether it is sent all the same.
    HeldBack { why: StoreFailure, next: Box<Next> },
    /// The answer to the attempt of this index is awaited.
    Waiting { attempt: usize, next: Box<Next> },
    /// The next attempt begins then, by itself.
    Pausing {
        /// Epoch milliseconds.
        until_ms: f64,
        reason: Reason,
        next: Box<Next>,
    },
    /// Nothing is sent, and nothing awaited.
    Settled,
}

/// An attempt that is about to be made, or is being made.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// What is sent: the whole input, or some rows of it with a token of their own.
    pub(crate) input: Value,
    pub(crate) rows: Option<Vec<usize>>,
    pub(crate) request: HttpRequest,
    /// The name of the person's consent, where the place takes one.
    pub(crate) consent: Option<String>,
    /// From 1, since the person pressed the button.
    pub(crate) number: usize,
    /// When it was stored that it is sent, in epoch milliseconds; 0 before that.
    pub(crate) at_ms: f64,
}

impl Run {
    /// A run of which this is the first fact, and nothing else known yet; none if the fact is
    /// another, or of another operation.
    pub(crate) fn begun(id: &str, op: OperationRef, first: &Fact) -> Option<Self> {
        let Fact::Begun {
            at_ms,
            service,
            operation,
            place,
            input,
            undoes,
            repeats,
        } = first
        else {
            return None;
        };
        let is_its = *service == op.service.name && *operation == op.operation.name();
        is_its.then(|| Self {
            id: id.to_owned(),
            op,
            place: place.clone(),
            started_ms: *at_ms,
            rows: Rows::new(op.operation, input),
            input: input.clone(),
            undoes: undoes.clone(),
            repeats: repeats.clone(),
            attempts: Vec::new(),
            reads: Vec::new(),
            read_back: None,
            follow: None,
            wait: None,
            pages: None,
            phase: Phase::Settled,
            standing: Standing::NotSent,
            inverse: None,
            undone: Vec::new(),
            is_imported: false,
            is_deleted: false,
            version: 0,
            results: 0,
            leads: false,
            secrets: secrets_of(op, input),
            seq: 0,
        })
    }

    /// One more attempt, at these rows of a batch or at the whole.
    pub(crate) fn add_attempt(
        &mut self,
        started_ms: f64,
        rows: Option<&[usize]>,
        request: HttpRequest,
        result: Option<Result<Answer, Failure>>,
    ) {
        let rows = self.rows_of(rows);
        self.attempts.push(Attempt {
            started_ms,
            ended_ms: None,
            rows,
            request,
            result,
            is_late: false,
        });
    }

    /// Does this program act for it? Of several over one store only one does.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.leads
    }

    /// Is it being sent, or about to be?
    #[must_use]
    pub fn is_underway(&self) -> bool {
        !matches!(self.phase, Phase::Settled)
    }

    /// Is what it started asked about from time to time?
    #[must_use]
    pub fn is_followed(&self) -> bool {
        let follow = self.follow.as_ref();
        follow.is_some_and(|follow| follow.step == FollowStep::Underway)
    }

    /// The last attempt that has ended.
    #[must_use]
    pub fn last(&self) -> Option<&Attempt> {
        self.attempts.iter().rev().find(|it| it.result.is_some())
    }

    /// From 1, since the person pressed the button; of what is underway.
    #[must_use]
    pub fn attempt_number(&self) -> Option<usize> {
        match &self.phase {
            Phase::Storing { next, .. }
            | Phase::HeldBack { next, .. }
            | Phase::Waiting { next, .. }
            | Phase::Pausing { next, .. } => Some(next.number),
            Phase::Settled => None,
        }
    }

    /// The rows that nobody knows the outcome of.
    #[must_use]
    pub fn unknown_rows(&self) -> Vec<usize> {
        let rows = self.rows.as_ref();
        rows.map(|rows| rows.places(|result| *result == RowResult::Unknown))
            .unwrap_or_default()
    }

    /// Is anything of it unknown?
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.standing == Standing::Unknown || !self.unknown_rows().is_empty()
    }

    /// What reading showed of each row of a batch, or of the whole at 0: the last that says
    /// something.
    #[must_use]
    pub fn found(&self) -> Vec<Option<Found>> {
        let mut all: Vec<Option<Found>> = Vec::new();
        for read in &self.reads {
            all.resize(all.len().max(read.found.len()), None);
            for (at, found) in read.found.iter().enumerate() {
                all[at] = found.or(all[at]);
            }
        }
        all
    }

    /// Takes all that is known together anew. It depends on attempts and reads alone, and not on
    /// the order in which they became known.
    pub(crate) fn judge(&mut self) {
        let operation = self.op.operation;
        let mut rows = Rows::new(operation, &self.input);
        let mut now = Standing::NotSent;
        for (at, attempt) in self.attempts.iter().enumerate() {
            if let Some(of_attempt) = self.standing_of(attempt, now == Standing::Unknown) {
                now = match &mut rows {
                    // A repetition does not undo it.
                    None if now == Standing::Done => Standing::Done,
                    None => of_attempt,
                    Some(rows) => {
                        self.take_rows(rows, attempt, at + 1);
                        of_rows(rows).unwrap_or(of_attempt)
                    }
                };
            }
            for read in self.reads.iter().filter(|read| read.after == at + 1) {
                match &mut rows {
                    Some(rows) => {
                        for (row, found) in read.found.iter().enumerate() {
                            found.iter().for_each(|it| rows.take_found(row, *it));
                        }
                        now = of_rows(rows).unwrap_or(now);
                    }
                    None if now == Standing::Unknown => {
                        now = match read.found.first() {
                            Some(Some(Found::Done)) => Standing::Done,
                            Some(Some(Found::NotDone)) => Standing::Failed,
                            _ => now,
                        };
                    }
                    None => {}
                }
            }
        }
        self.rows = rows;
        self.standing = now;
    }

    fn standing_of(&self, attempt: &Attempt, was_unknown: bool) -> Option<Standing> {
        Some(match attempt.result.as_ref()? {
            Ok(Answer::Cut { standing, .. }) => *standing,
            _ => standing(self.op.operation, &attempt.arrival()?, was_unknown),
        })
    }

    fn take_rows(&self, rows: &mut Rows, attempt: &Attempt, number: usize) {
        if let Some(Answer::Cut { rows: cut, .. }) = attempt.answer() {
            for (&at, row) in attempt.rows.iter().zip(cut) {
                rows.settle(at, row.result(), number);
            }
        } else if let Some(arrival) = attempt.arrival() {
            let (model, operation) = (self.op.model, self.op.operation);
            rows.take(model, operation, &attempt.rows, &arrival, number);
        }
    }
}

impl CutRow {
    fn result(self) -> RowResult {
        match self {
            Self::Done => RowResult::Done,
            Self::Unknown => RowResult::Unknown,
            Self::NotSent => RowResult::NotSent,
            Self::Failed => RowResult::Failed(FailedEntry::default()),
        }
    }
}

impl Attempt {
    /// What arrived; nothing while it is awaited, and for an answer that is not stored whole.
    #[must_use]
    pub fn arrival(&self) -> Option<Arrival<'_>> {
        match self.result.as_ref()? {
            Ok(
                Answer::Whole { response, outcome }
                | Answer::Redacted {
                    response, outcome, ..
                },
            ) => Some(Arrival::Answered { response, outcome }),
            Ok(Answer::Cut { .. }) => None,
            Err(failure) => Some(failure.arrival()),
        }
    }
}

/// None where the input has no rows: then the answer says it.
fn of_rows(rows: &Rows) -> Option<Standing> {
    let all = rows.rows.len();
    let done = rows.count(|result| *result == RowResult::Done);
    let not_sent = rows.count(|result| *result == RowResult::NotSent);
    let unknown = rows.count(|result| *result == RowResult::Unknown);
    let partly = rows.count(RowResult::is_partly);
    Some(match done {
        _ if all == 0 => return None,
        done if done == all && rows.unmatched.is_empty() => Standing::Done,
        0 if partly > 0 => Standing::Partly,
        0 if unknown > 0 => Standing::Unknown,
        0 if not_sent == all => Standing::NotSent,
        0 => Standing::Failed,
        _ => Standing::Partly,
    })
}
