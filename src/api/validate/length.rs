//! `smithy.api#length`

use super::Violation;
use crate::model::Place;

/// The length of a text is counted in Unicode scalar values.
pub fn text(place: Place<'_>, value: &str) -> Option<Violation> {
    let length = place.find(|traits| traits.length)?;
    let actual = value.chars().count();
    if let Some(min) = length.min.filter(|&min| actual < min) {
        return Some(Violation::TooShort { actual, min });
    }
    let max = length.max.filter(|&max| actual > max)?;
    Some(Violation::TooLong { actual, max })
}

pub fn size(place: Place<'_>, actual: usize) -> Option<Violation> {
    let length = place.find(|traits| traits.length)?;
    if let Some(min) = length.min.filter(|&min| actual < min) {
        return Some(Violation::TooFew { actual, min });
    }
    let max = length.max.filter(|&max| actual > max)?;
    Some(Violation::TooMany { actual, max })
}
