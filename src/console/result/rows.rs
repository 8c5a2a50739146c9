//! A batch as rows: what became of each entry, whoever says it.

use crate::state::RowStatus;
use crate::ui::ordered;
use formsmith_api::outcome::{FailedEntry, RowResult, Rows};
use formsmith_api::read_back::Found;
use formsmith_api::table::Column;
use formsmith_run::Run;
use formsmith_words as words;
use serde_json::Value;

/// The name of a status that other programs get.
fn key(status: RowStatus) -> &'static str {
    match status {
        RowStatus::Done => "done",
        RowStatus::Failed => "failed",
        RowStatus::Partly => "partly",
        RowStatus::Unknown => "unknown",
        RowStatus::NotDone => "not-done",
        RowStatus::NotSent => "not-sent",
    }
}

/// One entry.
pub struct Row {
    /// What identifies it.
    pub key: Vec<String>,
    pub status: RowStatus,
    pub failed: Option<FailedEntry>,
    /// May it be done if it is sent again as it is?
    pub can_retry: bool,
    /// What reading the resources showed.
    pub found: Option<Found>,
}

impl Row {
    pub fn is_failed(&self) -> bool {
        matches!(
            self.status,
            RowStatus::Failed | RowStatus::Partly | RowStatus::NotDone
        )
    }

    pub fn code(&self) -> Option<&str> {
        self.failed.as_ref()?.code.as_deref()
    }

    /// What the service says of it, or else what reading its resources showed.
    pub fn message(&self) -> Option<String> {
        let failed = self.failed.as_ref();
        let message = failed.and_then(|failed| failed.message.clone());
        message.or_else(|| self.found.map(|found| words::found(found).to_owned()))
    }
}

/// The rows with those first that need a person: what failed, of it first what can be retried, then
/// what is unknown, and what was done last.
pub fn failed_first(rows: &[Row]) -> Vec<usize> {
    let rank = |row: &Row| match row.status {
        _ if row.is_failed() => u8::from(!row.can_retry),
        RowStatus::Unknown => 2,
        RowStatus::NotSent => 3,
        _ => 4,
    };
    ordered(rows.len(), &|one, other| {
        rank(&rows[one]).cmp(&rank(&rows[other]))
    })
}

/// A column of the outcome table: all that there is to know of it.
pub struct OutcomeColumn {
    /// What other programs know it by.
    pub name: String,
    /// What people know it by.
    pub title: String,
    /// Has it a place of its own in the table? What has none is searched and exported.
    pub is_shown: bool,
    pub is_filter: bool,
    pub cell: Cell,
}

/// What stands in a column, and how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A part of what identifies the entry.
    Key(usize),
    Status,
    /// The code, and beneath it the message.
    Code,
    Message,
    Found,
}

impl OutcomeColumn {
    /// What identifies an entry first, then what became of it, then the rest of what it is about.
    pub fn all(keys: &[Column]) -> Vec<Self> {
        let key = |(at, key): (usize, &Column)| Self {
            name: key.member.clone(),
            title: key.title.clone(),
            is_shown: true,
            is_filter: false,
            cell: Cell::Key(at),
        };
        let own = |name: &str, title: &str, is_shown, cell| Self {
            name: name.to_owned(),
            title: title.to_owned(),
            is_shown,
            is_filter: is_shown,
            cell,
        };
        let mut columns: Vec<Self> = keys.iter().enumerate().map(key).collect();
        let second = columns.len().min(1);
        let told = [
            own("status", words::status(), true, Cell::Status),
            own("code", words::failure(), true, Cell::Code),
        ];
        columns.splice(second..second, told);
        columns.push(own("message", words::message(), false, Cell::Message));
        columns.push(own("readBack", words::resource_check(), false, Cell::Found));
        columns
    }

    /// The columns as files have them: what identifies an entry comes first.
    pub fn exported(columns: &[Self]) -> Vec<Column> {
        let is_key = |column: &&Self| matches!(column.cell, Cell::Key(_));
        let (keys, others): (Vec<&Self>, Vec<&Self>) = columns.iter().partition(is_key);
        let columns = keys.into_iter().chain(others).map(|column| Column {
            member: column.name.clone(),
            title: column.title.clone(),
        });
        columns.collect()
    }

    /// As it is searched, and sorted by.
    pub fn text(&self, row: &Row) -> String {
        match self.cell {
            Cell::Key(at) => row.key.get(at).cloned().unwrap_or_default(),
            Cell::Status => row.status.text().to_owned(),
            Cell::Code => row.code().unwrap_or(words::none()).to_owned(),
            Cell::Message => row.message().unwrap_or_default(),
            Cell::Found => String::new(),
        }
    }

    /// As other programs get it: the same in any language.
    pub fn value(&self, row: &Row) -> Option<Value> {
        let text = match self.cell {
            Cell::Key(at) => row.key.get(at)?.clone(),
            Cell::Status => key(row.status).to_owned(),
            Cell::Code => row.code()?.to_owned(),
            Cell::Message => row.failed.as_ref()?.message.clone()?,
            Cell::Found => row.found?.key().to_owned(),
        };
        Some(text.into())
    }
}

/// The entries in the order in which they were written, with what reading showed of each, then the
/// failures that nobody asked for. What the service says of them is masked where it repeats a secret.
pub fn rows_of(run: &Run, rows: &Rows, found: &[Option<Found>]) -> Vec<Row> {
    let masked = |failed: &FailedEntry| FailedEntry {
        message: failed.message.as_deref().map(|it| run.masked_text(it)),
        ..failed.clone()
    };
    let sent = rows.rows.iter().enumerate().map(|(at, row)| {
        let failed = match &row.result {
            RowResult::Failed(failed) => Some(failed),
            RowResult::Unknown => row.told.as_ref(),
            _ => None,
        };
        Row {
            key: row.key.clone(),
            status: RowStatus::of(&row.result),
            failed: failed.map(masked),
            can_retry: row.result.is_retryable() && run.may_send_row(at),
            found: found.get(at).copied().flatten(),
        }
    });
    let unmatched = rows.unmatched.iter().map(|failed| Row {
        key: failed.key.clone(),
        status: RowStatus::Failed,
        failed: Some(masked(failed)),
        can_retry: false,
        found: None,
    });
    sent.chain(unmatched).collect()
}
