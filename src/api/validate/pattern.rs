//! `smithy.api#pattern`

use super::Violation;
use crate::model::Place;

pub fn check(place: Place<'_>, value: &str) -> Option<Violation> {
    let pattern = place.find(|traits| traits.pattern.as_ref())?;
    let mismatch = pattern.mismatch(value)?;
    Some(match mismatch {
        Some(at) => match at.found {
            Some(found) => Violation::Character {
                found,
                position: at.position,
                expected: at.expected,
                is_uniform: at.is_uniform,
            },
            None => Violation::Unfinished {
                expected: at.expected,
            },
        },
        None => Violation::Pattern {
            source: pattern.source().into(),
        },
    })
}

/// Are values at this place checked in full, or is there a pattern that can't be?
pub fn is_checked(place: Place<'_>) -> bool {
    place
        .find(|traits| traits.pattern.as_ref())
        .is_none_or(|pattern| pattern.is_supported())
}
