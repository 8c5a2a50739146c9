//! The services, as the sandbox emulates them, behind a network that loses things.

use super::model;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_run::{Failure, ProxyFailure};
use formsmith_sandbox::{Call, Sandbox, Signature};
use std::sync::Arc;

/// What arrives of a request.
type Arrived = Result<HttpResponse, Failure>;

pub struct Service {
    sandbox: Sandbox,
    requests: u32,
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Whole,
    /// It is carried out, and the answer is lost.
    LostAfter,
    /// It gets lost before it is carried out, and nobody knows.
    LostBefore,
    /// The proxy does not send it, and says so.
    NotSent,
    /// The service turns it away for the moment.
    Throttled,
    /// The service carries it out and fails.
    FailsAfter,
    FailsBefore,
    /// It is carried out, and what arrives is none of the service's answers.
    Garbled,
    /// No answer ever comes.
    Never,
}

impl Fate {
    pub fn of(number: usize) -> Self {
        match number {
            8 => Self::LostAfter,
            9 => Self::LostBefore,
            10 => Self::NotSent,
            11 => Self::Throttled,
            12 => Self::FailsAfter,
            13 => Self::FailsBefore,
            14 => Self::Garbled,
            15 => Self::Never,
            _ => Self::Whole,
        }
    }
}

impl Service {
    pub fn new() -> Self {
        Self {
            sandbox: Sandbox::new(Arc::clone(model())),
            requests: 0,
        }
    }

    /// What arrives, if anything does, and what the service answered if it was asked.
    pub fn send(
        &mut self,
        http: &HttpRequest,
        fate: Fate,
        now_ms: f64,
    ) -> (Option<Arrived>, Option<HttpResponse>) {
        let is_asked = !matches!(
            fate,
            Fate::LostBefore | Fate::NotSent | Fate::Throttled | Fate::FailsBefore
        );
        let answer = is_asked.then(|| {
            self.requests += 1;
            let call = Call {
                now_ms: now_ms as u64,
                request_id: format!("request-{}", self.requests),
                signature: Signature::NotChecked,
                asked: None,
            };
            self.sandbox.handle(http, &call).response
        });
        let result = match fate {
            Fate::Whole => answer.clone().map(Ok),
            Fate::LostAfter | Fate::LostBefore => Some(Err(Failure::Lost)),
            Fate::NotSent => Some(Err(Failure::Proxy(ProxyFailure {
                code: "busy".into(),
                is_undone: true,
                ..ProxyFailure::default()
            }))),
            Fate::Throttled => Some(Ok(error(400, "ThrottlingException"))),
            Fate::FailsAfter | Fate::FailsBefore => Some(Ok(error(500, "InternalServerException"))),
            Fate::Garbled => Some(Ok(HttpResponse {
                status: 200,
                headers: Vec::new(),
                body: b"<html>".to_vec(),
                file: None,
            })),
            Fate::Never => Some(Err(Failure::Timeout { seconds: 100 })),
        };
        (result, answer)
    }
}

fn error(status: u16, name: &str) -> HttpResponse {
    HttpResponse {
        status,
        headers: vec![("x-amzn-ErrorType".into(), name.into())],
        body: format!(r#"{{"__type":"{name}","message":"Not now."}}"#).into_bytes(),
        file: None,
    }
}
