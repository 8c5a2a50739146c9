//! Enum shapes, and open strings whose documented values the model lists.

use super::Violation;
use crate::model::Place;

pub fn check(place: Place<'_>, value: &str) -> Option<Violation> {
    let members = place.shape.enum_members();
    let documented =
        place.find(|traits| (!traits.known_values.is_empty()).then_some(&traits.known_values));
    let is_known = members.iter().any(|member| member.enum_value() == value)
        || documented.is_some_and(|values| values.iter().any(|(known, _)| known == value));
    let is_open = members.is_empty() && documented.is_none();
    (!is_known && !is_open).then(|| Violation::UnknownValue {
        value: value.into(),
    })
}
