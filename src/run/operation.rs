//! An operation together with its service and model.

use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::outcome::{self, Outcome};
use formsmith_api::protocol::{self, NotSendable};
use serde_json::Value;
use std::fmt;

/// Models live as long as the program.
#[derive(Clone, Copy)]
pub struct OperationRef {
    pub model: &'static Model,
    pub service: &'static Service,
    pub operation: &'static Operation,
}

impl fmt::Debug for OperationRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.name())
    }
}

impl PartialEq for OperationRef {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.operation, other.operation)
    }
}

impl OperationRef {
    /// `service` is its endpoint prefix.
    #[must_use]
    pub fn find(model: &'static Model, service: &str, operation: &str) -> Option<Self> {
        let service = model.service(service)?;
        let operation = service.operation(operation)?;
        Some(Self {
            model,
            service,
            operation,
        })
    }

    /// Another operation of the same service.
    #[must_use]
    pub fn beside(self, operation: &'static Operation) -> Self {
        Self { operation, ..self }
    }

    pub fn request(self, input: &Value) -> Result<HttpRequest, NotSendable> {
        protocol::request(self.model, self.service, self.operation, input)
    }

    #[must_use]
    pub fn outcome(self, input: &Value, response: &HttpResponse) -> Outcome {
        outcome::outcome(self.model, self.service, self.operation, input, response)
    }

    /// Does it need the person's consent where it changes real resources?
    #[must_use]
    pub fn is_readonly(self) -> bool {
        self.operation.traits.readonly
    }

    /// The names of the idempotency tokens at the top level of its input.
    pub(crate) fn tokens(self) -> impl Iterator<Item = &'static str> {
        let shape = self.operation.input.as_ref();
        let shape = shape.and_then(|id| self.model.shape(id));
        let members = shape.map(|shape| shape.members()).unwrap_or_default();
        let tokens = members.iter().filter(|it| it.traits.idempotency_token);
        tokens.map(|member| member.name.as_str())
    }
}
