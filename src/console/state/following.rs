//! What is followed, as it is kept over reloads.

use super::{Form, Target};
use crate::browser::{random, storage};
use formsmith_api::model::Operation;
use formsmith_api::outcome::{Progress, progress};
use serde_json::{Map, Value, json};

#[derive(Debug, Clone)]
pub struct Following {
    /// Tells this following from one that has taken its place.
    pub id: String,
    /// The run that started it.
    pub run: String,
    pub target: Target,
    pub region: String,
    /// The operation that looks, and its input.
    pub operation: &'static Operation,
    pub input: Value,
    pub seen: Vec<Seen>,
    /// What the last look showed.
    pub output: Map<String, Value>,
    pub step: FollowStep,
}

/// A status, and when it was first seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Epoch milliseconds.
    pub at_ms: f64,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FollowStep {
    Underway,
    /// By the person, or because looking failed: why.
    Stopped(String),
    Over,
}

impl Following {
    /// The last status that was seen, with what the model says of it.
    pub fn progress(&self, form: Form) -> Option<Progress> {
        progress(form.model, self.operation, &self.output)
    }

    /// When it was begun, in epoch milliseconds.
    pub(super) fn begun_ms(&self) -> f64 {
        self.seen.first().map_or(0.0, |seen| seen.at_ms)
    }

    pub(super) fn to_json(&self) -> Value {
        let seen = self.seen.iter().map(|seen| json!([seen.at_ms, seen.value]));
        json!({
            "run": self.run, "target": self.target.key(), "region": self.region,
            "operation": self.operation.name(), "input": self.input, "output": self.output,
            "seen": seen.collect::<Vec<_>>(),
        })
    }

    fn from_json(form: Form, kept: &Value) -> Option<Self> {
        let text = |name: &str| Some(kept[name].as_str()?.to_owned());
        let seen = |seen: &Value| {
            Some(Seen {
                at_ms: seen[0].as_f64()?,
                value: seen[1].as_str()?.to_owned(),
            })
        };
        Some(Self {
            id: random::uuid(),
            run: text("run")?,
            target: Target::of_key(&text("target")?)?,
            region: text("region")?,
            operation: form.service.operation(&text("operation")?)?,
            input: kept["input"].clone(),
            seen: kept["seen"].as_array()?.iter().filter_map(seen).collect(),
            output: kept["output"].as_object()?.clone(),
            step: FollowStep::Underway,
        })
    }
}

impl Form {
    /// Each has a slot of its own, so that no tab and no later run takes another's.
    pub(super) fn following_key(self, run: &str) -> String {
        let (service, operation) = (&self.service.endpoint_prefix, self.operation.name());
        format!("formsmith.following.1.{service}.{operation}.{run}")
    }

    /// What is followed of this operation, here or in other tabs, with its slot; the oldest first.
    pub(super) fn all_following(self) -> Vec<(String, Following)> {
        let read = |key: String| {
            let kept = serde_json::from_str::<Value>(&storage::read(&key)?).ok()?;
            Some((key, Following::from_json(self, &kept)?))
        };
        let keys = storage::keys(&self.following_key("")).into_iter();
        let mut all: Vec<_> = keys.filter_map(read).collect();
        all.sort_by(|(_, one), (_, other)| one.begun_ms().total_cmp(&other.begun_ms()));
        all
    }
}
