//! One thing that a person wants done, with every attempt at it.

use super::Target;
use crate::transport::TransportFailure;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::{Model, Operation};
use formsmith_api::outcome::{Arrival, NotSent, Outcome, RowResult, Rows, Standing, standing};
use formsmith_api::read_back::Found;
use formsmith_wire::Code;
use serde_json::Value;

#[derive(Debug, Clone)]
pub struct Run {
    /// Of the run in the history.
    pub id: String,
    /// Tells a run that is waited for from one that no longer is.
    pub number: u32,
    /// Epoch milliseconds.
    pub started_ms: f64,
    pub target: Target,
    pub region: String,
    /// Whose resources it changes, where that is known.
    pub account: Option<String>,
    /// The whole input, as the person wrote it.
    pub input: Value,
    /// What became of each entry, for a batch.
    pub rows: Option<Rows>,
    pub attempts: Vec<Attempt>,
    /// What became of it, all attempts taken together.
    pub standing: Standing,
    pub read_back: ReadBack,
}

/// One request and what came of it.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub started_ms: f64,
    pub ended_ms: f64,
    /// The rows that were sent, for a batch.
    pub rows: Vec<usize>,
    pub request: HttpRequest,
    pub result: Result<(HttpResponse, Outcome), TransportFailure>,
}

/// What a look at the resources showed, where no answer told.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadBack {
    /// There is nothing to look for, or nothing to look with.
    None,
    Underway,
    Failed(String),
    Done {
        /// For each row of a batch, or for the whole at 0.
        found: Vec<Option<Found>>,
        /// What the service lists, where nothing in it names what was sent.
        items: Vec<Value>,
    },
}

impl Attempt {
    pub fn arrival(&self) -> Arrival<'_> {
        match &self.result {
            Ok((response, outcome)) => Arrival::Answered { response, outcome },
            Err(failure) => match failure {
                TransportFailure::SandboxMissing => Arrival::NotSent(NotSent::Lasting),
                TransportFailure::Redirect | TransportFailure::Stopped => Arrival::Unreadable,
                TransportFailure::Proxy(failure) if failure.is_undone => {
                    Arrival::NotSent(not_sent(failure.known()))
                }
                TransportFailure::Proxy(failure) => match failure.known() {
                    Some(
                        Code::UpstreamRedirect | Code::UpstreamGarbled | Code::UpstreamTooLarge,
                    ) => Arrival::Unreadable,
                    _ => Arrival::Lost,
                },
                TransportFailure::Unreachable
                | TransportFailure::Timeout { .. }
                | TransportFailure::CutOff { .. }
                | TransportFailure::Lost => Arrival::Lost,
            },
        }
    }
}

/// What the proxy's codes say of a request that it did not send, or that AWS turned away unread.
fn not_sent(code: Option<Code>) -> NotSent {
    match code {
        Some(
            Code::Busy
            | Code::TooManyConnections
            | Code::UpstreamDns
            | Code::UpstreamUnreachable
            | Code::UpstreamConnectTimeout,
        ) => NotSent::Passing,
        Some(
            Code::NoCredentials
            | Code::CredentialsExpired
            | Code::CredentialsTimeout
            | Code::CredentialsFailed,
        ) => NotSent::Credentials,
        _ => NotSent::Lasting,
    }
}

impl Run {
    /// Takes in an attempt that has come to its end.
    pub fn take(&mut self, model: &Model, operation: &Operation, attempt: Attempt) {
        let was_unknown = self.standing == Standing::Unknown;
        let of_last = standing(operation, &attempt.arrival(), was_unknown);
        let number = self.attempts.len() + 1;
        self.standing = match &mut self.rows {
            // A repetition does not undo it.
            None if self.standing == Standing::Done => Standing::Done,
            None => of_last,
            Some(rows) => {
                rows.take(model, operation, &attempt.rows, &attempt.arrival(), number);
                match rows.rows.is_empty() {
                    true => of_last,
                    false => standing_of(rows),
                }
            }
        };
        self.read_back = ReadBack::None;
        self.attempts.push(attempt);
    }

    /// Puts an attempt whose answer came late in the place it had, counted from 0, and takes all
    /// attempts together anew.
    pub fn take_late(&mut self, model: &Model, operation: &Operation, at: usize, late: Attempt) {
        let mut attempts = std::mem::take(&mut self.attempts);
        if let Some(place) = attempts.get_mut(at) {
            *place = late;
        }
        self.rows = Rows::new(operation, &self.input);
        self.standing = Standing::NotSent;
        for attempt in attempts {
            self.take(model, operation, attempt);
        }
    }

    pub fn last(&self) -> Option<&Attempt> {
        self.attempts.last()
    }

    /// The rows that nobody knows the outcome of.
    pub fn unknown_rows(&self) -> Vec<usize> {
        let rows = self.rows.as_ref();
        rows.map(|rows| rows.places(|result| *result == RowResult::Unknown))
            .unwrap_or_default()
    }
}

fn standing_of(rows: &Rows) -> Standing {
    let all = rows.rows.len();
    let done = rows.count(|result| *result == RowResult::Done);
    let not_sent = rows.count(|result| *result == RowResult::NotSent);
    let unknown = rows.count(|result| *result == RowResult::Unknown);
    match done {
        done if done == all && rows.strangers.is_empty() => Standing::Done,
        0 if unknown > 0 => Standing::Unknown,
        0 if not_sent == all => Standing::NotSent,
        0 => Standing::Failed,
        _ => Standing::Partly,
    }
}
