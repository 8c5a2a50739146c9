//! What is known of all runs without reading one: how many there are, what they take up, how they
//! ended, and their order in time. A history of thousands opens and grows like one of a few.
//!
//! Keys: `by-time/{moment}/{run}`, the newest first, and `overview`. Both are written in the
//! transaction that changes the run.

use super::record::read_head;
use super::store::{HEAD, OPEN, Sized, head_of};
use crate::browser::database::{Transaction, Trouble};
use formsmith_api::json;
use formsmith_run::Tone;
use serde_json::{Value, json};
use std::collections::HashSet;

pub(super) const BY_TIME: &str = "by-time/";
pub(super) const OVERVIEW: &str = "overview";

/// Milliseconds of the epoch are less.
const END_OF_TIME: u64 = 9_999_999_999_999;

#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub id: String,
    /// The later it began, the earlier in the order of texts.
    moment: String,
    pub size: usize,
    tone: Tone,
    pub is_pinned: bool,
    operation: String,
}

/// Where runs stand that began at a time in epoch milliseconds.
pub(super) fn moment(started_ms: f64) -> String {
    // As a whole number: the code that writes others is 10 KB.
    format!("{:013}", END_OF_TIME.saturating_sub(started_ms as u64))
}

impl Known {
    pub fn of((head, size): &Sized) -> Self {
        Self {
            id: head.id.clone(),
            moment: moment(head.started_ms),
            size: *size,
            tone: head.verdict.tone,
            is_pinned: head.is_pinned,
            operation: head.operation.clone(),
        }
    }

    /// Of what stands in the database; `key` without its beginning.
    pub(super) fn read(key: &str, text: &str) -> Option<Self> {
        let (moment, id) = key.split_once('/')?;
        let facts = json::parse(text.as_bytes()).ok()?;
        Some(Self {
            id: id.to_owned(),
            moment: moment.to_owned(),
            size: number(&facts[0]),
            tone: Tone::of_key(facts[1].as_str()?)?,
            is_pinned: facts[2] == true,
            operation: facts[3].as_str()?.to_owned(),
        })
    }

    fn key(&self) -> String {
        format!("{BY_TIME}{}/{}", self.moment, self.id)
    }

    fn text(&self) -> String {
        json::compact(&json!([
            self.size,
            self.tone.key(),
            self.is_pinned,
            self.operation
        ]))
    }
}

/// All runs taken together. Who changes a run takes it out as it was and adds it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    pub runs: usize,
    /// What they take up.
    pub bytes: usize,
    pub pinned: usize,
    pub pinned_bytes: usize,
    /// How many ended in each tone.
    pub tones: [usize; Tone::ALL.len()],
    /// How many are of each operation, by its name.
    pub operations: Vec<(String, usize)>,
}

impl Overview {
    /// Makes it of every head; there is none of nothing.
    pub async fn make(transaction: &Transaction) -> Result<(), Trouble> {
        let mut runs = Vec::new();
        let take = |_: &str, head: &str| runs.extend(read_head(head).map(|run| Known::of(&run)));
        transaction.each(HEAD, take).await?;
        transaction.delete_each(BY_TIME);
        if runs.is_empty() {
            return Ok(());
        }
        let mut overview = Self::default();
        for run in &runs {
            overview.add(transaction, run);
        }
        overview.store(transaction);
        Ok(())
    }

    pub async fn is_missing(transaction: &Transaction) -> Result<bool, Trouble> {
        let text = transaction.get(OVERVIEW).await?.unwrap_or_default();
        let value = json::parse(text.as_bytes()).unwrap_or_default();
        // Earlier versions did not count operations.
        Ok(!value["operations"].is_object())
    }

    pub async fn read(transaction: &Transaction) -> Result<Self, Trouble> {
        let text = transaction.get(OVERVIEW).await?.unwrap_or_default();
        let value = json::parse(text.as_bytes()).unwrap_or_default();
        let operations = value["operations"].as_object().into_iter().flatten();
        let operations = operations.map(|(name, count)| (name.clone(), number(count)));
        Ok(Self {
            runs: number(&value["runs"]),
            bytes: number(&value["bytes"]),
            pinned: number(&value["pinned"]),
            pinned_bytes: number(&value["pinnedBytes"]),
            tones: Tone::ALL.map(|tone| number(&value["tones"][tone.key()])),
            operations: operations.collect(),
        })
    }

    /// Has to be called before the transaction ends, once all is counted.
    pub fn store(&self, transaction: &Transaction) {
        let tones = Tone::ALL.into_iter().zip(self.tones);
        let tones = tones.map(|(tone, count)| (tone.key().to_owned(), count.into()));
        let operations = self.operations.iter();
        let operations = operations.map(|(name, count)| (name.clone(), (*count).into()));
        let value = json!({
            "runs": self.runs,
            "bytes": self.bytes,
            "pinned": self.pinned,
            "pinnedBytes": self.pinned_bytes,
            "tones": Value::Object(tones.collect()),
            "operations": Value::Object(operations.collect()),
        });
        transaction.put(OVERVIEW, &json::compact(&value));
    }

    pub fn add(&mut self, transaction: &Transaction, run: &Known) {
        self.runs += 1;
        self.bytes += run.size;
        self.tones[run.tone as usize] += 1;
        *self.of_operation(&run.operation) += 1;
        if run.is_pinned {
            self.pinned += 1;
            self.pinned_bytes += run.size;
        }
        transaction.put(&run.key(), &run.text());
    }

    fn of_operation(&mut self, name: &str) -> &mut usize {
        let at = self.operations.iter().position(|(it, _)| it == name);
        let at = at.unwrap_or_else(|| {
            self.operations.push((name.to_owned(), 0));
            self.operations.len() - 1
        });
        &mut self.operations[at].1
    }

    pub fn remove(&mut self, transaction: &Transaction, run: &Known) {
        // Who changes what a browser keeps may make the counts wrong, and not stop the page.
        let less = |count: &mut usize, by: usize| *count = count.saturating_sub(by);
        less(&mut self.runs, 1);
        less(&mut self.bytes, run.size);
        less(&mut self.tones[run.tone as usize], 1);
        less(self.of_operation(&run.operation), 1);
        self.operations.retain(|(_, count)| *count > 0);
        if run.is_pinned {
            less(&mut self.pinned, 1);
            less(&mut self.pinned_bytes, run.size);
        }
        transaction.delete(&run.key());
    }

    /// What stays whatever else goes: pinned or under way. How many runs, and what they take up.
    pub async fn staying(
        &self,
        transaction: &Transaction,
        open: &HashSet<String>,
    ) -> Result<(usize, usize), Trouble> {
        let mut staying = (self.pinned, self.pinned_bytes);
        for id in open {
            if let Some((head, size)) = head_of(transaction, id).await?
                && !head.is_pinned
            {
                staying = (staying.0 + 1, staying.1 + size);
            }
        }
        Ok(staying)
    }
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or_default() as usize
}

/// The runs that are still under way.
pub(super) async fn open_runs(transaction: &Transaction) -> Result<HashSet<String>, Trouble> {
    let mut open = HashSet::new();
    let take = |run: &str, _: &str| open.extend([run.to_owned()]);
    transaction.each(OPEN, take).await?;
    Ok(open)
}
