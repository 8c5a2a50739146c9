//! Numbers as text, outside of JSON.

use crate::decimal::{self, Decimal};
use serde_json::Number;

/// As AWS's own client writes it: whole numbers with all their digits, others as Python does,
/// with an exponent from 1e16 on and below 1e-4.
pub fn text(number: &Number) -> String {
    let written = number.to_string();
    if !decimal::is_float(number) {
        return written;
    }
    // The least digits that stand for the float.
    let float = decimal::float(&written).and_then(Number::from_f64);
    match float.and_then(|float| Decimal::parse(&float.to_string())) {
        Some(value) => python(&value),
        None => written,
    }
}

fn python(value: &Decimal) -> String {
    let exponent = value.magnitude();
    if value.digits.is_empty() || (-4..=15).contains(&exponent) {
        let plain = value.plain();
        return match plain.contains('.') {
            true => plain,
            false => plain + ".0",
        };
    }
    let sign = if value.is_negative { "-" } else { "" };
    let (first, rest) = value.digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    let exponent_sign = if exponent < 0 { '-' } else { '+' };
    format!(
        "{sign}{first}{point}{rest}e{exponent_sign}{:02}",
        exponent.abs()
    )
}

/// A number of an answer that isn't JSON; the text as it came if it is none, such as `NaN`.
#[cfg(feature = "xml")]
pub fn parse(text: &str) -> serde_json::Value {
    match serde_json::from_str(text.trim()) {
        Ok(number @ serde_json::Value::Number(_)) => number,
        _ => text.into(),
    }
}
