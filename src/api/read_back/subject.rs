//! What is read back: an input, or one of its entries.

use super::is_required;
use crate::json;
use crate::model::{Model, Operation, ReadBack};
use serde_json::{Map, Value};

pub struct Subject<'a> {
    input: &'a Map<String, Value>,
    /// The name of the list of entries, and the entry.
    entry: Option<(&'a str, &'a Value)>,
}

impl<'a> Subject<'a> {
    /// `entry` is the entry's place in the input.
    pub fn of(operation: &'a Operation, input: &'a Value, entry: Option<usize>) -> Option<Self> {
        let input = input.as_object()?;
        let entry = match (&operation.traits.batch, entry) {
            (Some(batch), Some(at)) => Some((&*batch.entries, input.get(&batch.entries)?.get(at)?)),
            _ => None,
        };
        Some(Self { input, entry })
    }

    /// A member of the entry, else of the input; the list's own name stands for an entry that
    /// is no structure.
    pub fn member(&self, path: &str) -> Option<&'a Value> {
        let of_entry = self.entry.and_then(|(list, entry)| match entry {
            Value::Object(members) => json::at(members, path),
            _ => (path == list).then_some(entry),
        });
        of_entry.or_else(|| json::at(self.input, path))
    }

    /// The input of the read. A member that stands for one that is not there is left out, if
    /// the read does without it; asking with half of what was meant would ask something else.
    pub fn read_input(
        &self,
        model: &Model,
        read_back: &ReadBack,
        reading: &Operation,
    ) -> Option<Value> {
        let mut members = Map::new();
        for (name, template) in &read_back.input {
            match self.filled(template) {
                Some(value) => {
                    members.insert(name.clone(), value);
                }
                None if template.is_string()
                    && !is_required(model, reading.input.as_ref(), name) => {}
                None => return None,
            }
        }
        Some(members.into())
    }

    fn filled(&self, template: &Value) -> Option<Value> {
        Some(match template {
            Value::String(text) => match text.strip_prefix('$') {
                Some(path) => self.member(path)?.clone(),
                None => template.clone(),
            },
            Value::Array(items) => {
                let items = items.iter().map(|item| self.filled(item));
                items.collect::<Option<_>>()?
            }
            Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, it)| Some((name.clone(), self.filled(it)?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
            other => other.clone(),
        })
    }
}
