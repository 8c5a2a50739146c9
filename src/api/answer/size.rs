//! Which numbers are sizes in bytes.

use super::names::small_words;
use crate::model::{Place, ShapeKind};

/// Does the name of a number say that it counts bytes? `CodeSize` alone doesn't: what it counts, no
/// model says.
#[must_use]
pub fn is_bytes(name: &str, place: Place<'_>) -> bool {
    let is_whole = matches!(
        place.shape.kind,
        ShapeKind::Integer { .. } | ShapeKind::BigInteger
    );
    let says_bytes = |name: &str| {
        let words = small_words(name);
        let last = words.last().map(String::as_str);
        let is_ratio = words
            .iter()
            .any(|word| matches!(word.as_str(), "per" | "percent"));
        last.is_some_and(|word| matches!(word, "bytes" | "byte")) && !is_ratio
    };
    is_whole && (says_bytes(name) || says_bytes(place.shape.id.name()))
}
