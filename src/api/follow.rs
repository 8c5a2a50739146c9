//! What an operation started, looked at until it is over.

use crate::json;
use crate::model::{Operation, Service};
use serde_json::{Map, Value};

/// The operation that polls what an output started, and its input. Whether it is over is
/// said by the [`State`](crate::model::State) of the progress that the look shows.
pub fn follow<'a>(
    service: &'a Service,
    operation: &Operation,
    output: &Map<String, Value>,
) -> Option<(&'a Operation, Value)> {
    let follow = operation.traits.follow.as_ref()?;
    let member = |(name, path): &(String, String)| {
        let value = json::at(output, path)?;
        Some((name.clone(), value.clone()))
    };
    let input: Option<Map<_, _>> = follow.input.iter().map(member).collect();
    Some((service.operation(&follow.operation)?, input?.into()))
}
