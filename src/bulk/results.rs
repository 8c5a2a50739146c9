//! What became of each row, as a table: in memory is how it ended, in the journal are the words.

use crate::record::{Answered, Record};
use crate::sheet::Sheet;
use crate::{Bulk, RowState};
use formsmith_api::table::{Column, csv, csv_rows};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::ops::Range;

/// What became of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowResult {
    pub row: u32,
    pub state: RowState,
    /// The error's name, or empty.
    pub code: String,
    /// The service's own sentence, or empty.
    pub message: String,
    pub request_id: Option<String>,
    /// The HTTP status of the last answer that tells of it.
    pub status: Option<u16>,
    /// Attempts that were answered or given up.
    pub attempts: u8,
}

impl Bulk {
    /// The numbers of the records that tell of these rows: what to read of the journal to show them.
    #[must_use]
    pub fn records_of(&self, rows: Range<u32>) -> BTreeSet<u32> {
        rows.filter_map(|row| self.record_of(row)).collect()
    }

    /// What became of a row. `record` is the one that [`Bulk::record_of`] names; without it there
    /// is no message and no request ID.
    #[must_use]
    pub fn result(&self, row: u32, record: Option<&Record>) -> RowResult {
        let mut result = RowResult {
            row,
            state: self.state(row),
            code: self.code(row).to_owned(),
            message: String::new(),
            request_id: None,
            status: None,
            attempts: self.attempts(row),
        };
        match record {
            Some(Record::Answered(answered)) => add_answer(&mut result, answered),
            Some(Record::NotSendable { what, .. }) => result.message.clone_from(what),
            _ => {}
        }
        result
    }
}

fn add_answer(result: &mut RowResult, answered: &Answered) {
    result.request_id.clone_from(&answered.request_id);
    result.status = answered.status;
    let at = answered.rows.iter().position(|it| *it == result.row);
    if let Some(told) = at.and_then(|at| answered.told.get(at)) {
        result.message.clone_from(&told.message);
    }
}

/// The columns that a run adds to those of its rows.
const ADDED: [&str; 5] = ["outcome", "code", "message", "request id", "attempts"];

/// A slice of the table of all rows as a file of comma-separated values: the columns that came in,
/// then [`RowState::key`], code, message, request ID and attempts. The slice that begins with row 0
/// has the header. `record` reads one of the journal's.
#[must_use]
pub fn result_rows(
    bulk: &Bulk,
    sheet: &Sheet,
    rows: Range<u32>,
    record: impl Fn(u32) -> Option<Record>,
) -> String {
    let own = sheet.columns().iter().cloned();
    let added = ADDED.map(|name| match sheet.columns().iter().any(|it| it == name) {
        true => format!("{name} (Formsmith)"),
        false => name.to_owned(),
    });
    let columns: Vec<Column> = own
        .chain(added.clone())
        .map(|member| Column {
            title: member.clone(),
            member,
        })
        .collect();
    let is_first = rows.start == 0;
    let rows: Vec<Value> = rows
        .take_while(|row| *row < sheet.rows())
        .map(|row| {
            let record = bulk.record_of(row).and_then(&record);
            let result = bulk.result(row, record.as_ref());
            let mut cells = Map::new();
            for (at, name) in (0..).zip(sheet.columns()) {
                cells.insert(name.clone(), sheet.cell(row, at).into());
            }
            let values: [Value; 5] = [
                result.state.key().into(),
                result.code.into(),
                result.message.into(),
                result.request_id.into(),
                result.attempts.into(),
            ];
            for (name, value) in added.iter().zip(values) {
                cells.insert(name.clone(), value);
            }
            cells.into()
        })
        .collect();
    match is_first {
        true => csv(&columns, &rows),
        false => csv_rows(&columns, &rows),
    }
}
