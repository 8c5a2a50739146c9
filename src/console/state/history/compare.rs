//! Two inputs beside each other.

use serde_json::{Map, Value};

/// A place in two inputs, with what stands there in either; nothing where there is nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// `Associations[0].ProductId`
    pub path: String,
    pub values: [Option<Value>; 2],
}

impl Pair {
    pub fn is_same(&self) -> bool {
        self.values[0] == self.values[1]
    }
}

/// All places of either input: those of the first in its order, then those of the second alone.
pub fn compared(one: &Value, other: &Value) -> Vec<Pair> {
    let mut places = [Map::new(), Map::new()];
    for (value, places) in [one, other].into_iter().zip(&mut places) {
        collect(String::new(), value, places);
    }
    let [ones, others] = places;
    let mut pairs: Vec<Pair> = Vec::new();
    for (path, value) in &ones {
        pairs.push(Pair {
            path: path.clone(),
            values: [Some(value.clone()), others.get(path).cloned()],
        });
    }
    for (path, value) in others {
        if !ones.contains_key(&path) {
            let values = [None, Some(value)];
            pairs.push(Pair { path, values });
        }
    }
    pairs
}

fn collect(path: String, value: &Value, places: &mut Map<String, Value>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let dot = if path.is_empty() { "" } else { "." };
            for (name, member) in members {
                collect(format!("{path}{dot}{name}"), member, places);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                collect(format!("{path}[{at}]"), item, places);
            }
        }
        _ => {
            places.insert(path, value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::compared;
    use serde_json::json;

    #[test]
    fn what_differs_is_told_by_its_place() {
        let one = json!({"a": 1, "b": [{"c": "x"}, {"c": "y"}], "d": {}, "e": "1"});
        let other = json!({"b": [{"c": "x"}], "a": 1, "d": {"f": null}, "e": 1});
        let pairs = compared(&one, &other);
        let paths = |same: bool| -> Vec<&str> {
            let pairs = pairs.iter().filter(|pair| pair.is_same() == same);
            pairs.map(|pair| pair.path.as_str()).collect()
        };
        assert_eq!(paths(true), ["a", "b[0].c"]);
        assert_eq!(paths(false), ["b[1].c", "d", "e", "d.f"]);
        let last = &pairs[pairs.len() - 1];
        assert_eq!(last.values, [None, Some(json!(null))]);
    }
}
