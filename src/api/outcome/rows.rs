//! What became of each entry of a batch over all attempts at it.

use super::{Arrival, BatchOutcome, EntryResult, FailedEntry, Outcome, Standing, batch, standing};
use crate::model::{Model, Operation};
use crate::protocol::{NotUnderstood, ServiceError};
use crate::read_back::Found;
use crate::retry;
use serde_json::Value;

/// The entries of an input in the order in which they were written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    pub rows: Vec<Row>,
    /// Failed entries of the answers that match none that was sent.
    pub unmatched: Vec<FailedEntry>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The entry as it stands in the input.
    pub sent: Value,
    /// What identifies it, in the order of the batch trait's `entryKey`.
    pub key: Vec<String>,
    pub result: RowResult,
    /// Which attempt this result is of, from 1; 0 while there was none.
    pub attempt: usize,
    /// An earlier attempt at it may have been carried out.
    pub was_unknown: bool,
    /// What the last answer says of it, where that leaves it unknown whether it is done.
    pub told: Option<FailedEntry>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum RowResult {
    Done,
    Failed(FailedEntry),
    /// No answer tells.
    Unknown,
    /// No answer told, and reading the resources has shown that it is not done.
    NotDone,
    NotSent,
}

impl Rows {
    /// The entries of an input, none of them sent; `None` for an operation that is no batch, and
    /// where it was only inferred to be one and there are no entries.
    #[must_use]
    pub fn new(operation: &Operation, input: &Value) -> Option<Self> {
        let batch = operation.traits.batch.as_ref()?;
        let entries = batch.sent(input);
        if entries.is_empty() && batch.inferred.is_some() {
            return None;
        }
        let rows = entries.into_iter().enumerate().map(|(at, sent)| Row {
            key: batch.key(&sent, at),
            sent,
            result: RowResult::NotSent,
            attempt: 0,
            was_unknown: false,
            told: None,
        });
        Some(Self {
            rows: rows.collect(),
            unmatched: Vec::new(),
        })
    }

    /// Takes in what arrived for an attempt at some of the rows, counted from 0 in the order in
    /// which they were sent.
    pub fn take(
        &mut self,
        model: &Model,
        operation: &Operation,
        which: &[usize],
        arrival: &Arrival<'_>,
        attempt: usize,
    ) {
        let of_error;
        let told = match arrival {
            Arrival::Answered {
                outcome: Outcome::Batch(outcome),
                ..
            } => Some(outcome),
            Arrival::Answered {
                outcome: Outcome::Error(error),
                ..
            } => {
                of_error = self.told_by(operation, which, error);
                of_error.as_ref()
            }
            _ => None,
        };
        if let Some(outcome) = told {
            for (&at, entry) in which.iter().zip(&outcome.entries) {
                let result = match &entry.result {
                    EntryResult::Succeeded => RowResult::Done,
                    EntryResult::Failed(failed) => RowResult::Failed(failed.clone()),
                    EntryResult::Unreported => RowResult::Unknown,
                };
                self.settle(at, result, attempt);
            }
            // What an earlier attempt named already is still one.
            let earlier = self.unmatched.len();
            for unmatched_entry in &outcome.unmatched {
                if !self.unmatched[..earlier].contains(unmatched_entry) {
                    self.unmatched.push(unmatched_entry.clone());
                }
            }
            return;
        }
        // The answer is about all of them alike.
        let result = match standing(operation, arrival, false) {
            Standing::Unknown => RowResult::Unknown,
            Standing::NotSent => RowResult::NotSent,
            _ => RowResult::Failed(refused(model, operation, arrival)),
        };
        for &at in which {
            self.settle(at, result.clone(), attempt);
        }
    }

    /// What an error tells of the single rows that were sent, if it does.
    fn told_by(
        &self,
        operation: &Operation,
        which: &[usize],
        error: &ServiceError,
    ) -> Option<BatchOutcome> {
        let batch = operation.traits.batch.as_ref()?;
        let rows = which.iter().filter_map(|&at| self.rows.get(at));
        let sent: Vec<Value> = rows.map(|row| row.sent.clone()).collect();
        batch::of_error(batch, &sent, error)
    }

    /// Takes in what reading the resources has shown of a row whose outcome was unknown.
    pub fn take_found(&mut self, at: usize, found: Found) {
        let row = self.rows.get_mut(at);
        let Some(row) = row.filter(|row| row.result == RowResult::Unknown) else {
            return;
        };
        row.result = match found {
            Found::Done => RowResult::Done,
            Found::NotDone => RowResult::NotDone,
            Found::Unclear => return,
        };
        row.was_unknown = false;
        row.told = None;
    }

    /// Takes in what an attempt came to for one row.
    pub fn settle(&mut self, at: usize, result: RowResult, attempt: usize) {
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        if row.result == RowResult::Done {
            // A repetition does not undo it.
            return;
        }
        row.was_unknown |= row.result == RowResult::Unknown;
        row.attempt = attempt;
        (row.result, row.told) = match result {
            // This attempt did nothing; what the earlier one did is as unknown as before.
            RowResult::NotSent if row.was_unknown => (RowResult::Unknown, None),
            RowResult::Failed(failed) if row.was_unknown => (RowResult::Unknown, Some(failed)),
            result => (result, None),
        };
    }

    /// How many rows have such a result.
    #[must_use]
    pub fn count(&self, is_such: fn(&RowResult) -> bool) -> usize {
        self.rows.iter().filter(|row| is_such(&row.result)).count()
    }

    /// Where the rows with such a result are.
    #[must_use]
    pub fn places(&self, is_such: impl Fn(&RowResult) -> bool) -> Vec<usize> {
        let rows = self.rows.iter().enumerate();
        let such = rows.filter(|(_, row)| is_such(&row.result));
        such.map(|(at, _)| at).collect()
    }
}

impl RowResult {
    /// Did it fail, and was some of it done all the same?
    #[must_use]
    pub fn is_partly(&self) -> bool {
        matches!(self, Self::Failed(failed) if failed.is_partly)
    }

    /// May the row be done if it is sent again as it is?
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Failed(failed) => failed.is_retryable,
            Self::NotSent | Self::NotDone => true,
            Self::Done | Self::Unknown => false,
        }
    }
}

/// A refusal of the whole, as it is for each of its entries.
fn refused(model: &Model, operation: &Operation, arrival: &Arrival<'_>) -> FailedEntry {
    let error = match arrival {
        Arrival::Answered {
            outcome: Outcome::Error(error),
            ..
        } => Some(error),
        _ => None,
    };
    let status = match arrival {
        Arrival::Answered {
            outcome: Outcome::NotUnderstood(NotUnderstood::NoErrorName { status }),
            ..
        } => Some(status.to_string()),
        _ => None,
    };
    let name = error.and_then(|error| error.name.clone());
    let mut shapes = operation.errors.iter();
    let shape = shapes
        .find(|id| Some(id.name()) == name.as_deref())
        .and_then(|id| model.shape(id));
    FailedEntry {
        key: Vec::new(),
        message: error.and_then(|error| error.message.clone()),
        meaning: shape.and_then(|shape| shape.traits.documentation.clone()),
        remedy: shape.and_then(|shape| shape.traits.remedy.clone()),
        is_retryable: error.is_some_and(|error| {
            let expired = name.as_deref().is_some_and(retry::is_expired);
            expired || retry::is_throttling(model, operation, error)
        }),
        is_partly: false,
        code: name.or(status),
    }
}
