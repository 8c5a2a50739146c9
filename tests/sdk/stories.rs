//! The stories under `tests/cases/<service>/sandbox`, told to an SDK: requests one after the
//! other in a fresh sandbox, with the answer to each.

use crate::running::Running;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use formsmith_api::model::Model;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// When stories begin: 2025-11-19T23:20:45.123Z
const NOW_MS: u64 = 1_763_594_445_123;

/// The words that each operation has answered with.
pub struct Met(BTreeSet<(String, String)>);

impl Met {
    pub fn has(&self, operation: &str, word: &str) -> bool {
        self.0.contains(&(operation.to_owned(), word.to_owned()))
    }

    fn add(&mut self, operation: &str, answer: &Value) {
        match answer {
            Value::String(word) => {
                self.0.insert((operation.to_owned(), word.clone()));
            }
            Value::Array(items) => items.iter().for_each(|item| self.add(operation, item)),
            Value::Object(members) => members
                .values()
                .for_each(|value| self.add(operation, value)),
            _ => {}
        }
    }
}

/// Each answer has to be as told; and each operation has to succeed somewhere, and to fail with
/// each of its errors.
pub fn tell(sandbox: &Running, service: &str, call: impl AsyncFn(&str, &Value) -> Value) -> Met {
    let mut met = Met(BTreeSet::new());
    for (file, story) in stories(service) {
        sandbox.reset();
        for (at, step) in story["steps"].as_array().unwrap().iter().enumerate() {
            let seconds = formsmith_api::json::float(&step["after"]).unwrap_or_default();
            sandbox.stop_clock(NOW_MS + (seconds * 1000.0).round() as u64);
            let own = step["operation"].as_str();
            let operation = own.or(story["operation"].as_str()).unwrap();
            let answer = sandbox.wait(call(operation, &step["input"]));
            met.add(operation, &answer);
            if answer.get("output").is_some() {
                met.add(operation, &"output".into());
            }
            let answer = without(answer, &story["ignore"]);
            let expected = match step.get("output") {
                Some(output) => json!({ "output": output }),
                None => json!({ "error": step["error"] }),
            };
            assert_eq!(plain(&answer), plain(&expected), "{file}, step {}", at + 1);
        }
    }
    let model = Model::embedded().unwrap();
    for operation in &model.service(service).unwrap().operations {
        let errors = operation.errors.iter().map(|error| error.name());
        for word in errors.chain(["output"]) {
            let name = operation.name();
            assert!(met.has(name, word), "{name} never met {word}");
        }
    }
    met
}

fn stories(service: &str) -> Vec<(String, Value)> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
    let folder = cases.join(service).join("sandbox");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            (
                file.display().to_string(),
                serde_json::from_str(&text).unwrap(),
            )
        })
        .collect()
}

/// An answer without the members that the story leaves open. They have to be there.
fn without(mut answer: Value, ignored: &Value) -> Value {
    for path in ignored.as_array().into_iter().flatten() {
        let (structure, member) = path.as_str().unwrap().rsplit_once('.').unwrap();
        let output = answer.get_mut("output");
        let found = output.and_then(|output| output.get_mut(structure));
        if let Some(members) = found.and_then(Value::as_object_mut) {
            members.shift_remove(member).expect("a member to ignore");
        }
    }
    answer
}

/// Numbers of one kind, and times in seconds: the types of an SDK keep neither the way a number
/// is written nor that of a time.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(_) => json!(formsmith_api::json::float(value)),
        Value::String(text) => match DateTime::from_str(text, Format::DateTimeWithOffset) {
            Ok(time) => json!(time.as_secs_f64()),
            Err(_) => value.clone(),
        },
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| (name.clone(), plain(value)));
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}
