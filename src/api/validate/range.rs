//! `smithy.api#range`, and the ranges of the integer types.

use super::Violation;
use crate::model::Place;
use serde_json::Number;

pub fn check(place: Place<'_>, value: f64) -> Option<Violation> {
    let range = place.find(|traits| traits.range.as_ref())?;
    let number = |bound: &Number| bound.as_f64();
    let (min, max) = (range.min.as_ref(), range.max.as_ref());
    if min.and_then(number).is_some_and(|min| value < min) {
        return min.map(|min| Violation::BelowMinimum { min: min.clone() });
    }
    if max.and_then(number).is_some_and(|max| value > max) {
        return max.map(|max| Violation::AboveMaximum { max: max.clone() });
    }
    None
}

pub fn bounds(value: i64, min: i64, max: i64) -> Option<Violation> {
    if value < min {
        Some(Violation::BelowMinimum { min: min.into() })
    } else if value > max {
        Some(Violation::AboveMaximum { max: max.into() })
    } else {
        None
    }
}
