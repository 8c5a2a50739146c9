//! What an answer really says.
//!
//! HTTP 200 is not success: for a batch the model tells where its failed entries are listed, or
//! shapes and names do, and every entry that was sent is accounted for.

mod already_done;
mod arrival;
mod batch;
mod failures;
mod join;
mod member_errors;
mod named_members;
mod named_value;
mod progress;
mod rows;

pub use already_done::can_mean_done;
pub use arrival::{Arrival, NotSent, Standing, standing};
pub use batch::{BatchOutcome, Entry, EntryResult, FailedEntry};
pub use failures::named_failures;
pub use member_errors::{MemberError, member_errors};
pub use named_value::of_named_value;
pub use progress::{Progress, of_value, progress};
pub use rows::{Row, RowResult, Rows};

use crate::http::HttpResponse;
use crate::model::{Model, Operation, Service};
use crate::protocol::{self, Answer, NotUnderstood, ServiceError};
use serde_json::{Map, Value};

#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It was done, and the answer has nothing to add.
    Empty,
    /// It was done, and this is the answer.
    Output(Map<String, Value>),
    /// Each entry has its own result.
    Batch(BatchOutcome),
    /// The service refused.
    Error(ServiceError),
    /// What arrived is not an answer of this service; whether anything was done is unknown
    /// unless the status says otherwise.
    NotUnderstood(NotUnderstood),
}

/// Reads the outcome of an operation from what was sent and what arrived.
pub fn outcome(
    model: &Model,
    service: &Service,
    operation: &Operation,
    input: &Value,
    response: &HttpResponse,
) -> Outcome {
    let answer = protocol::response(model, service, operation, response);
    of_answer(model, operation, input, answer)
}

/// The same of a response that was read before.
pub fn of_answer(
    model: &Model,
    operation: &Operation,
    input: &Value,
    answer: Result<Answer, NotUnderstood>,
) -> Outcome {
    match answer {
        Err(not_understood) => Outcome::NotUnderstood(not_understood),
        Ok(Answer::Error(error)) => Outcome::Error(error),
        Ok(Answer::Output(output)) => match &operation.traits.batch {
            Some(batch) => batch::outcome(model, operation, batch, input, output),
            None => of_output(output),
        },
    }
}

fn of_output(output: Map<String, Value>) -> Outcome {
    match output.is_empty() {
        true => Outcome::Empty,
        false => Outcome::Output(output),
    }
}

/// The request id a response carries, under whichever of AWS's header names.
pub fn request_id(response: &HttpResponse) -> Option<&str> {
    ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"]
        .iter()
        .find_map(|name| response.header(name))
}
