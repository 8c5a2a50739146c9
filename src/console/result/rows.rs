//! A batch as rows: what became of each entry, whoever told it.

use crate::text;
use crate::ui::Kind;
use formsmith_api::outcome::{FailedEntry, RowResult, Rows};
use formsmith_api::read_back::Found;
use formsmith_api::table::Column;
use serde_json::{Map, Value};

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Done,
    Failed,
    Unknown,
    NotSent,
}

impl Status {
    pub fn kind(self) -> Kind {
        match self {
            Self::Done => Kind::Success,
            Self::Failed => Kind::Error,
            Self::Unknown => Kind::Unknown,
            Self::NotSent => Kind::Pending,
        }
    }

    pub fn text(self) -> &'static str {
        match self {
            Self::Done => text::ROW_DONE,
            Self::Failed => text::ROW_FAILED,
            Self::Unknown => text::ROW_UNKNOWN,
            Self::NotSent => text::ROW_NOT_SENT,
        }
    }
}

/// One entry.
pub struct Row {
    /// What identifies it.
    pub key: Vec<String>,
    pub status: Status,
    pub failed: Option<FailedEntry>,
}

impl Row {
    pub fn code(&self) -> String {
        let code = self.failed.as_ref().and_then(|failed| failed.code.clone());
        code.unwrap_or_else(|| text::NONE.into())
    }

    /// What the service says of it, or else what a look at its resources showed.
    pub fn message(&self, found: Option<Found>) -> Option<String> {
        let told = self.failed.as_ref();
        let told = told.and_then(|failed| failed.message.clone());
        told.or_else(|| found.map(|found| text::found(found).to_owned()))
    }

    /// As a table has it: what identifies it first, its status second, its code and its message
    /// at the end.
    pub fn texts(&self, found: Option<Found>) -> Vec<String> {
        let mut texts = self.key.clone();
        let second = texts.len().min(1);
        texts.insert(second, self.status.text().to_owned());
        texts.extend([self.code(), self.message(found).unwrap_or_default()]);
        texts
    }

    /// As other programs get it.
    pub fn value(&self, columns: &[Column], found: Option<Found>) -> Value {
        let failed = self.failed.as_ref();
        let told = [
            Some(self.status.text().to_owned()),
            failed.and_then(|failed| failed.code.clone()),
            self.message(found),
        ];
        let values = self.key.iter().cloned().map(Some).chain(told);
        let members = columns.iter().zip(values);
        let members =
            members.filter_map(|(column, value)| Some((column.member.clone(), value?.into())));
        Value::Object(members.collect::<Map<_, _>>())
    }
}

/// The entries in the order in which they were written, then the failures that nobody asked for.
pub fn rows_of(rows: &Rows) -> Vec<Row> {
    let sent = rows.rows.iter().map(|row| {
        let (status, failed) = match &row.result {
            RowResult::Done => (Status::Done, None),
            RowResult::Failed(failed) => (Status::Failed, Some(failed.clone())),
            RowResult::Unknown => (Status::Unknown, row.told.clone()),
            RowResult::NotSent => (Status::NotSent, None),
        };
        Row {
            key: row.key.clone(),
            status,
            failed,
        }
    });
    let strangers = rows.strangers.iter().map(|failed| Row {
        key: failed.key.clone(),
        status: Status::Failed,
        failed: Some(failed.clone()),
    });
    sent.chain(strangers).collect()
}
