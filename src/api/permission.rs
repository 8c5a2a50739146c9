//! What has to be allowed for an operation, in the terms of IAM.

use crate::json;
use crate::model::{Operation, Service};
use serde_json::json;

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
