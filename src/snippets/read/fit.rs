//! A value in the types that the model has for it.

use super::Note;
use formsmith_api::model::{Model, Place, ShapeKind};
use formsmith_api::validate::{self, is_number};
use serde_json::{Map, Value};

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Strictness {
    /// JSON has types of its own.
    Json,
    /// Words have none: `5` is a number where the model wants one, and one item is a list.
    Words,
}

/// The value; nothing where it can't be one of the shape, which is noted like every part of it
/// that is left out.
pub fn fit(
    model: &Model,
    place: Place<'_>,
    value: Value,
    strictness: Strictness,
    at: &str,
    notes: &mut Vec<Note>,
) -> Option<Value> {
    let is_words = strictness == Strictness::Words;
    let inner = |name: &str| format!("{at}.{name}");
    let kind = &place.shape.kind;
    match (kind, value) {
        (ShapeKind::Structure(members) | ShapeKind::Union(members), Value::Object(object)) => {
            let mut out = Map::new();
            for (name, value) in object {
                let known = members.iter().find(|member| {
                    member.name == name || member.traits.wire.json_name.as_deref() == Some(&name)
                });
                let Some((member, place)) = known.and_then(|it| Some((it, model.place(it)?)))
                else {
                    let at = at.to_owned();
                    notes.push(Note::UnknownMember { at, name });
                    continue;
                };
                // `null` is how some write that there is nothing.
                if value.is_null() {
                    continue;
                }
                if let Some(value) = fit(model, place, value, strictness, &inner(&name), notes) {
                    out.insert(member.name.clone(), value);
                }
            }
            Some(Value::Object(out))
        }
        (ShapeKind::Map { value: member, .. }, Value::Object(object)) => {
            let place = model.place(member)?;
            let entries = object.into_iter().filter_map(|(name, value)| {
                let value = fit(model, place, value, strictness, &inner(&name), notes)?;
                Some((name, value))
            });
            Some(Value::Object(entries.collect()))
        }
        (ShapeKind::List(member), Value::Array(items)) => {
            let place = model.place(member)?;
            let items = items.into_iter().enumerate();
            let items = items.filter_map(|(number, item)| {
                fit(
                    model,
                    place,
                    item,
                    strictness,
                    &inner(&number.to_string()),
                    notes,
                )
            });
            Some(items.collect())
        }
        (ShapeKind::List(_), value) if is_words => {
            let value = Value::Array(vec![value]);
            fit(model, place, value, strictness, at, notes)
        }
        (ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Blob, value @ Value::String(_))
        | (ShapeKind::Boolean, value @ Value::Bool(_)) => Some(value),
        (kind, value) if kind.is_json() || kind.is_number() && value.is_number() => Some(value),
        (ShapeKind::Boolean, Value::String(text)) if is_words && is_truth(&text) => {
            Some(text.eq_ignore_ascii_case("true").into())
        }
        (kind, Value::String(text)) if kind.is_number() && is_words && is_number(&text) => {
            formsmith_api::json::parse(text.trim().as_bytes()).ok()
        }
        (ShapeKind::Timestamp, value @ Value::String(_)) => Some(value),
        _ => {
            notes.push(Note::OtherType {
                at: at.to_owned(),
                expected: validate::expected(kind),
            });
            None
        }
    }
}

fn is_truth(text: &str) -> bool {
    ["true", "false"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}
