//! `smithy.api#range`, and the ranges of the integer types.

use super::Violation;
use crate::model::Place;

pub fn check(place: Place<'_>, value: f64) -> Option<Violation> {
    let range = place.find(|traits| traits.range)?;
    if let Some(min) = range.min.filter(|&min| value < min) {
        return Some(Violation::BelowMinimum { min });
    }
    let max = range.max.filter(|&max| value > max)?;
    Some(Violation::AboveMaximum { max })
}

pub fn bounds(value: f64, min: f64, max: f64) -> Option<Violation> {
    if value < min {
        Some(Violation::BelowMinimum { min })
    } else if value > max {
        Some(Violation::AboveMaximum { max })
    } else {
        None
    }
}
