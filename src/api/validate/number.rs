//! Text that has to be a number.

use super::Violation;
use serde_json::Value;

/// A whole number; one that 64 bits don't hold comes as the last that they do, and `false`.
pub fn integer(value: &str) -> Result<(i64, bool), Violation> {
    float(value)?;
    if !value.bytes().all(|it| it == b'-' || it.is_ascii_digit()) {
        return Err(Violation::NotAnInteger);
    }
    Ok(match value.parse() {
        Ok(number) => (number, true),
        Err(_) if value.starts_with('-') => (i64::MIN, false),
        Err(_) => (i64::MAX, false),
    })
}

/// A number as JSON writes it; no other form can be sent.
#[inline(never)]
pub fn float(value: &str) -> Result<f64, Violation> {
    match serde_json::from_str(value) {
        Ok(Value::Number(number)) => number.as_f64().ok_or(Violation::NotANumber),
        _ => Err(Violation::NotANumber),
    }
}

/// What Smithy writes as text among the floats.
pub fn is_special(value: &str) -> bool {
    matches!(value, "NaN" | "Infinity" | "-Infinity")
}
