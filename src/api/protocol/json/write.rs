//! Values of an input as a JSON body has them.

use super::Json;
use crate::model::{Model, Place, Shape, ShapeKind, TimestampFormat};
use crate::protocol::NotSendable;
use crate::protocol::timestamp;
use serde_json::{Map, Value};

/// What the model doesn't know stays as it is; members that are `null` are left out.
pub fn write(
    model: &Model,
    json: Json,
    place: Place<'_>,
    value: &Value,
) -> Result<Value, NotSendable> {
    Ok(match (&place.shape.kind, value) {
        (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
            Value::Object(members(model, json, place.shape, object)?)
        }
        (ShapeKind::List(member), Value::Array(items)) => match model.place(member) {
            Some(place) => {
                let items = items.iter().map(|item| write(model, json, place, item));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            None => value.clone(),
        },
        (ShapeKind::Map { value: member, .. }, Value::Object(entries)) => {
            let mut written = Map::new();
            for (key, value) in entries {
                let value = match model.place(member) {
                    Some(place) => write(model, json, place, value)?,
                    None => value.clone(),
                };
                written.insert(key.clone(), value);
            }
            Value::Object(written)
        }
        (ShapeKind::Timestamp, Value::Number(_) | Value::String(_)) => {
            moment(place, value).transpose()?.unwrap_or(value.clone())
        }
        _ => value.clone(),
    })
}

fn members(
    model: &Model,
    json: Json,
    shape: &Shape,
    object: &Map<String, Value>,
) -> Result<Map<String, Value>, NotSendable> {
    let mut written = Map::new();
    for (name, value) in object.iter().filter(|(_, value)| !value.is_null()) {
        let member = shape.member(name);
        let (name, value) = match member.and_then(|member| Some((member, model.place(member)?))) {
            Some((member, place)) => (json.name(member), write(model, json, place, value)?),
            None => (name.as_str(), value.clone()),
        };
        written.insert(name.to_owned(), value);
    }
    Ok(written)
}

/// A moment in its format, where that isn't what the input has.
fn moment(place: Place<'_>, value: &Value) -> Option<Result<Value, NotSendable>> {
    let format = place.find(|traits| traits.wire.timestamp_format);
    let text = |format| timestamp::text(value, format, place.shape.id.name());
    match (format.unwrap_or(TimestampFormat::EpochSeconds), value) {
        (TimestampFormat::EpochSeconds, Value::Number(_)) => None,
        (TimestampFormat::EpochSeconds, _) => {
            let number = text(TimestampFormat::EpochSeconds);
            Some(number.map(|it| serde_json::from_str(&it).unwrap_or_default()))
        }
        (format, _) => Some(text(format).map(Value::String)),
    }
}
