//! A JSON body as the values that an output or error has.

use super::Json;
use crate::json::{self, NotJson};
use crate::model::{Model, Place, Shape, ShapeKind};
use crate::protocol::NotUnderstood;
use crate::protocol::timestamp;
use serde_json::{Map, Value};

/// The object that a body is; an empty body and `null` are one without members.
pub fn body(bytes: &[u8]) -> Result<Map<String, Value>, NotUnderstood> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    match json::parse(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(Value::Null) => Ok(Map::new()),
        Ok(_) => Err(NotUnderstood::NotAnObject),
        Err(error) if error.is_cut_off => Err(NotUnderstood::CutOff),
        Err(NotJson { line, column, .. }) => Err(NotUnderstood::NotJson { line, column }),
    }
}

/// Names of members as the model has them, moments in seconds since 1970. Members the model
/// doesn't know are kept: a newer service may say more.
pub fn read(model: &Model, json: Json, place: Place<'_>, value: Value) -> Value {
    match (&place.shape.kind, value) {
        (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
            Value::Object(members(model, json, place.shape, object))
        }
        (ShapeKind::List(member), Value::Array(items)) => match model.place(member) {
            Some(place) => {
                let items = items.into_iter();
                items.map(|item| read(model, json, place, item)).collect()
            }
            None => Value::Array(items),
        },
        (ShapeKind::Map { value: member, .. }, Value::Object(entries)) => {
            match model.place(member) {
                Some(place) => {
                    let entries = entries.into_iter();
                    let entries = entries.map(|(key, it)| (key, read(model, json, place, it)));
                    Value::Object(entries.collect())
                }
                None => Value::Object(entries),
            }
        }
        (ShapeKind::Timestamp, value) => timestamp::number(value),
        (_, value) => value,
    }
}

fn members(
    model: &Model,
    json: Json,
    shape: &Shape,
    object: Map<String, Value>,
) -> Map<String, Value> {
    let members = object.into_iter().filter(|(_, value)| !value.is_null());
    let is_union = matches!(shape.kind, ShapeKind::Union(_));
    // What some services add to a union to say which it is.
    let members = members.filter(|(name, _)| !(is_union && name == "__type"));
    let named = members.map(|(on_wire, value)| {
        let mut all = shape.members().iter();
        let member = all.find(|member| json.name(member) == on_wire);
        match member.and_then(|member| Some((member, model.place(member)?))) {
            Some((member, place)) => (member.name.clone(), read(model, json, place, value)),
            None => (on_wire, value),
        }
    });
    named.collect()
}

/// Lists where lists belong and structures where structures belong: the outcome is read from
/// them, and an answer of another form must not look like "nothing failed".
pub fn check_types(
    model: &Model,
    shape: &Shape,
    object: &Map<String, Value>,
) -> Result<(), NotUnderstood> {
    for member in shape.members() {
        let (Some(value), Some(target)) = (object.get(&member.name), model.shape(&member.target))
        else {
            continue;
        };
        let wrong = |expected| {
            Err(NotUnderstood::WrongType {
                member: member.name.clone(),
                expected,
            })
        };
        match (&target.kind, value) {
            (ShapeKind::List(item), Value::Array(items)) => {
                let item = model.shape(&item.target).map(|shape| &shape.kind);
                let of_structures = matches!(item, Some(ShapeKind::Structure(_)));
                let is_filled = |item: &Value| item.is_object() || item.is_null();
                if of_structures && !items.iter().all(is_filled) {
                    return wrong("array of objects");
                }
            }
            (ShapeKind::List(_), _) => return wrong("array"),
            (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(_)) => {}
            (ShapeKind::Structure(_) | ShapeKind::Union(_), _) => return wrong("object"),
            _ => {}
        }
    }
    Ok(())
}
