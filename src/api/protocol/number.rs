//! Numbers as text, outside of JSON.

use serde_json::Number;

/// As AWS's own client writes it: whole numbers with all their digits, others as Python does,
/// with an exponent from 1e16 on and below 1e-4.
pub fn text(number: &Number) -> String {
    let written = number.to_string();
    match written.parse() {
        Ok(value) if written.contains(['.', 'e', 'E']) => decimal(value),
        _ => written,
    }
}

fn decimal(value: f64) -> String {
    // The least digits that stand for the value, as in `-1.25e-7`.
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    match exponent {
        -4..=15 => {
            let plain = value.to_string();
            match plain.contains('.') {
                true => plain,
                false => plain + ".0",
            }
        }
        _ => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.abs())
        }
    }
}

/// A number of an answer that isn't JSON; the text as it came if it is none, such as `NaN`.
#[cfg(feature = "xml")]
pub fn parse(text: &str) -> serde_json::Value {
    match serde_json::from_str(text.trim()) {
        Ok(number @ serde_json::Value::Number(_)) => number,
        _ => text.into(),
    }
}
