//! What can be made of a refusal.

use crate::{in_sentence, listed, texts};

/// On the link to a field: `Go to Product ID, association 2`.
#[must_use]
pub fn go_to_field(place: &[String]) -> String {
    let names = place.iter().rev().enumerate();
    let names = names.map(|(at, name)| match at {
        0 => name.clone(),
        _ => in_sentence(name),
    });
    texts::go_to(&listed(&names.collect::<Vec<_>>()))
}
