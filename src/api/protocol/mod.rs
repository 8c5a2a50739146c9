//! From an input to the request AWS's own client would send, and from a response to what the
//! service says with it.

mod error_name;
mod request;
mod response;
mod timestamp;

pub use error_name::{error_name, shape_name};
pub use request::{NotSendable, request};
pub use response::{Answer, NotUnderstood, ServiceError, response};
pub use timestamp::to_iso_8601;

use crate::model::{Model, Operation};
use serde_json::Value;

/// Fills the idempotency tokens an input lacks at its top level, as AWS's clients do.
/// `new_token` gives a UUID for each.
pub fn fill_tokens(
    model: &Model,
    operation: &Operation,
    input: &mut Value,
    new_token: &mut dyn FnMut() -> String,
) {
    let Some(shape) = operation.input.as_ref().and_then(|id| model.shape(id)) else {
        return;
    };
    let Value::Object(input) = input else {
        return;
    };
    for member in shape.members() {
        if member.traits.idempotency_token && !input.contains_key(&member.name) {
            input.insert(member.name.clone(), new_token().into());
        }
    }
}
