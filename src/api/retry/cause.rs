//! What the names of errors mean, for services that say no more than a name.

use crate::curated::{EXPIRED, THROTTLING};
use crate::model::{Model, Operation};
use crate::protocol::ServiceError;

/// Does an error of this name mean that the credentials have run out?
#[must_use]
pub fn is_expired(name: &str) -> bool {
    EXPIRED.contains(&name)
}

/// Was the request turned away only because there are too many? Nothing was done then.
#[must_use]
pub fn is_throttling(model: &Model, operation: &Operation, error: &ServiceError) -> bool {
    let name = error.name.as_deref().unwrap_or_default();
    let shape = model.error(operation, name);
    let retryable = shape.and_then(|shape| shape.traits.retryable.as_ref());
    let says_model = retryable.is_some_and(|retryable| retryable.throttling);
    says_model || error.status == 429 || THROTTLING.contains(&name)
}
