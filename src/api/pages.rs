//! Answers that come page by page.

use crate::json;
use crate::model::Operation;
use serde_json::{Map, Value};

/// The input of the page after the one that `input` was answered with; `None` after the last,
/// and where the service gives the same token again, which would never end.
pub fn next(operation: &Operation, input: &Value, output: &Map<String, Value>) -> Option<Value> {
    let token = token(operation, output)?;
    let paginated = operation.traits.paginated.as_ref()?;
    let name = paginated.input_token.as_deref()?;
    if input.get(name) == Some(token) {
        return None;
    }
    let mut next = input.clone();
    next.as_object_mut()?.insert(name.into(), token.clone());
    Some(next)
}

/// The token for the next page; an empty one is none.
pub(crate) fn token<'a>(
    operation: &Operation,
    output: &'a Map<String, Value>,
) -> Option<&'a Value> {
    let paginated = operation.traits.paginated.as_ref()?;
    let token = json::at(output, paginated.output_token.as_deref()?)?;
    (token.as_str() != Some("")).then_some(token)
}
