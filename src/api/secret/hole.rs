//! What stands in a stored value in the place of a secret.

use serde_json::{Value, json};

/// No member of an AWS operation has a name with a colon.
const HOLE: &str = "formsmith:notKept";

/// Stands for a value that must not be stored. `hash` tells it from others, or is empty.
pub fn hole(hash: &str) -> Value {
    json!({HOLE: hash})
}

/// The hash of what stood there; none for what is no hole.
pub fn hole_hash(value: &Value) -> Option<&str> {
    let members = value.as_object().filter(|members| members.len() == 1)?;
    members.get(HOLE)?.as_str()
}

pub fn is_hole(value: &Value) -> bool {
    hole_hash(value).is_some()
}

/// Is anything in a value not stored?
pub fn has_hole(value: &Value) -> bool {
    match value {
        value if is_hole(value) => true,
        Value::Object(members) => members.values().any(has_hole),
        Value::Array(items) => items.iter().any(has_hole),
        _ => false,
    }
}

/// A value with something else in the place of each hole.
pub fn with_holes_as(value: &Value, other: &Value) -> Value {
    match value {
        value if is_hole(value) => other.clone(),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, it)| (name.clone(), with_holes_as(it, other)));
            Value::Object(members.collect())
        }
        Value::Array(items) => items.iter().map(|it| with_holes_as(it, other)).collect(),
        value => value.clone(),
    }
}

/// Are two values the same, as far as that is known? A hole is the same as anything.
pub fn is_same_but_holes(one: &Value, other: &Value) -> bool {
    match (one, other) {
        _ if is_hole(one) || is_hole(other) => true,
        (Value::Object(one), Value::Object(other)) => {
            let is_there = |(name, it): (&String, &Value)| {
                other
                    .get(name)
                    .is_some_and(|other| is_same_but_holes(it, other))
            };
            one.len() == other.len() && one.iter().all(is_there)
        }
        (Value::Array(one), Value::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| is_same_but_holes(one, other))
        }
        _ => one == other,
    }
}
