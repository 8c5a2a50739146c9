//! Which rows go into which requests.

use crate::table::Table;
use formsmith_api::json::compact;
use formsmith_api::model::{Batch, Length, ShapeKind};
use formsmith_run::OperationRef;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Rows that were read, in their order, and the requests that they make.
///
/// Where the operation is a batch whose answer tells of each entry, each row is one entry, and rows
/// that are alike but for it share requests up to the model's limit. Otherwise each row is a request.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) op: OperationRef,
    pub(crate) table: Table,
    pub(crate) batches: Batches,
    /// What each row shares requests with, run by run; none for a row that is held back.
    pub(crate) groups: Vec<(u32, Option<u64>)>,
}

impl Plan {
    #[must_use]
    pub fn new(op: OperationRef) -> Self {
        Self {
            op,
            table: Table::default(),
            batches: Batches::new(op),
            groups: Vec::new(),
        }
    }

    /// The next row, with the input that it makes by itself.
    pub fn add(&mut self, input: &Value) {
        let group = self.batches.group(input);
        self.add_of_group(Some(group));
    }

    /// The next row, which has a problem and is held back.
    pub fn hold(&mut self) {
        self.add_of_group(None);
    }

    pub(crate) fn add_of_group(&mut self, group: Option<u64>) {
        let row = self.table.add();
        if let Some(group) = group {
            self.batches.join(&mut self.table, row, group);
        }
        match self.groups.last_mut() {
            Some((count, last)) if *last == group => *count += 1,
            _ => self.groups.push((1, group)),
        }
    }

    #[must_use]
    pub fn rows(&self) -> u32 {
        self.table.rows.len() as u32
    }

    /// How many requests the rows make that are not held back.
    #[must_use]
    pub fn requests(&self) -> u32 {
        self.table.requests.len() as u32
    }

    /// The rows of a request, counted from 0.
    #[must_use]
    pub fn rows_of(&self, request: u32) -> Vec<u32> {
        self.table.rows_of(request).collect()
    }

    /// The most rows that share a request.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.batches.limit
    }
}

/// How rows share requests.
#[derive(Debug, Clone)]
pub struct Batches {
    batch: Option<&'static Batch>,
    pub limit: usize,
    /// The last request of each group, to which rows are added while it has room.
    open: HashMap<u64, u32>,
}

impl Batches {
    pub fn new(op: OperationRef) -> Self {
        let batch = op.operation.traits.batch.as_ref();
        // What is only inferred of answers is not enough to put rows together.
        let batch = batch.filter(|batch| !batch.is_unconfirmed());
        let limit = batch.and_then(|batch| limit(op, batch));
        Self {
            batch: batch.filter(|_| limit.is_some()),
            limit: limit.unwrap_or(1),
            open: HashMap::new(),
        }
    }

    /// A number that rows have in common which differ in nothing but their entries.
    pub fn group(&self, input: &Value) -> u64 {
        let Some(batch) = self.batch.filter(|batch| batch.sent(input).len() == 1) else {
            return 0;
        };
        let mut shared = input.clone();
        batch.put(&mut shared, Vec::new());
        let hash = Sha256::digest(compact(&shared));
        let first = hash.first_chunk().copied().unwrap_or_default();
        u64::from_be_bytes(first).max(1)
    }

    /// Rows that come from now on share requests among themselves only.
    pub fn close(&mut self) {
        self.open.clear();
    }

    /// Group 0 is that of rows that share with none.
    pub fn join(&mut self, table: &mut Table, row: u32, group: u64) {
        let open = self.open.get(&group).copied().filter(|request| {
            let request = table.requests.get(*request as usize);
            request.is_some_and(|request| usize::from(request.len) < self.limit)
        });
        let request = table.join(row, open);
        if group != 0 {
            self.open.insert(group, request);
        }
    }

    /// The input of a request: that of its rows, with all of their entries.
    pub fn assemble(&self, inputs: Vec<Value>) -> Value {
        let is_one = inputs.len() == 1;
        let Some(batch) = self.batch.filter(|_| !is_one) else {
            return inputs.into_iter().next().unwrap_or_default();
        };
        let entries = inputs.iter().flat_map(|input| batch.sent(input)).collect();
        let mut input = inputs.into_iter().next().unwrap_or_default();
        batch.put(&mut input, entries);
        input
    }
}

/// How many entries the model allows in one request; none where it doesn't say.
fn limit(op: OperationRef, batch: &Batch) -> Option<usize> {
    let mut place = op.model.input(op.operation)?;
    for name in batch.entries.split('.') {
        place = op.model.place(place.shape.member(name)?)?;
    }
    if !matches!(place.shape.kind, ShapeKind::List(_)) {
        return None;
    }
    let most = place
        .find(|traits| traits.length)
        .and_then(|it: Length| it.max)?;
    Some(most.clamp(1, usize::from(u16::MAX)))
}
