//! The services the models describe, emulated at the HTTP boundary: bytes in, bytes out.
//!
//! The same code answers inside a browser page and behind a native proxy, so it has no clock,
//! no randomness and no I/O: the time and the request id are arguments. Where it departs from
//! AWS is listed in `DIFFERENCES.md`.

mod answer;
mod attempts;
mod billing_conductor;
mod boundary;
mod bounded;
mod constraint;
mod control;
mod digest;
mod elsewhere;
mod emulation;
mod faults;
mod filter;
mod input;
mod ledger;
mod moment;
mod page;
mod partner_central_selling;
mod response;
mod route;
mod scenario;
mod service_catalog;
mod signature;
mod state;
mod unmodeled;

pub use control::STATE_BYTES;
pub use signature::Signature;

use emulation::Emulation;
use faults::Plan;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::{Model, Protocol};
use ledger::Ledger;
use std::sync::Arc;

/// What a request can't say about itself and a service knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Milliseconds since 1970-01-01, in UTC.
    pub now_ms: u64,
    /// Unique for each request; it is answered in `x-amzn-RequestId`.
    pub request_id: String,
    pub signature: Signature,
    /// What whoever asks knows of the request beyond its bytes, if anything.
    pub asked: Option<Asked>,
}

/// An operation as the model has it that a request was made by. The sandbox has no models but those
/// of the services it emulates, and from bytes alone nobody can tell all protocols apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub protocol: Protocol,
    pub operation: String,
}

/// An answer, and what becomes of it on its way to the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub response: HttpResponse,
    /// How long it is held back, in milliseconds.
    pub delay_ms: u64,
    pub delivery: Delivery,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    Whole,
    /// The connection ends in the middle of the body.
    CutOff,
    /// The connection ends without an answer.
    Lost,
    /// The connection stays open, and nothing comes.
    Never,
}

impl From<HttpResponse> for Reply {
    fn from(response: HttpResponse) -> Self {
        Self {
            response,
            delay_ms: 0,
            delivery: Delivery::Whole,
        }
    }
}

/// All emulated services with their state, which starts out seeded and is lost with the value.
pub struct Sandbox {
    model: Arc<Model>,
    emulations: Vec<Box<dyn Emulation>>,
    ledger: Ledger,
    plan: Plan,
    /// The time that stands still for the services, if it does.
    stopped_ms: Option<u64>,
}

impl Sandbox {
    /// A sandbox in its fresh state. The model may hold more services and operations than are
    /// emulated; those are answered for as not implemented.
    pub fn new(model: impl Into<Arc<Model>>) -> Self {
        Self {
            model: model.into(),
            emulations: seeded(),
            ledger: Ledger::default(),
            plan: Plan::default(),
            stopped_ms: None,
        }
    }

    /// Back to the fresh state, as if nothing had been done.
    fn reset(&mut self) {
        self.go_on_with(seeded());
        self.plan = Plan::default();
        self.stopped_ms = None;
    }

    /// The fresh state, with what a scenario lays down. False if there is no such scenario.
    fn begin(&mut self, scenario: &str, call: &Call) -> bool {
        let Some(beginning) = scenario::beginning(&self.model, scenario) else {
            return false;
        };
        self.reset();
        for request in &beginning.requests {
            boundary::answer(self, request, call);
        }
        self.plan = beginning.faults;
        true
    }

    /// With another state there is another ledger.
    fn go_on_with(&mut self, emulations: Vec<Box<dyn Emulation>>) {
        self.emulations = emulations;
        self.ledger = Ledger::default();
    }

    /// Answers one request as the service it is addressed to would. Addresses that begin with
    /// `/_` are the sandbox's own.
    pub fn handle(&mut self, request: &HttpRequest, call: &Call) -> Reply {
        let call = &Call {
            now_ms: self.stopped_ms.unwrap_or(call.now_ms),
            ..call.clone()
        };
        let mut reply = match control::answer(self, request, call) {
            Some(response) => response.into(),
            None => boundary::answer(self, request, call),
        };
        let id = ("x-amzn-RequestId".to_owned(), call.request_id.clone());
        reply.response.headers.push(id);
        reply
    }
}

fn seeded() -> Vec<Box<dyn Emulation>> {
    vec![
        Box::new(service_catalog::emulation()),
        Box::new(billing_conductor::emulation()),
        Box::new(partner_central_selling::emulation()),
    ]
}
