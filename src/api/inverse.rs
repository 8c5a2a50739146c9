//! Taking back what was done.

use crate::draft::{Tokens, prune_unknown};
use crate::json;
use crate::model::{Model, Operation, Service};
use crate::secret::has_hole;
use serde_json::{Map, Value, json};

/// The operation that takes back what `operation` does, whatever was done.
pub fn inverse<'a>(service: &'a Service, operation: &Operation) -> Option<&'a Operation> {
    service.operation(operation.traits.inverse.as_ref()?)
}

/// The operation that takes back what `operation` did with an input, and its input: members of
/// the same names, without idempotency tokens. Of a batch only the entries that were `done`,
/// by their places in the input; `None` if there are none.
pub fn inverse_input<'a>(
    model: &Model,
    service: &'a Service,
    operation: &Operation,
    input: &Value,
    done: &[usize],
) -> Option<(&'a Operation, Value)> {
    let inverse = inverse(service, operation)?;
    let mut members = input.as_object()?.clone();
    if let Some(batch) = &operation.traits.batch {
        let sent = members.remove(&batch.entries)?;
        let sent = sent.as_array()?;
        let entries: Vec<Value> = done
            .iter()
            .filter_map(|&at| sent.get(at).cloned())
            .collect();
        if entries.is_empty() {
            return None;
        }
        let own = inverse.traits.batch.as_ref();
        let name = own.map_or(&batch.entries, |own| &own.entries);
        members.insert(name.clone(), entries.into());
    }
    // A token is one by the model of either: the other may have the member as a plain text.
    let (input, _) = prune_unknown(model, operation, &members.into(), Tokens::LeaveOut);
    let (input, _) = prune_unknown(model, inverse, &input, Tokens::LeaveOut);
    Some((inverse, input))
}

/// What takes back an operation of AWS's models, which don't say it themselves: `inverses.json` of
/// `make models` infers it from names and shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InferredInverse {
    pub operation: String,
    /// Each member of its input, with where the value is.
    input: Vec<(String, String)>,
}

impl InferredInverse {
    /// What a service's `inverses.json` has for an operation.
    pub fn find(inverses: &Value, operation: &str) -> Option<Self> {
        let found = &inverses[operation];
        let members = found["input"].as_object()?.iter();
        let members = members.map(|(name, path)| Some((name.clone(), path.as_str()?.to_owned())));
        Some(Self {
            operation: found["operation"].as_str()?.to_owned(),
            input: members.collect::<Option<_>>()?,
        })
    }

    /// Its input, for what was done with `input` and answered with `output`. None where the answer
    /// doesn't tell what was made, or a part of it is not stored: what is left could take back
    /// more than was done.
    pub fn input(&self, input: &Value, output: &Map<String, Value>) -> Option<Value> {
        let sent = input.as_object()?;
        let mut made = Map::new();
        for (name, path) in &self.input {
            match value_at(path, sent, output) {
                Some(value) if has_hole(&value) => return None,
                Some(value) => drop(made.insert(name.clone(), value)),
                // What the input did not narrow is not narrowed here.
                None if !path.contains("output.") => {}
                None => return None,
            }
        }
        (!made.is_empty()).then(|| made.into())
    }
}

/// A value of what was done with `input` and answered with `output`, by one of the paths that
/// docs/models.md names for inverses; none where it isn't there.
#[must_use]
pub fn value_at(
    path: &str,
    input: &Map<String, Value>,
    output: &Map<String, Value>,
) -> Option<Value> {
    Done { input, output }.value(path)
}

/// What paths of an inverse lead into.
struct Done<'a> {
    input: &'a Map<String, Value>,
    output: &'a Map<String, Value>,
}

impl Done<'_> {
    /// A value that is there, by one of the paths that docs/models.md names.
    fn value(&self, path: &str) -> Option<Value> {
        let within = |begin: &str, end: &str| {
            path.strip_prefix(begin)
                .and_then(|rest| rest.strip_suffix(end))
        };
        if let Some(one) = within("[", "]") {
            return Some(json!([self.value(one)?]));
        }
        if let Some(map) = within("keys(", ")") {
            let keys: Vec<_> = self.at(map)?.as_object()?.keys().cloned().collect();
            return (!keys.is_empty()).then(|| keys.into());
        }
        let Some((list, member)) = path.split_once("[].") else {
            return self.at(path).cloned();
        };
        let items = self.at(list)?.as_array()?.iter();
        let all: Option<Vec<Value>> = items.map(|item| item.get(member).cloned()).collect();
        all.filter(|all| !all.is_empty()).map(Value::from)
    }

    fn at(&self, path: &str) -> Option<&Value> {
        match path.split_once('.')? {
            ("input", path) => json::at(self.input, path),
            ("output", path) => json::at(self.output, path),
            _ => None,
        }
    }
}
