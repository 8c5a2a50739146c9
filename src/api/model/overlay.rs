//! The texts of a document in another language.

use crate::json;
use serde_json::Value;

/// Puts the texts of an overlay, which has them by JSON pointers, in the place of those in a
/// document. What can't be read changes nothing, and neither does a pointer that leads to no text.
#[must_use]
pub fn overlaid(document: &str, overlay: &str) -> String {
    let (Ok(mut translated), Ok(Value::Object(texts))) = (
        json::parse(document.as_bytes()),
        json::parse(overlay.as_bytes()),
    ) else {
        return document.to_owned();
    };
    for (pointer, text) in texts {
        if let Some(place) = translated.pointer_mut(&pointer).filter(|it| it.is_string()) {
            *place = text;
        }
    }
    json::compact(&translated)
}
