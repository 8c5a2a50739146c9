//! The sandbox, entered as any client enters it: by HTTP requests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod afterwards;
mod billing_conductor;
mod boundary;
mod completeness;
mod constraints;
mod elsewhere;
mod examples;
mod faults;
mod ledger;
mod member_errors;
mod pages;
mod partner_central_selling;
mod robustness;
mod service_catalog;
mod state;
mod stories;

use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::Model;
use formsmith_api::protocol;
use formsmith_sandbox::{Call, Reply, Sandbox, Signature};
use serde_json::Value;
use std::sync::Arc;

/// 2025-11-19T23:20:45.123Z
const NOW_MS: u64 = 1_763_594_445_123;

/// A fresh sandbox with a clock and request ids of its own.
struct World {
    model: Arc<Model>,
    sandbox: Sandbox,
    now_ms: u64,
    requests: u64,
}

impl World {
    fn fresh() -> Self {
        let model = Arc::new(Model::embedded().unwrap());
        Self {
            sandbox: Sandbox::new(Arc::clone(&model)),
            model,
            now_ms: NOW_MS,
            requests: 0,
        }
    }

    fn send(&mut self, request: &HttpRequest) -> HttpResponse {
        self.reply(request, Signature::NotChecked).response
    }

    fn reply(&mut self, request: &HttpRequest, signature: Signature) -> Reply {
        self.requests += 1;
        let call = Call {
            now_ms: self.now_ms,
            request_id: format!("00000000-0000-4000-8000-{:012}", self.requests),
            signature,
            asked: None,
        };
        let reply = self.sandbox.handle(request, &call);
        assert_eq!(
            reply.response.header("x-amzn-requestid"),
            Some(call.request_id.as_str())
        );
        reply
    }

    /// The request AWS's own client sends for an input.
    fn request(&self, service: &str, operation: &str, input: &Value) -> HttpRequest {
        let service = self.model.service(service).unwrap();
        let operation = service.operation(operation).unwrap();
        protocol::request(&self.model, service, operation, input).unwrap()
    }
}

/// The body as JSON; `null` when there is none.
fn json(response: &HttpResponse) -> Value {
    if response.body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(&response.body).unwrap()
}
