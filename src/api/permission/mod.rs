//! What has to be allowed for an operation, in the terms of IAM.

use crate::curated::DENIED;
use crate::json;
use crate::model::{Operation, Service};
use crate::protocol::ServiceError;
use serde_json::json;

/// Does the error say that a permission is missing?
pub fn is_denied(error: &ServiceError) -> bool {
    let name = error.name.as_deref().unwrap_or_default();
    matches!(error.status, 400 | 403) && DENIED.iter().any(|begin| name.starts_with(begin))
}

/// The IAM action of an operation: `prefix:OperationName`.
pub fn action(service: &Service, operation: &Operation) -> String {
    format!("{}:{}", service.iam_prefix, operation.name())
}

/// The smallest policy document that allows it, as text for people.
pub fn policy(service: &Service, operation: &Operation) -> String {
    json::indented(&json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Action": action(service, operation),
            "Resource": "*"
        }]
    }))
}
