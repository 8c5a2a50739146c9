//! One request of a run, and what came of it.

use crate::Failure;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::outcome::{Outcome, Standing};
use formsmith_api::protocol::{self, NotUnderstood};

#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// Epoch milliseconds.
    pub started_ms: f64,
    /// Until there is a result it is awaited.
    pub ended_ms: Option<f64>,
    /// The rows that were sent, for a batch.
    pub rows: Vec<usize>,
    pub request: HttpRequest,
    pub result: Option<Result<Answer, Failure>>,
    /// Did it end when nobody waited for it any more?
    pub is_late: bool,
}

/// What a response says, before it is compared with what was sent.
pub type Reading = Result<protocol::Answer, NotUnderstood>;

#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Whole {
        response: HttpResponse,
        outcome: Outcome,
    },
    /// What an answer said, without the secrets that stood in it.
    Redacted {
        /// Without a body, and without the headers that have secrets.
        response: HttpResponse,
        said: Reading,
        outcome: Outcome,
    },
    /// An answer that was too long to be stored whole, with what it came to.
    Cut {
        /// Its body is the beginning.
        response: HttpResponse,
        standing: Standing,
        /// What became of each row that was sent, for a batch.
        rows: Vec<CutRow>,
    },
}

/// What a stored row tells where the answer that told more is not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutRow {
    Done,
    Failed,
    Unknown,
    NotSent,
}

impl Answer {
    #[must_use]
    pub fn response(&self) -> &HttpResponse {
        match self {
            Self::Whole { response, .. }
            | Self::Redacted { response, .. }
            | Self::Cut { response, .. } => response,
        }
    }

    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Whole { outcome, .. } | Self::Redacted { outcome, .. } => Some(outcome),
            Self::Cut { .. } => None,
        }
    }
}

impl Attempt {
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        self.result.as_ref()?.as_ref().ok()
    }

    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.answer()?.outcome()
    }

    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.result.as_ref()?.as_ref().err()
    }

    /// May an answer still reach this program?
    pub(crate) fn is_awaited(&self) -> bool {
        matches!(self.result, None | Some(Err(Failure::Stopped)))
    }

    /// May an answer still come that says more than is known?
    pub(crate) fn is_open(&self) -> bool {
        match &self.result {
            None => true,
            Some(Err(failure)) => failure.is_provisional(),
            Some(Ok(_)) => false,
        }
    }
}
