//! What an answer means for what is waited for.

use crate::find;
use formsmith_api::http::HttpResponse;
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::protocol::{self, Answer};
use formsmith_api::waiter::{Judged, WaitState, Waiter};
use serde_json::{Map, Value};

/// Judges the answer of an operation by a waiter of its service's `waiters.json`; with the output,
/// where the answer is one.
pub fn judge(
    (model, service, operation): (&Model, &Service, &Operation),
    waiter: &Value,
    response: &HttpResponse,
) -> (Judged, Option<Map<String, Value>>) {
    let answer = protocol::response(model, service, operation, response);
    let judged = match Waiter::read(waiter) {
        Some(waiter) => waiter.judge(response.status, &answer, find),
        None => Judged {
            state: WaitState::NotUnderstood,
            seen: Vec::new(),
        },
    };
    let output = match answer {
        Ok(Answer::Output(output)) => Some(output),
        _ => None,
    };
    (judged, output)
}
