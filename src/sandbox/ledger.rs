//! What was really done, and in which order: a test, or a person, can count it.

use crate::answer::object;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// How many effects are kept with their keys. All are counted.
const KEPT: usize = 10_000;

/// What a handler has done: the key of each thing it changed. It says so where it does it.
#[derive(Debug, Default)]
pub struct Effects(Vec<Vec<String>>);

impl Effects {
    pub fn add(&mut self, key: &[&str]) {
        self.0.push(key.iter().map(|&part| part.into()).collect());
    }

    /// Gives them away; those of the next request are new ones.
    pub fn take(&mut self) -> Vec<Vec<String>> {
        std::mem::take(&mut self.0)
    }
}

struct Effect {
    service: &'static str,
    operation: String,
    key: Vec<String>,
    request_id: String,
}

#[derive(Default)]
pub struct Ledger {
    count: u64,
    operations: BTreeMap<String, u64>,
    latest: VecDeque<Effect>,
}

impl Ledger {
    pub fn enter(
        &mut self,
        service: &'static str,
        operation: &str,
        request_id: &str,
        keys: Vec<Vec<String>>,
    ) {
        for key in keys {
            self.count += 1;
            *self.operations.entry(operation.into()).or_default() += 1;
            if self.latest.len() == KEPT {
                self.latest.pop_front();
            }
            self.latest.push_back(Effect {
                service,
                operation: operation.into(),
                key,
                request_id: request_id.into(),
            });
        }
    }

    /// All counts, and the latest effects with their numbers, from 1.
    pub fn to_value(&self) -> Value {
        let operations = self.operations.iter();
        let operations = operations.map(|(name, count)| (name.clone(), (*count).into()));
        let first = self.count - self.latest.len() as u64 + 1;
        let effects = (first..).zip(&self.latest).map(|(number, effect)| {
            object(vec![
                ("number", number.into()),
                ("service", effect.service.into()),
                ("operation", effect.operation.as_str().into()),
                ("key", effect.key.clone().into()),
                ("requestId", effect.request_id.as_str().into()),
            ])
        });
        object(vec![
            ("count", self.count.into()),
            ("operations", Value::Object(operations.collect())),
            ("effects", effects.collect()),
        ])
    }
}
