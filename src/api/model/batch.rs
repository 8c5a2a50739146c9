//! An operation that answers entry by entry: `formsmith#batch`, or what is inferred in its place.

use crate::json;
use crate::outcome::BatchOutcome;
use serde_json::{Map, Value};

/// `formsmith#batch`: an operation that answers entry by entry.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Where in the input the entries are: member names joined by dots. They are a list; of a map
    /// each key with one item of what it leads to is an entry.
    pub entries: String,
    /// The output member that lists the failed entries.
    pub failed: String,
    /// The output member that lists the entries that were done, where there is one.
    pub succeeded: Option<String>,
    /// The members that identify an entry in the answer. [`NUMBER`] alone where none can be shown.
    pub entry_key: Vec<String>,
    /// Where a failed entry has its code and its message: member names joined by dots.
    pub code: String,
    pub message: String,
    /// The codes of failures that may go away when the entry is sent again.
    pub retryable: Vec<String>,
    /// What was done to an entry, such as `disassociated`; empty where nobody says it.
    pub done: String,
    /// What stands here was not said by a model, but inferred.
    pub inferred: Option<Box<Inferred>>,
}

/// What shapes and names tell of a batch.
#[derive(Debug, Clone)]
pub struct Inferred {
    /// The members of the output that tell of entries.
    pub tellers: Vec<Teller>,
    /// Members that count the failed entries.
    pub counts: Vec<String>,
    /// Members of errors that tell of entries, by the error's name.
    pub errors: Vec<(String, Teller)>,
    /// Somebody has compared it with what AWS documents of the operation.
    pub is_confirmed: bool,
    /// The code that reads such answers. Only who infers reaches it, so that a page without
    /// AWS's models does not carry it.
    pub read: ReadInferred,
}

/// The entries that were sent, who tells of them, where that stands, and whether it is an error.
pub type ReadInferred = fn(&Batch, &[Value], &[Teller], &Map<String, Value>, bool) -> BatchOutcome;

/// A member that tells what became of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teller {
    pub member: String,
    pub tells: Tells,
    /// The member of its items that lists them in turn, where items are groups.
    pub within: Option<String>,
    pub join: Join,
    /// Where an item has its code and its message: member names joined by dots.
    pub code: String,
    pub message: String,
    /// The items were not looked at: sending them again is what the service asks for.
    pub is_unprocessed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    Failures,
    Successes,
    /// One result for each entry, of which those with a code or message are failures.
    Results,
}

/// How an item of an answer is brought home to the entry that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Join {
    /// The members of entry and item that have to agree, where both have them.
    Members(Vec<[String; 2]>),
    /// The entry's text is one of these members, or ends in it.
    AnyOf(Vec<[String; 2]>),
    /// The entry itself stands at this place of the item; nowhere else if that is empty.
    Entry(String),
    /// This member counts entries from 0.
    Index(String),
    Order,
    /// Nothing says which entry it is.
    None,
}

/// In the place of members that identify entries: they are counted, from 1.
pub const NUMBER: &str = "entry";

/// The place in an item of a map that stands for its key.
pub const KEY: &str = "@key";

impl Batch {
    /// The entries of an input, in its order.
    #[must_use]
    pub fn sent(&self, input: &Value) -> Vec<Value> {
        let members = input.as_object();
        match members.and_then(|members| json::at(members, &self.entries)) {
            Some(Value::Array(entries)) => entries.clone(),
            Some(Value::Object(map)) => {
                let parts = map.iter().flat_map(|(key, value)| match value {
                    Value::Array(items) => items
                        .iter()
                        .map(|item| (key, vec![item.clone()].into()))
                        .collect(),
                    _ => vec![(key, value.clone())],
                });
                let entry = |(key, value): (&String, Value)| {
                    Value::Object(Map::from_iter([(key.clone(), value)]))
                };
                parts.map(entry).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Puts these entries in the place of all.
    pub fn put(&self, input: &mut Value, entries: Vec<Value>) {
        let pointer = format!("/{}", self.entries.replace('.', "/"));
        match input.pointer_mut(&pointer) {
            Some(Value::Object(map)) => {
                map.clear();
                let parts = entries.into_iter().filter_map(|entry| match entry {
                    Value::Object(part) => part.into_iter().next(),
                    _ => None,
                });
                for (key, value) in parts {
                    match (map.get_mut(&key), value) {
                        (Some(Value::Array(all)), Value::Array(mut items)) => {
                            all.append(&mut items);
                        }
                        (_, value) => drop(map.insert(key, value)),
                    }
                }
            }
            Some(list) => *list = entries.into(),
            None => {}
        }
    }

    /// What identifies an entry for people: a text by itself, the key members of a structure, of
    /// a map the key and what it leads to, or else its number. `at` counts entries from 0.
    #[must_use]
    pub fn key(&self, entry: &Value, at: usize) -> Vec<String> {
        match entry {
            _ if self.inferred.is_some() && self.entry_key == [NUMBER] => {
                vec![(at + 1).to_string()]
            }
            Value::String(text) => vec![text.clone()],
            Value::Object(part) if self.is_of_map(part) => part
                .iter()
                .flat_map(|(key, value)| {
                    [key.clone(), json::compact(value.get(0).unwrap_or(value))]
                })
                .collect(),
            _ => self
                .entry_key
                .iter()
                .map(|name| text_at(entry, name).unwrap_or_default())
                .collect(),
        }
    }

    fn is_of_map(&self, part: &Map<String, Value>) -> bool {
        part.len() == 1 && self.entry_key.first() == Some(&self.entries)
    }

    /// Was it inferred, and has nobody compared it with what AWS documents?
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        let inferred = self.inferred.as_ref();
        inferred.is_some_and(|inferred| !inferred.is_confirmed)
    }
}

/// The value at names joined by dots, as text; the texts of a list, or those in its items, as one.
pub(crate) fn text_at(value: &Value, path: &str) -> Option<String> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    match value {
        Value::Array(items) => joined(items, |item| text_at(item, path)),
        value if rest.is_empty() => text_of(value.get(name)?),
        value => text_at(value.get(name)?, rest),
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if items.iter().all(Value::is_string) => joined(items, text_of),
        other => Some(json::compact(other)),
    }
}

/// The texts of items, each once.
fn joined(items: &[Value], text: impl Fn(&Value) -> Option<String>) -> Option<String> {
    let mut texts: Vec<String> = Vec::new();
    for text in items.iter().filter_map(text) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    (!texts.is_empty()).then(|| texts.join(", "))
}
