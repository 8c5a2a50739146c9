//! `smithy.api#uniqueItems`

use crate::json;
use crate::model::Place;
use serde_json::{Map, Value};

pub fn check(place: Place<'_>, items: &[Value]) -> Vec<usize> {
    if !place.has(|traits| traits.unique_items) {
        return Vec::new();
    }
    repeated(&mut items.iter().map(canonical))
}

/// The places, from 0, of texts that stand earlier too.
pub fn repeated(texts: &mut dyn Iterator<Item = String>) -> Vec<usize> {
    let mut later = Vec::new();
    // A set, of which the page has no other.
    let mut seen = Map::new();
    for (at, text) in texts.enumerate() {
        if seen.insert(text, Value::Null).is_some() {
            later.push(at);
        }
    }
    later
}

/// The same text for values that differ in the order of their members alone.
fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
        }
        Value::Object(members) => {
            let mut names: Vec<&str> = Vec::new();
            for name in members.keys() {
                let at = names.partition_point(|other| *other < name.as_str());
                names.insert(at, name);
            }
            for name in names {
                text.push_str(&json::quoted(name));
                write(&members[name], text);
            }
            text.push('}');
        }
        value => text.push_str(&json::compact(value)),
    }
}
