//! Entries of a batch that are made to fail, whatever the service would have said of them.

use super::Fault;
use crate::answer::{Answer, ServiceError};
use formsmith_api::model::{Batch, Operation};
use serde_json::{Map, Value};

/// Takes the entries that are to fail out of the input, lets the service answer for the rest,
/// and adds them to its answer as failed. The model says where entries and failures stand.
pub fn fail_entries(
    faults: &[Fault],
    operation: &Operation,
    input: &Map<String, Value>,
    service: impl FnOnce(&Map<String, Value>) -> Result<Answer, ServiceError>,
) -> Result<Answer, ServiceError> {
    let batch = operation.traits.batch.as_ref();
    let entries = batch.and_then(|batch| input.get(&batch.entries)?.as_array());
    let (Some(batch), Some(entries)) = (batch, entries) else {
        return service(input);
    };
    let code_at = |place: usize| {
        faults.iter().find_map(|fault| match fault {
            Fault::Entries { code, at } if at.is_empty() || at.contains(&place) => Some(code),
            _ => None,
        })
    };
    let (mut kept, mut failed) = (Vec::new(), Vec::new());
    for (place, entry) in entries.iter().enumerate() {
        match code_at(place) {
            Some(code) => failed.push(failure(batch, entry, code)),
            None => kept.push(entry.clone()),
        }
    }
    if failed.is_empty() {
        return service(input);
    }
    let mut output = match kept.is_empty() {
        true => Map::new(),
        false => {
            let mut input = input.clone();
            input.insert(batch.entries.clone(), kept.into());
            match service(&input)? {
                Answer::Output(output) => output,
                Answer::NoBody => Map::new(),
            }
        }
    };
    if let Some(succeeded) = &batch.succeeded {
        let none = || Value::Array(Vec::new());
        output.entry(succeeded.as_str()).or_insert_with(none);
    }
    let list = output
        .entry(batch.failed.as_str())
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list {
        list.append(&mut failed);
    }
    Ok(Answer::Output(output))
}

fn failure(batch: &Batch, entry: &Value, code: &str) -> Value {
    let mut failure = Value::Object(Map::new());
    for name in &batch.entry_key {
        let value = match entry {
            Value::Object(members) => members.get(name).cloned().unwrap_or_default(),
            plain => plain.clone(),
        };
        put(&mut failure, name, value);
    }
    put(&mut failure, &batch.code, code.into());
    let message = format!("{code}: the sandbox was asked to answer so.");
    put(&mut failure, &batch.message, message.into());
    failure
}

/// Writes a member at a path of names joined by dots.
fn put(into: &mut Value, path: &str, value: Value) {
    let mut place = into;
    for name in path.split('.') {
        place = &mut place[name];
    }
    *place = value;
}
