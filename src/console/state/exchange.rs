//! One request and what came of it.

use super::Target;
use crate::transport::TransportFailure;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::outcome::Outcome;

/// A request's life. The number tells an answer that was waited for from one that no longer is.
#[derive(Debug, Clone, Default)]
pub enum Life {
    #[default]
    Idle,
    Sending {
        number: u32,
    },
    Done(Box<Exchange>),
}

/// A request that was sent, and the answer, whatever it is.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub number: u32,
    pub target: Target,
    pub region: String,
    pub request: HttpRequest,
    pub result: Result<(HttpResponse, Outcome), TransportFailure>,
}
