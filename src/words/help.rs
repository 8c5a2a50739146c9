//! What a value looks like, in words.

use crate::{grouped, length, texts};
use formsmith_api::model::{Place, ShapeKind};

/// What may be written at a place, a sentence each; the pattern is no sentence.
#[must_use]
pub fn looks_like_this(place: Place<'_>) -> Vec<String> {
    let range = place.find(|traits| traits.range.as_ref());
    let mut sentences = vec![of_kind(&place.shape.kind).to_owned()];
    let is_text = !matches!(place.shape.kind, ShapeKind::List(_) | ShapeKind::Map { .. });
    sentences.extend(
        place
            .find(|traits| traits.length)
            .map(|bounds| match &place.shape.kind {
                ShapeKind::Blob => bytes(bounds.min, bounds.max),
                _ => length(bounds.min, bounds.max, is_text),
            }),
    );
    if let Some(range) = range {
        let (min, max) = (range.min.as_ref(), range.max.as_ref());
        sentences.push(match (min, max) {
            (Some(min), Some(max)) => texts::help_from_to(&min.to_string(), &max.to_string()),
            (Some(min), None) => texts::help_at_least(&min.to_string()),
            (None, Some(max)) => texts::help_at_most(&max.to_string()),
            (None, None) => String::new(),
        });
    }
    if let Some(prefix) = place.find(|traits| traits.id_prefix.as_deref()) {
        sentences.push(texts::help_begins_with(prefix));
    }
    if place.has(|traits| traits.unique_items) {
        sentences.push(texts::help_unique().into());
    }
    if place.has(|traits| traits.idempotency_token) {
        sentences.push(texts::help_token().into());
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn of_kind(kind: &ShapeKind) -> &'static str {
    match kind {
        ShapeKind::String => texts::help_text(),
        ShapeKind::Enum(_) => texts::help_choice(),
        ShapeKind::Boolean => texts::help_boolean(),
        ShapeKind::Integer { .. } | ShapeKind::BigInteger => texts::help_integer(),
        ShapeKind::Float | ShapeKind::Double | ShapeKind::BigDecimal => texts::help_number(),
        ShapeKind::Timestamp => texts::help_moment(),
        ShapeKind::Blob => texts::help_bytes(),
        ShapeKind::List(_) => texts::help_list(),
        ShapeKind::Map { .. } => texts::help_map(),
        ShapeKind::Structure(_) => texts::help_structure(),
        ShapeKind::Union(_) => texts::help_union(),
        ShapeKind::Document | ShapeKind::Other(_) => texts::help_json(),
    }
}

fn bytes(min: Option<usize>, max: Option<usize>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => texts::help_bytes_between(&grouped(min), &grouped(max)),
        (Some(min), None) => texts::help_bytes_least(&grouped(min)),
        (None, Some(max)) => texts::help_bytes_most(&grouped(max)),
        (None, None) => String::new(),
    }
}
