//! Was it done? Reading back what an operation was to change.
//!
//! [`plan`] says what to read, [`pages::next`](crate::pages::next) how to go on, and [`found`]
//! what the pages show.

mod found;
mod subject;

pub use found::{Found, ReadBackResult, found};

use crate::json;
use crate::model::{Model, Operation, Service, ShapeId};
use serde_json::Value;
use std::collections::BTreeMap;
use subject::Subject;

/// One question to the service.
#[derive(Debug, Clone)]
pub struct Read<'a> {
    pub operation: &'a Operation,
    pub input: Value,
    /// The entries it is asked for, by their places in the input; none if what was sent is not
    /// a batch.
    pub entries: Vec<usize>,
}

/// The reads that tell whether an operation was done, and of a batch these entries. Equal ones
/// are made once. There is none for an entry that lacks what has to be asked for.
pub fn plan<'a>(
    model: &Model,
    service: &'a Service,
    operation: &Operation,
    input: &Value,
    entries: &[usize],
) -> Vec<Read<'a>> {
    let mut reads: Vec<Read<'a>> = Vec::new();
    let Some(read_back) = &operation.traits.read_back else {
        return reads;
    };
    let Some(reading) = service.operation(&read_back.operation) else {
        return reads;
    };
    let subjects: Vec<Option<usize>> = match operation.traits.batch {
        Some(_) => entries.iter().copied().map(Some).collect(),
        None => vec![None],
    };
    let mut by_input = BTreeMap::new();
    for entry in subjects {
        let subject = Subject::of(operation, input, entry);
        let Some(input) = subject.and_then(|it| it.read_input(model, read_back, reading)) else {
            continue;
        };
        let at = *by_input.entry(json::compact(&input)).or_insert(reads.len());
        if at == reads.len() {
            reads.push(Read {
                operation: reading,
                input,
                entries: Vec::new(),
            });
        }
        reads[at].entries.extend(entry);
    }
    reads
}

fn is_required(model: &Model, structure: Option<&ShapeId>, name: &str) -> bool {
    let shape = structure.and_then(|id| model.shape(id));
    let member = shape.and_then(|shape| shape.member(name));
    member.is_some_and(|member| member.traits.required)
}
