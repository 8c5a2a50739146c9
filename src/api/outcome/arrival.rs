//! How a request ended, as far as anybody can know.

use super::{EntryResult, Outcome, can_mean_done, named_failures};
use crate::class::Class;
use crate::http::HttpResponse;
use crate::model::Operation;

/// What arrived for a request that was to be sent.
#[derive(Debug, Clone, Copy)]
pub enum Arrival<'a> {
    Answered {
        response: &'a HttpResponse,
        outcome: &'a Outcome,
    },
    /// It certainly never reached the service, or was turned away unread.
    NotSent(NotSent),
    /// No whole answer arrived: it may have been carried out.
    Lost,
    /// What arrived is no answer of the service, and would be none the next time: it may have
    /// been carried out.
    Unreadable,
}

/// What kept a request from being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSent {
    /// Something that may be over in a moment.
    Passing,
    /// There are no credentials, or none that hold.
    Credentials,
    /// Something that a person has to put right.
    Lasting,
}

/// What became of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Done,
    /// Some of its entries were done.
    Partly,
    /// Nothing was done.
    Failed,
    /// Nobody can say from here.
    Unknown,
    NotSent,
}

/// `was_unknown`: an earlier attempt at the same may have been carried out.
#[must_use]
pub fn standing(operation: &Operation, arrival: &Arrival<'_>, was_unknown: bool) -> Standing {
    // Reading leaves nothing behind that could be unknown.
    let unknown = match operation.class {
        Class::Read => Standing::Failed,
        _ => Standing::Unknown,
    };
    let (response, outcome) = match arrival {
        Arrival::NotSent(_) if was_unknown => return unknown,
        Arrival::NotSent(_) => return Standing::NotSent,
        Arrival::Lost | Arrival::Unreadable => return unknown,
        Arrival::Answered { response, outcome } => (*response, *outcome),
    };
    match outcome {
        Outcome::Output(output) if named_failures(operation, output) > 0 => Standing::Partly,
        Outcome::Empty | Outcome::Output(_) => Standing::Done,
        Outcome::Batch(batch) => {
            let is = |kind: fn(&EntryResult) -> bool| {
                batch.entries.iter().filter(|it| kind(&it.result)).count()
            };
            let done = is(|result| *result == EntryResult::Succeeded);
            let unreported = is(|result| *result == EntryResult::Unreported);
            let partly = is(|it| matches!(it, EntryResult::Failed(failed) if failed.is_partly));
            match (done + partly, unreported) {
                (0, 0) if !batch.entries.is_empty() => Standing::Failed,
                (0, _) if unreported > 0 => unknown,
                _ if done == batch.total() && batch.unmatched.is_empty() => Standing::Done,
                _ => Standing::Partly,
            }
        }
        Outcome::Error(error) => {
            // Only an operation that is idempotent by its model leaves no other reading.
            let was_done = operation.traits.idempotent && can_mean_done(operation, error);
            match error.status >= 500 {
                _ if was_unknown && was_done => Standing::Done,
                true => unknown,
                // This attempt did nothing; what the earlier one did is as unknown as before.
                false if was_unknown => unknown,
                false => Standing::Failed,
            }
        }
        Outcome::NotUnderstood(_) if (400..500).contains(&response.status) => match was_unknown {
            true => unknown,
            false => Standing::Failed,
        },
        Outcome::NotUnderstood(_) => unknown,
    }
}
