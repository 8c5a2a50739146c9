//! `smithy.api#range`, and the ranges of the integer types.

use super::Violation;
use crate::decimal::Decimal;
use crate::model::Place;
use serde_json::Number;
use std::cmp::Ordering;

pub fn number(place: Place<'_>, value: &Decimal) -> Option<Violation> {
    let range = place.find(|traits| traits.range.as_ref())?;
    bounds(value, range.min.as_ref(), range.max.as_ref())
}

/// A whole number, which the type bounds, too.
pub fn integer(place: Place<'_>, value: &Decimal, (min, max): (i64, i64)) -> Option<Violation> {
    number(place, value).or_else(|| bounds(value, Some(&min.into()), Some(&max.into())))
}

fn bounds(value: &Decimal, min: Option<&Number>, max: Option<&Number>) -> Option<Violation> {
    let beyond = |bound: Option<&Number>, side| {
        let bound = bound.filter(|bound| {
            let bound = Decimal::parse(&bound.to_string());
            bound.is_some_and(|bound| value.cmp(&bound) == side)
        });
        bound.cloned()
    };
    if let Some(min) = beyond(min, Ordering::Less) {
        return Some(Violation::BelowMinimum { min });
    }
    beyond(max, Ordering::Greater).map(|max| Violation::AboveMaximum { max })
}
