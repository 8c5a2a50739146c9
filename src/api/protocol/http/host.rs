//! What stands before the endpoint's host.

use crate::protocol::{Call, NotSendable, not_sendable};
use serde_json::Value;

/// The host prefix of an operation, with its labels filled; empty for an operation without.
pub fn host_prefix(call: Call<'_>, input: &Value) -> Result<String, NotSendable> {
    let mut prefix = String::new();
    let Some(mut rest) = call.operation.traits.wire.host_prefix.as_deref() else {
        return Ok(prefix);
    };
    while let Some((before, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        let value = input.get(label).and_then(Value::as_str).unwrap_or_default();
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        if value.is_empty() || !value.chars().all(is_host) {
            let why = "letters, digits, hyphens and dots only, for a host, has to have";
            return Err(not_sendable(why, label));
        }
        prefix.push_str(before);
        prefix.push_str(value);
        rest = after;
    }
    prefix.push_str(rest);
    Ok(prefix)
}
