//! `smithy.api#uniqueItems`

use crate::model::Place;

pub fn check<T: PartialEq>(place: Place<'_>, items: &[T]) -> Vec<usize> {
    if !place.has(|traits| traits.unique_items) {
        return Vec::new();
    }
    (0..items.len())
        .filter(|&at| items[..at].contains(&items[at]))
        .collect()
}
