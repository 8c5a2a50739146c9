//! What the pages of a read show.

use super::Read;
use super::is_required;
use super::subject::Subject;
use crate::json;
use crate::model::{LookedFor, Model, Operation};
use crate::pages;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Done,
    NotDone,
    /// It is not on the pages that were read, and there are more, or the answer lacks what it
    /// has to have.
    Unclear,
}

impl Found {
    /// The name that is stored, and that other programs get.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotDone => "not-done",
            Self::Unclear => "unclear",
        }
    }

    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        let all = [Self::Done, Self::NotDone, Self::Unclear];
        all.into_iter().find(|it| it.key() == key)
    }
}

/// What a read shows.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadBackResult {
    /// Each entry the read was made for, by its place in the input.
    Entries(Vec<(usize, Found)>),
    /// What was sent, where it is not a batch.
    Whole(Found),
    /// The model names nothing to look for: these are for the person to judge.
    Items(Vec<Value>),
}

/// What the outputs of a read, a page each and in order, show about an operation that was sent
/// with `input`.
pub fn found(
    model: &Model,
    operation: &Operation,
    input: &Value,
    read: &Read<'_>,
    outputs: &[Map<String, Value>],
) -> ReadBackResult {
    let Some(read_back) = &operation.traits.read_back else {
        return ReadBackResult::Items(Vec::new());
    };
    let names: Vec<&str> = read_back.found.split('.').collect();
    let mut values = Vec::new();
    let mut is_lacking = false;
    for output in outputs {
        match output.get(names[0]) {
            Some(value) => collect(value, &names[1..], &mut values),
            None => is_lacking |= is_required(model, read.operation.output.as_ref(), names[0]),
        }
    }
    let Some(looked_for) = &read_back.looked_for else {
        return ReadBackResult::Items(values.into_iter().cloned().collect());
    };
    let is_last = |output| !pages::has_next(read.operation, output);
    let search = Search {
        looked_for,
        texts: Texts::below(&values),
        is_complete: !is_lacking && outputs.last().is_some_and(is_last),
    };
    let judge = |entry| search.judge(Subject::of(operation, input, entry));
    match operation.traits.batch {
        Some(_) => {
            let entries = read.entries.iter();
            ReadBackResult::Entries(entries.map(|&at| (at, judge(Some(at)))).collect())
        }
        None => ReadBackResult::Whole(judge(None)),
    }
}

/// The values at a path, through lists.
fn collect<'a>(value: &'a Value, path: &[&str], found: &mut Vec<&'a Value>) {
    match (value, path.split_first()) {
        (Value::Null, _) => {}
        (Value::Array(items), _) => {
            for item in items {
                collect(item, path, found);
            }
        }
        (_, None) => found.push(value),
        (Value::Object(members), Some((name, rest))) => {
            if let Some(value) = members.get(*name) {
                collect(value, rest, found);
            }
        }
        _ => {}
    }
}

struct Search<'a> {
    looked_for: &'a LookedFor,
    texts: Texts<'a>,
    is_complete: bool,
}

impl Search<'_> {
    fn judge(&self, subject: Option<Subject<'_>>) -> Found {
        let key = subject.and_then(|subject| subject.member(&self.looked_for.key));
        let Some(key) = key else {
            return Found::Unclear;
        };
        let is_there = self.texts.contain(&text(key));
        if !is_there && !self.is_complete {
            Found::Unclear
        } else if is_there == self.looked_for.is_there_when_done {
            Found::Done
        } else {
            Found::NotDone
        }
    }
}

/// The texts of an output, as services identify things: by ARN, or by the ID at its end.
#[derive(Default)]
struct Texts<'a> {
    whole: BTreeSet<Cow<'a, str>>,
    arn_ends: BTreeSet<&'a str>,
}

impl<'a> Texts<'a> {
    fn below(values: &[&'a Value]) -> Self {
        let mut texts = Self::default();
        for value in values {
            texts.add(value);
        }
        texts
    }

    fn add(&mut self, value: &'a Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.add(item)),
            Value::Object(members) => members.values().for_each(|member| self.add(member)),
            _ => {
                if let Value::String(text) = value {
                    self.arn_ends.extend(arn_end(text));
                }
                self.whole.insert(text(value));
            }
        }
    }

    fn contain(&self, key: &str) -> bool {
        self.whole.contains(key)
            || match arn_end(key) {
                Some(id) => self.whole.contains(id),
                None => self.arn_ends.contains(key),
            }
    }
}

fn arn_end(text: &str) -> Option<&str> {
    let (_, id) = text.strip_prefix("arn:")?.rsplit_once('/')?;
    (!id.is_empty()).then_some(id)
}

fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => text.into(),
        other => json::compact(other).into(),
    }
}
