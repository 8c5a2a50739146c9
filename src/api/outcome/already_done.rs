//! An error that can be the echo of one's own success.

use crate::model::Operation;
use crate::protocol::ServiceError;
use serde_json::Value;

/// Can this error, to a request that is sent again after an unknown outcome, mean that it was
/// done then? The model lists the names of such errors, and codes they carry within.
pub fn can_mean_done(operation: &Operation, error: &ServiceError) -> bool {
    let codes = &operation.traits.already_done;
    let is_named = |name: &String| codes.contains(name);
    error.name.as_ref().is_some_and(is_named)
        || error.members.values().any(|value| carries(codes, value))
}

fn carries(codes: &[String], value: &Value) -> bool {
    match value {
        Value::String(text) => codes.contains(text),
        Value::Array(items) => items.iter().any(|item| carries(codes, item)),
        Value::Object(members) => members.values().any(|member| carries(codes, member)),
        _ => false,
    }
}
