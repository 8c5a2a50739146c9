//! `smithy.api#pattern`

use super::Violation;
use crate::model::Place;
use crate::pattern::Verdict;

pub fn check(place: Place<'_>, value: &str) -> Option<Violation> {
    let pattern = place.find(|traits| traits.pattern.as_ref())?;
    Some(match pattern.verdict(value) {
        Verdict::Matches | Verdict::NotChecked => return None,
        Verdict::Departs(at) => match at.found {
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
        Verdict::Differs => Violation::Pattern {
            source: pattern.source().into(),
        },
    })
}

/// Is this value checked in full, or is there a pattern that can't be?
pub fn is_checked(place: Place<'_>, value: &str) -> bool {
    place
        .find(|traits| traits.pattern.as_ref())
        .is_none_or(|pattern| !matches!(pattern.verdict(value), Verdict::NotChecked))
}
