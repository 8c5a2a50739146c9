//! `smithy.api#uniqueItems`

use crate::json;
use crate::model::Place;
use serde_json::Value;

pub fn check(place: Place<'_>, items: &[Value]) -> Vec<usize> {
    if !place.has(|traits| traits.unique_items) {
        return Vec::new();
    }
    let texts: Vec<String> = items.iter().map(canonical).collect();
    repeated(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The places, from 0 and in ascending order, of texts that stand earlier too.
pub fn repeated(texts: &[&str]) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..texts.len()).collect();
    // Of those that are equal the first stays first.
    sorted.sort_by_key(|&at| (texts[at], at));
    let pairs = sorted.windows(2);
    let mut later: Vec<usize> = pairs
        .filter(|pair| texts[pair[0]] == texts[pair[1]])
        .map(|pair| pair[1])
        .collect();
    later.sort_unstable();
    later
}

/// The same text for values that differ in the order of their members alone.
fn canonical(value: &Value) -> String {
    let (open, close, mut parts) = match value {
        Value::Array(items) => ('[', ']', items.iter().map(canonical).collect::<Vec<_>>()),
        Value::Object(members) => {
            let member = |(name, value): (&String, _)| json::quoted(name) + ":" + &canonical(value);
            ('{', '}', members.iter().map(member).collect())
        }
        value => return json::compact(value),
    };
    if open == '{' {
        parts.sort_unstable();
    }
    let mut text = String::from(open);
    for part in parts {
        text += &part;
        text.push(',');
    }
    text.push(close);
    text
}
