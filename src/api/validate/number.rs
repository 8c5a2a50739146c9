//! Text that has to be a number.

use super::Violation;
use serde_json::Value;

pub fn integer(value: &str) -> Result<i64, Violation> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return match float(value) {
            Ok(_) => Err(Violation::NotAnInteger),
            Err(violation) => Err(violation),
        };
    }
    // More digits than 64 bits hold: out of any range the model can name.
    Ok(value.parse().unwrap_or(if value.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    }))
}

/// A number as JSON writes it; no other form can be sent.
pub fn float(value: &str) -> Result<f64, Violation> {
    match serde_json::from_str(value) {
        Ok(Value::Number(number)) => number.as_f64().ok_or(Violation::NotANumber),
        _ => Err(Violation::NotANumber),
    }
}
