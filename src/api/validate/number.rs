//! Text that has to be a number.

use super::Violation;
use crate::decimal::Decimal;
use serde_json::Value;

/// A whole number.
pub fn integer(value: &str) -> Result<Decimal, Violation> {
    let number = number(value)?;
    match value.bytes().all(|it| it == b'-' || it.is_ascii_digit()) {
        true => Ok(number),
        false => Err(Violation::NotAnInteger),
    }
}

/// A number as JSON writes it; no other form can be sent.
#[inline(never)]
pub fn number(value: &str) -> Result<Decimal, Violation> {
    match serde_json::from_str(value) {
        Ok(Value::Number(_)) => Decimal::parse(value.trim()).ok_or(Violation::NotANumber),
        _ => Err(Violation::NotANumber),
    }
}

/// A number that has a float near to it.
pub fn float(value: &str) -> Result<Decimal, Violation> {
    let number = number(value)?;
    // From here on the nearest is infinite: the largest float and half of its last digit.
    let is_infinite = number.magnitude() > 308
        || number.magnitude() == 308 && number.digits.as_str() >= "1797693134862315808";
    match is_infinite {
        true => Err(Violation::NotANumber),
        false => Ok(number),
    }
}

/// What Smithy writes as text among the floats.
pub fn is_special(value: &str) -> bool {
    matches!(value, "NaN" | "Infinity" | "-Infinity")
}
