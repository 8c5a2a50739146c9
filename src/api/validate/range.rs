//! `smithy.api#range`, and the ranges of the integer types.

use super::Violation;
use crate::model::Place;
use serde_json::Number;
use std::cmp::Ordering;

pub fn float(place: Place<'_>, value: f64) -> Option<Violation> {
    check(place, &|bound| value.partial_cmp(&bound.as_f64()?))
}

/// `is_exact` is false for a number that is even further from 0 than this.
pub fn integer(
    place: Place<'_>,
    (value, is_exact): (i64, bool),
    (min, max): (i64, i64),
) -> Option<Violation> {
    // As floats, large numbers that differ would be the same.
    let broken = check(place, &|bound| match bound.as_i64() {
        Some(bound) => Some(value.cmp(&bound)),
        None => (value as f64).partial_cmp(&bound.as_f64()?),
    });
    if broken.is_some() {
        broken
    } else if value < min || (!is_exact && value < 0) {
        Some(Violation::BelowMinimum { min: min.into() })
    } else if value > max || !is_exact {
        Some(Violation::AboveMaximum { max: max.into() })
    } else {
        None
    }
}

/// `compare` tells how the value stands to a bound.
fn check(place: Place<'_>, compare: &dyn Fn(&Number) -> Option<Ordering>) -> Option<Violation> {
    let range = place.find(|traits| traits.range.as_ref())?;
    let beyond = |bound: &Option<Number>, side| {
        let bound = bound.as_ref().filter(|it| compare(it) == Some(side));
        bound.cloned()
    };
    if let Some(min) = beyond(&range.min, Ordering::Less) {
        return Some(Violation::BelowMinimum { min });
    }
    beyond(&range.max, Ordering::Greater).map(|max| Violation::AboveMaximum { max })
}
