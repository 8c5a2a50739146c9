//! What is shown, or handed on, in the place of a secret.

use super::{Part, is_hole};
use crate::model::{Model, Place, ShapeKind};
use crate::protocol::base64;
use serde_json::{Map, Value};

/// A value of the same type that says which it stands for, such as `<MasterUserPassword>`.
pub fn placeholder(model: &Model, part: Part<'_>) -> Value {
    of(model, part.place, part.name, part.value)
}

fn of(model: &Model, place: Option<Place<'_>>, name: &str, value: &Value) -> Value {
    let text = ["<", name, ">"].concat();
    let Some(place) = place else {
        return text.into();
    };
    match (&place.shape.kind, value) {
        (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
            let known = object.iter().filter(|_| !is_hole(value));
            let known = known.filter_map(|(name, value)| {
                let place = model.place(place.shape.member(name)?);
                Some((name.clone(), of(model, place, name, value)))
            });
            Value::Object(known.collect())
        }
        (ShapeKind::List(item), Value::Array(items)) => {
            let item = model.place(item);
            items.iter().map(|it| of(model, item, name, it)).collect()
        }
        // Keys may be secret as well.
        (ShapeKind::Map { .. }, _) => Value::Object(Map::new()),
        (ShapeKind::List(_), _) => Value::Array(Vec::new()),
        (ShapeKind::Boolean, _) => false.into(),
        (kind, _) if kind.is_number() => 0.into(),
        (ShapeKind::Blob, _) => base64::text(text.as_bytes()).into(),
        _ => text.into(),
    }
}
