//! What is stored of a run: records, one after the other, none of which is ever changed.
//!
//! A record is one line of JSON, the same in a browser's database and in a file. What the rows are
//! is not in them: whoever stores the journal stores the rows beside it, under the same numbers.

mod json;

use crate::{Pace, RowState, StopAt, Why};
use formsmith_api::read_back::Found;
use formsmith_run::{Failure, Place};
use serde_json::Value;

/// Of the records.
pub const VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// The first one.
    Begun(Box<Begun>),
    WentOn {
        at_ms: f64,
    },
    Paused {
        at_ms: f64,
        why: Why,
    },
    Cancelled {
        at_ms: f64,
    },
    /// Another program leads the run: what was under way before is unknown.
    Interrupted {
        at_ms: f64,
    },
    PaceChanged(Pace),
    StopAtChanged(StopAt),
    /// An attempt at a request is about to be sent.
    Sending {
        request: u32,
        attempt: u16,
        at_ms: f64,
        rows: Vec<u32>,
        /// The beginning of SHA-256 of the input, in hexadecimal: what is sent again under the same
        /// token has to be the same.
        hash: String,
    },
    /// It was not sent after all.
    Unsent {
        request: u32,
        attempt: u16,
    },
    /// What came of it.
    Answered(Box<Answered>),
    /// The model doesn't let these rows be sent, and why.
    NotSendable {
        request: u32,
        rows: Vec<u32>,
        what: String,
    },
    /// What reading showed; nothing of rows that it left unclear.
    Read {
        at_ms: f64,
        found: Vec<(u32, Found)>,
    },
    /// What the person said.
    Settled {
        at_ms: f64,
        rows: Vec<u32>,
        found: Found,
    },
    /// The person sends these rows again.
    AskedAgain {
        at_ms: f64,
        rows: Vec<u32>,
    },
    /// Rows that were held back join, each with what it shares requests with.
    Joined {
        at_ms: f64,
        rows: Vec<(u32, u64)>,
    },
}

/// How a run begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Begun {
    pub at_ms: f64,
    /// A UUID; the idempotency tokens of all requests are made of it.
    pub id: String,
    pub service: String,
    pub operation: String,
    pub place: Place,
    /// What rows share requests with, so many rows at a time; none for those held back.
    pub groups: Vec<(u32, Option<u64>)>,
    pub pace: Pace,
    pub stop_at: StopAt,
    /// May a part of a batch be sent again by itself? Not where the person has agreed to a list
    /// of whole requests.
    pub sends_parts: bool,
    /// The run that it takes back.
    pub undoes: Option<String>,
}

/// An attempt's end.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    pub request: u32,
    pub attempt: u16,
    pub at_ms: f64,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    pub request_id: Option<String>,
    /// Why there was none.
    pub failure: Option<Failure>,
    /// The rows that were sent.
    pub rows: Vec<u32>,
    /// For each of them, in that order.
    pub told: Vec<Told>,
    /// What was made, where the operation is no batch: for taking it back. No secrets, and nothing
    /// long.
    pub output: Option<Value>,
    /// It may have been carried out, wholly or in part, and the answer doesn't tell.
    pub may_be_done: bool,
    /// The same is sent again, to find out what became of it.
    pub repeats: bool,
}

/// What an answer says of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub state: RowState,
    /// The error's name, or empty.
    pub code: String,
    /// The service's own sentence, or empty.
    pub message: String,
}

impl Told {
    pub(crate) fn of(state: RowState) -> Self {
        Self {
            state,
            code: String::new(),
            message: String::new(),
        }
    }
}
