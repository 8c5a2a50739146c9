//! `smithy.api#range`, and the ranges of the integer types.

use super::Violation;
use crate::decimal::Decimal;
use crate::model::Place;
use serde_json::Number;
use std::cmp::Ordering;

pub fn number(place: Place<'_>, value: &Decimal) -> Option<Violation> {
    let range = place.find(|traits| traits.range.as_ref())?;
    let beyond = |bound: &Option<Number>, side| {
        let bound = bound.as_ref().filter(|bound| {
            let bound = Decimal::parse(&bound.to_string());
            bound.is_some_and(|bound| value.cmp(&bound) == side)
        });
        bound.cloned()
    };
    if let Some(min) = beyond(&range.min, Ordering::Less) {
        return Some(Violation::BelowMinimum { min });
    }
    beyond(&range.max, Ordering::Greater).map(|max| Violation::AboveMaximum { max })
}

/// A whole number, which the type bounds, too.
pub fn integer(place: Place<'_>, value: &Decimal, (min, max): (i64, i64)) -> Option<Violation> {
    let beyond = |bound: i64, side| {
        let bound = Decimal::parse(&bound.to_string());
        bound.is_some_and(|bound| value.cmp(&bound) == side)
    };
    number(place, value).or_else(|| {
        if beyond(min, Ordering::Less) {
            Some(Violation::BelowMinimum { min: min.into() })
        } else if beyond(max, Ordering::Greater) {
            Some(Violation::AboveMaximum { max: max.into() })
        } else {
            None
        }
    })
}
