//! The results of a batch, entry by entry.

use super::join::Places;
use super::{Outcome, of_output};
use crate::model::{Batch, Member, Model, Operation, ShapeKind, text_at};
use crate::protocol::ServiceError;
use serde_json::{Map, Value};

#[derive(Debug, Clone, PartialEq)]
pub struct BatchOutcome {
    /// One for each entry that was sent, in that order.
    pub entries: Vec<Entry>,
    /// Failed entries of the answer that match none that was sent.
    pub unmatched: Vec<FailedEntry>,
    /// Does the service itself list what was done? If not, it is inferred: what was sent and
    /// is not listed as failed.
    pub successes_are_listed: bool,
    /// Members of the output besides the lists.
    pub rest: Map<String, Value>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What identifies the entry, in the order of the batch trait's `entryKey`.
    pub key: Vec<String>,
    pub result: EntryResult,
}

#[derive(Debug, Clone, PartialEq)]
pub enum EntryResult {
    Succeeded,
    Failed(FailedEntry),
    /// The service lists what was done, and this entry neither there nor among the failed.
    Unreported,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct FailedEntry {
    pub key: Vec<String>,
    pub code: Option<String>,
    pub message: Option<String>,
    /// What the code means and what to do about it, where the model says so.
    pub meaning: Option<String>,
    pub remedy: Option<String>,
    /// May this entry be done if it is sent again as it is?
    pub is_retryable: bool,
    /// Was some of it done all the same? The answer lists it among what was done as well.
    pub is_partly: bool,
}

impl BatchOutcome {
    pub fn total(&self) -> usize {
        self.entries.len()
    }

    pub fn succeeded(&self) -> impl Iterator<Item = &Entry> {
        let succeeded = |entry: &&Entry| entry.result == EntryResult::Succeeded;
        self.entries.iter().filter(succeeded)
    }

    /// The failed entries of the input, then those the service named unasked.
    pub fn failed(&self) -> impl Iterator<Item = &FailedEntry> {
        let failed = self.entries.iter().filter_map(|entry| match &entry.result {
            EntryResult::Failed(failed) => Some(failed),
            _ => None,
        });
        failed.chain(&self.unmatched)
    }

    pub fn unreported(&self) -> impl Iterator<Item = &Entry> {
        let unreported = |entry: &&Entry| entry.result == EntryResult::Unreported;
        self.entries.iter().filter(unreported)
    }
}

impl FailedEntry {
    /// Both failures of one entry, in one.
    pub(crate) fn and(self, later: Self) -> Self {
        Self {
            key: self.key,
            code: joined([self.code, later.code], ", "),
            message: joined([self.message, later.message], " "),
            meaning: joined([self.meaning, later.meaning], " "),
            remedy: joined([self.remedy, later.remedy], " "),
            is_retryable: self.is_retryable && later.is_retryable,
            is_partly: self.is_partly || later.is_partly,
        }
    }
}

fn joined(both: [Option<String>; 2], between: &str) -> Option<String> {
    let mut texts: Vec<String> = both.into_iter().flatten().collect();
    texts.dedup();
    (!texts.is_empty()).then(|| texts.join(between))
}

/// What became of the entries. Without any, there is only the output.
pub(super) fn outcome(
    model: &Model,
    operation: &Operation,
    batch: &Batch,
    input: &Value,
    output: Map<String, Value>,
) -> Outcome {
    let Some(inferred) = &batch.inferred else {
        return Outcome::Batch(read(model, operation, batch, input, output));
    };
    match batch.sent(input) {
        sent if sent.is_empty() => of_output(output),
        sent => Outcome::Batch((inferred.read)(
            batch,
            &sent,
            &inferred.tellers,
            &output,
            false,
        )),
    }
}

/// The same of an error that tells of single entries.
pub(super) fn of_error(
    batch: &Batch,
    sent: &[Value],
    error: &ServiceError,
) -> Option<BatchOutcome> {
    let inferred = batch.inferred.as_ref()?;
    let mut tellers = inferred.errors.iter();
    let is_its = |name: &String| Some(name) == error.name.as_ref();
    let (_, teller) = tellers.find(|(name, _)| is_its(name))?;
    let tellers = std::slice::from_ref(teller);
    Some((inferred.read)(batch, sent, tellers, &error.members, true))
}

fn read(
    model: &Model,
    operation: &Operation,
    batch: &Batch,
    input: &Value,
    mut output: Map<String, Value>,
) -> BatchOutcome {
    let mut take = |name: &str| match output.get_mut(name).map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    };
    let codes = Codes::find(model, operation, batch);
    let mut failed: Vec<FailedEntry> = take(&batch.failed)
        .iter()
        .map(|item| codes.failed_entry(batch, item))
        .collect();
    let mut done = Vec::new();
    for item in batch.succeeded.as_deref().map(take).unwrap_or_default() {
        // An entry listed as done that carries an error was not simply done.
        let entry = codes.failed_entry(batch, &item);
        if entry.code.is_some() || entry.message.is_some() {
            failed.push(entry);
        } else {
            done.push(entry.key);
        }
    }
    let sent = input.get(&batch.entries).and_then(Value::as_array);
    let sent = sent.into_iter().flatten();
    let sent = sent.enumerate();
    let keys: Vec<Vec<String>> = sent.map(|(at, entry)| batch.key(entry, at)).collect();
    let mut results: Vec<Option<EntryResult>> = vec![None; keys.len()];
    // Equal entries are filled from the last, so the failures are taken from the last as well.
    failed.reverse();
    // Exact matches first: an identifier and an ARN that ends in it may both have been sent.
    for is_exact in [true, false] {
        let is_settled: Vec<bool> = results.iter().map(Option::is_some).collect();
        let mut unsettled = Places::new(&keys, |at| !is_settled[at], is_exact);
        failed.retain(|entry| {
            // The last of equal entries: the first was done when a second is a duplicate.
            let at = unsettled.take_last(&entry.key);
            if let Some(at) = at {
                results[at] = Some(EntryResult::Failed(entry.clone()));
            }
            at.is_none()
        });
        done.retain(|done| {
            let at = unsettled.take_first(done);
            if let Some(at) = at {
                results[at] = Some(EntryResult::Succeeded);
            }
            at.is_none()
        });
    }
    // More than one answer about an entry: it is no unmatched_entry, and it failed.
    for is_exact in [true, false] {
        let settled = Places::new(&keys, |_| true, is_exact);
        failed.retain(|entry| {
            let at = settled.first(&entry.key);
            if let Some(at) = at {
                let failed = match results[at].take() {
                    Some(EntryResult::Failed(later)) => entry.clone().and(later),
                    _ => entry.clone(),
                };
                results[at] = Some(EntryResult::Failed(failed));
            }
            at.is_none()
        });
    }
    failed.reverse();
    let successes_are_listed = batch.succeeded.is_some();
    let unlisted = if successes_are_listed {
        EntryResult::Unreported
    } else {
        EntryResult::Succeeded
    };
    BatchOutcome {
        entries: keys
            .into_iter()
            .zip(results)
            .map(|(key, result)| Entry {
                key,
                result: result.unwrap_or_else(|| unlisted.clone()),
            })
            .collect(),
        unmatched: failed,
        successes_are_listed,
        // An answer that was read has no `null`: these are the lists that were taken.
        rest: output
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect(),
    }
}

/// The enum that a failed entry's code comes from.
struct Codes<'a>(&'a [Member]);

impl<'a> Codes<'a> {
    fn find(model: &'a Model, operation: &'a Operation, batch: &Batch) -> Self {
        let find = || {
            let output = model.shape(operation.output.as_ref()?)?;
            let list = model.shape(&output.member(&batch.failed)?.target)?;
            let ShapeKind::List(item) = &list.kind else {
                return None;
            };
            let entry = model.shape(&item.target)?;
            let code = batch.code.split('.').try_fold(entry, |shape, name| {
                model.shape(&shape.member(name)?.target)
            })?;
            Some(code.enum_members())
        };
        Self(find().unwrap_or_default())
    }

    fn failed_entry(&self, batch: &Batch, item: &Value) -> FailedEntry {
        let code = text_at(item, &batch.code);
        let member = code
            .as_deref()
            .and_then(|code| self.0.iter().find(|member| member.enum_value() == code));
        FailedEntry {
            key: batch.key(item, 0),
            message: text_at(item, &batch.message),
            meaning: member.and_then(|member| member.traits.documentation.clone()),
            remedy: member.and_then(|member| member.traits.remedy.clone()),
            is_retryable: code
                .as_ref()
                .is_some_and(|code| batch.retryable.contains(code)),
            is_partly: false,
            code,
        }
    }
}
