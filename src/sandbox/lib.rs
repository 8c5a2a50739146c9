//! The services the models describe, emulated at the HTTP boundary: bytes in, bytes out.
//!
//! The same code answers inside a browser page and behind a native proxy, so it has no clock,
//! no randomness and no I/O: the time and the request id are arguments. Where it departs from
//! AWS is listed in `DIFFERENCES.md`.

mod answer;
mod attempts;
mod billing_conductor;
mod boundary;
mod constraint;
mod emulation;
mod input;
mod partner_central_selling;
mod response;
mod route;
mod service_catalog;
mod unmodeled;

use emulation::Emulation;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::Model;
use std::sync::Arc;

/// What a request can't say about itself and a service knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Milliseconds since 1970-01-01, in UTC.
    pub now_ms: u64,
    /// Unique for each request; it is answered in `x-amzn-RequestId`.
    pub request_id: String,
}

/// All emulated services with their state, which starts out seeded and is lost with the value.
pub struct Sandbox {
    model: Arc<Model>,
    emulations: Vec<Box<dyn Emulation>>,
}

impl Sandbox {
    /// A sandbox in its fresh state. The model may hold more services and operations than are
    /// emulated; those are answered for as not implemented.
    pub fn new(model: impl Into<Arc<Model>>) -> Self {
        Self {
            model: model.into(),
            emulations: vec![
                Box::new(service_catalog::emulation()),
                Box::new(billing_conductor::emulation()),
                Box::new(partner_central_selling::emulation()),
            ],
        }
    }

    /// Answers one request as the service it is addressed to would.
    pub fn handle(&mut self, request: &HttpRequest, call: &Call) -> HttpResponse {
        let mut response = boundary::answer(&self.model, &mut self.emulations, request, call);
        let id = ("x-amzn-RequestId".to_owned(), call.request_id.clone());
        response.headers.push(id);
        response
    }
}
