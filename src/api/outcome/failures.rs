//! Failures in an answer that nobody can bring home to what was sent.

use crate::model::Operation;
use serde_json::{Map, Value};

/// How many failures an output names, as far as its operation's shapes tell where to look. What
/// says that there were some, and not how many, counts as one.
#[must_use]
pub fn named_failures(operation: &Operation, output: &Map<String, Value>) -> usize {
    let (mut listed, mut counted) = (0, 0);
    for name in &operation.failures {
        match output.get(name) {
            Some(Value::Array(items)) => listed += items.len(),
            Some(Value::Object(members)) => listed += members.len(),
            Some(Value::Number(number)) => {
                counted += number.as_u64().unwrap_or_default() as usize;
            }
            _ => {}
        }
    }
    // A count is mostly that of a list beside it.
    listed.max(counted)
}
