//! Two inputs beside each other.

use formsmith_api::secret::is_hole;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// A place in two inputs, with what is there in either; nothing where there is nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// `Associations[1].ProductId`
    pub path: String,
    pub values: [Option<Value>; 2],
}

impl Pair {
    pub fn is_same(&self) -> bool {
        self.values[0] == self.values[1]
    }
}

/// What makes the entries of a batch known again: the member that lists them, and the members of
/// an entry that identify it.
#[derive(Debug, Clone, Copy)]
pub struct Entries<'a> {
    pub member: &'a str,
    pub key: &'a [String],
}

/// All places of either input: those of the first in its order, then those of the second alone.
/// Entries of a batch are joined by what identifies them, items of other lists by their number,
/// which counts from 1 as the form does.
pub fn compared(one: &Value, other: &Value, entries: Option<Entries<'_>>) -> Vec<Pair> {
    let mut places = [Map::new(), Map::new()];
    for (value, places) in [one, other].into_iter().zip(&mut places) {
        collect(String::new(), value, entries, places);
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

fn collect(
    path: String,
    value: &Value,
    entries: Option<Entries<'_>>,
    places: &mut Map<String, Value>,
) {
    match value {
        Value::Object(members) if !members.is_empty() && !is_hole(value) => {
            let dot = if path.is_empty() { "" } else { "." };
            for (name, member) in members {
                collect(format!("{path}{dot}{name}"), member, entries, places);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let batch = entries.filter(|entries| entries.member == path);
            let mut met: HashMap<String, usize> = HashMap::new();
            for (at, item) in items.iter().enumerate() {
                let name = match batch.and_then(|entries| identity(item, entries.key)) {
                    None => (at + 1).to_string(),
                    Some(identity) => {
                        let count = met.entry(identity.clone()).or_default();
                        *count += 1;
                        match count {
                            1 => identity,
                            count => format!("{identity} #{count}"),
                        }
                    }
                };
                collect(format!("{path}[{name}]"), item, entries, places);
            }
        }
        _ => {
            places.insert(path, value.clone());
        }
    }
}

/// None for an entry that lacks a part of it.
fn identity(entry: &Value, key: &[String]) -> Option<String> {
    if let Value::String(text) = entry {
        return Some(text.clone());
    }
    let parts = key
        .iter()
        .map(|name| Some(entry.get(name)?.as_str()?.to_owned()));
    let parts: Vec<String> = parts.collect::<Option<_>>()?;
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{Entries, compared};
    use serde_json::json;

    #[test]
    fn what_differs_is_told_by_its_place() {
        let one = json!({"a": 1, "b": [{"c": "x"}, {"c": "y"}], "d": {}, "e": "1"});
        let other = json!({"b": [{"c": "x"}], "a": 1, "d": {"f": null}, "e": 1});
        let pairs = compared(&one, &other, None);
        let paths = |same: bool| -> Vec<&str> {
            let pairs = pairs.iter().filter(|pair| pair.is_same() == same);
            pairs.map(|pair| pair.path.as_str()).collect()
        };
        assert_eq!(paths(true), ["a", "b[1].c"]);
        assert_eq!(paths(false), ["b[2].c", "d", "e", "d.f"]);
        let last = &pairs[pairs.len() - 1];
        assert_eq!(last.values, [None, Some(json!(null))]);
    }

    #[test]
    fn entries_of_a_batch_are_joined_by_what_identifies_them() {
        let one =
            json!({"Arns": ["a", "b"], "Rows": [{"Id": "1", "V": "x"}, {"Id": "2", "V": "y"}]});
        let other = json!({"Arns": ["b"], "Rows": [{"Id": "2", "V": "z"}, {"Id": "1", "V": "x"}]});
        let key = ["Id".to_owned()];
        let entries = Entries {
            member: "Rows",
            key: &key,
        };
        let pairs = compared(&one, &other, Some(entries));
        let differing = pairs.iter().filter(|pair| !pair.is_same());
        let paths: Vec<&str> = differing.map(|pair| pair.path.as_str()).collect();
        assert_eq!(paths, ["Arns[1]", "Arns[2]", "Rows[2].V"]);
        let entries = Entries {
            member: "Arns",
            key: &[],
        };
        let pairs = compared(&one, &other, Some(entries));
        let same = pairs.iter().find(|pair| pair.path == "Arns[b]");
        assert!(same.is_some_and(|pair| pair.is_same()), "{pairs:?}");
    }
}
