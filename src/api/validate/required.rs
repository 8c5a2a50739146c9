//! `smithy.api#required`

use super::Violation;
use crate::model::Place;

pub fn check(place: Place<'_>, is_present: bool) -> Option<Violation> {
    let required = place.member.is_some_and(|traits| traits.required);
    (required && !is_present).then_some(Violation::Required)
}
