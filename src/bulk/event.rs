//! What a bulk run hears of, and what it asks for.

use crate::{Pace, Record, StopAt};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::read_back::Found;
use formsmith_run::{Failure, OperationRef, StoreFailure};
use serde_json::Value;

/// What an event comes with, as nothing here reads a clock or draws random numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Now {
    /// Epoch milliseconds.
    pub ms: f64,
    /// At least 0 and less than 1, another with each event.
    pub random: f64,
}

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// This program acts for the run from now on, or another does. Without it nothing is sent.
    Led(bool),
    /// The person starts the run, or goes on with it.
    WentOn,
    /// Nothing more is sent; requests under way end.
    Paused,
    /// The same, and the person wants no more of it.
    Cancelled,
    PaceChanged(Pace),
    StopAtChanged(StopAt),
    /// The inputs that [`Effect::Fetch`] asked for, one for each row and in that order; none where
    /// they are not to be had.
    Fetched {
        fetch: u32,
        inputs: Option<Vec<Value>>,
    },
    /// All records up to this one are on disk.
    Stored {
        seq: u64,
    },
    /// This record is not on disk, and nothing after it is, nor will be: whatever else was asked
    /// to be stored is asked for again, from this record on, when the person goes on.
    StoreFailed {
        seq: u64,
        why: StoreFailure,
    },
    /// What arrived for an attempt at a request, however late.
    Answered {
        request: u32,
        attempt: u16,
        result: Result<HttpResponse, Failure>,
    },
    /// What arrived for a read.
    ReadAnswered {
        read: u32,
        result: Result<HttpResponse, Failure>,
    },
    /// The time is up that [`Effect::Wait`] named.
    Woke,
    /// The person sends rows again.
    AskedAgain(Again),
    /// Rows that were held back are put right and join the run, each with its input.
    Repaired(Vec<(u32, Value)>),
    /// The person wants the resources read once more for what is unknown.
    ReadAsked,
    /// The person says what became of rows that are unknown.
    Settled {
        rows: Vec<u32>,
        found: Found,
    },
}

/// Which rows are to be sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// All that failed, and that reading showed as not done. None that is unknown.
    Failed,
    /// These, as far as they are not done; those that are unknown, too: the person has seen that
    /// they may be done twice.
    Rows(Vec<u32>),
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// The inputs of these rows, as they were planned or repaired.
    Fetch {
        fetch: u32,
        rows: Vec<u32>,
    },
    /// To be appended to the journal, in the order of these effects; [`Event::Stored`] says that it
    /// is on disk.
    Store {
        seq: u64,
        record: Box<Record>,
    },
    /// Comes only after its record is stored.
    Send {
        request: u32,
        attempt: u16,
        http: HttpRequest,
    },
    /// A question that changes nothing.
    Read {
        read: u32,
        op: OperationRef,
        http: HttpRequest,
    },
    /// [`Event::Woke`] once it is this time, in epoch milliseconds. There is one timer: a later
    /// effect takes the place of this one.
    Wait {
        until_ms: f64,
    },
    Notify(Notice),
}

/// What a person is to hear of.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// It has stopped by itself.
    Paused(Why),
    /// Every row has its outcome, as far as it can be known.
    Finished,
}

/// Why nothing is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    Person,
    /// The program ended in the middle of it.
    Interrupted,
    /// So many rows failed, or such a share of them.
    TooManyFailures,
    /// Several requests one after the other had no answer.
    NoAnswers,
    /// The service wants a longer wait than is waited without being asked, in milliseconds.
    AskedToWait {
        ms: f64,
    },
    /// There are no credentials, or none that hold. Nothing was done.
    Credentials,
    /// Requests are not sent, and why.
    NotSent(Failure),
    /// What is sent can't be stored before.
    NotStored(StoreFailure),
    /// The rows are not to be had.
    RowsMissing,
}
