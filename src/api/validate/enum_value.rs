//! Enum shapes, and open strings whose documented values the model lists.

use super::Violation;
use crate::model::Place;

pub fn check(place: Place<'_>, value: &str) -> Option<Violation> {
    let members = place.shape.enum_members();
    let documented = place.known_values();
    let is_known = members.iter().any(|member| member.enum_value() == value)
        || documented.iter().any(|(known, _)| known == value);
    let is_open = members.is_empty() && documented.is_empty();
    (!is_known && !is_open).then(|| Violation::UnknownValue {
        value: value.into(),
    })
}
