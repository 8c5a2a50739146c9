//! Faults that a request asks for itself, by a word in one of its values.

use super::Fault;
use serde_json::Value;

const MARK: &str = "fault-";

/// How long an answer is delayed that is to be delayed.
const DELAY_MS: u64 = 3000;

/// The faults that the input's members name, one each. Entries that name a code in capitals,
/// such as `fault-THROTTLING`, fail with it, each for itself.
pub fn of_input(input: &Value, entries: Option<&str>) -> Vec<Fault> {
    let mut found = Vec::new();
    let members = input.as_object().into_iter().flatten();
    for (name, value) in members {
        match value.as_array().filter(|_| Some(name.as_str()) == entries) {
            Some(rows) => {
                for (at, row) in rows.iter().enumerate() {
                    found.extend(word(row).and_then(|word| of_entry(word, at)));
                }
            }
            None => found.extend(word(value).and_then(of_word)),
        }
    }
    found
}

fn of_entry(word: &str, at: usize) -> Option<Fault> {
    let code: String = word
        .chars()
        .take_while(|c| c.is_ascii_uppercase() || *c == '_')
        .collect();
    let code = code.trim_end_matches('_').to_owned();
    match code.is_empty() {
        false => Some(Fault::Entries { code, at: vec![at] }),
        true => of_word(word),
    }
}

fn of_word(word: &str) -> Option<Fault> {
    [
        ("throttle", Fault::Throttle),
        ("denied", Fault::Denied),
        ("expired", Fault::Expired),
        ("skew", Fault::Skew),
        ("fail-before", Fault::FailBefore),
        ("fail-after", Fault::FailAfter),
        ("garbage", Fault::Garbage),
        ("cut-off", Fault::CutOff),
        ("lost", Fault::Lost),
        ("hang", Fault::Hang),
        ("delay", Fault::Delay { ms: DELAY_MS }),
    ]
    .into_iter()
    .find_map(|(name, fault)| word.starts_with(name).then_some(fault))
}

/// What follows the mark in the first text that has it.
fn word(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => {
            let (before, word) = text.split_once(MARK)?;
            // `default-lost` is a word like any other.
            (!before.ends_with(|c: char| c.is_alphanumeric())).then_some(word)
        }
        Value::Array(values) => values.iter().find_map(word),
        Value::Object(members) => members.values().find_map(word),
        _ => None,
    }
}
