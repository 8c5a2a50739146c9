//! What stands before the endpoint's host.

use crate::protocol::{NotSendable, not_sendable};

/// The host prefix of an operation (`WireTraits::host_prefix`), with the values of its labels, which
/// are members of the input; empty for an operation without. Fails where a value is none that a host may have.
pub fn host_prefix<'a>(
    template: Option<&str>,
    value: impl Fn(&str) -> Option<&'a str>,
) -> Result<String, NotSendable> {
    let mut prefix = String::new();
    let Some(mut rest) = template else {
        return Ok(prefix);
    };
    while let Some((before, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        let value = value(label).unwrap_or_default();
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
