//! What stands in an item, and what of it people read.

use crate::model::{Model, Place, ShapeKind};
use serde_json::Value;

/// Of a union that holds one value, that value and where it stands: people read the text, not that it
/// is one. Anything else is as it is.
#[must_use]
pub fn told_of_union<'a, 'v>(
    model: &'a Model,
    place: Option<Place<'a>>,
    value: &'v Value,
) -> (Option<Place<'a>>, &'v Value) {
    let inner = place.and_then(|place| {
        let ShapeKind::Union(_) = &place.shape.kind else {
            return None;
        };
        let object = value.as_object().filter(|object| object.len() == 1)?;
        let (name, inner) = object.iter().next()?;
        if name.eq_ignore_ascii_case("null") {
            return Some((None, &Value::Null));
        }
        Some((model.place(place.shape.member(name)?), inner))
    });
    inner.unwrap_or((place, value))
}

/// The same in a cell, where a structure with a single value given is that value, too.
#[must_use]
pub fn told_in_cell<'a, 'v>(
    model: &'a Model,
    place: Option<Place<'a>>,
    value: &'v Value,
) -> (Option<Place<'a>>, &'v Value) {
    let (place, value) = told_of_union(model, place, value);
    let inner = place.and_then(|place| {
        let object = value.as_object().filter(|object| object.len() == 1)?;
        let (name, inner) = object.iter().next()?;
        let is_one = !inner.is_object() && !inner.is_array();
        let place = model.place(place.shape.member(name)?)?;
        is_one.then_some((Some(place), inner))
    });
    inner.unwrap_or((place, value))
}

/// What stands in an item at a column's key.
#[must_use]
pub fn value_at<'a>(item: &'a Value, key: &str) -> Option<&'a Value> {
    if key == "@" {
        return Some(item);
    }
    // The key of a map may have any characters.
    if let Some(value) = item.get(key) {
        return Some(value);
    }
    if let Some((member, tag)) = key.strip_suffix(']').and_then(|key| key.split_once('[')) {
        let tags = item.get(member)?.as_array()?;
        let tag = tags.iter().find(|it| text_of(it, "Key") == Some(tag))?;
        return tag.get("Value");
    }
    let mut value = item;
    for name in key.split('.') {
        value = value.get(name)?;
    }
    Some(value)
}

pub(super) fn text_of<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}
