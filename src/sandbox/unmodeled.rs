//! Errors that AWS's front ends give for any operation and the models don't list.

use crate::answer::ServiceError;
use formsmith_api::model::Protocol;

pub const SERIALIZATION: &str = "SerializationException";
pub const UNKNOWN_OPERATION: &str = "UnknownOperationException";
pub const VALIDATION: &str = "ValidationException";
pub const INTERNAL: &str = "InternalFailure";
const MEDIA_TYPE: &str = "UnsupportedMediaTypeException";
const NOT_IMPLEMENTED: &str = "NotImplementedException";

/// How to have a request answered all the same.
const ELSEWHERE: &str = "To send this request to AWS, start the local proxy with --target aws; to \
                         an emulator such as moto, with --endpoint as well.";

/// What is said of credentials that are not taken.
const CREDENTIALS: [&str; 5] = [
    "MissingAuthenticationTokenException",
    "IncompleteSignatureException",
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "ExpiredTokenException",
];

/// The namespace an error has when the operation's model doesn't list it, and its status.
pub fn origin(shape: &str, protocol: Protocol) -> (&'static str, u16) {
    match shape {
        // The JSON protocols have 400 for it.
        _ if protocol == Protocol::RestJson1 && CREDENTIALS.contains(&shape) => {
            ("com.amazon.coral.service", 403)
        }
        VALIDATION => ("com.amazon.coral.validate", 400),
        INTERNAL => ("com.amazon.coral.service", 500),
        MEDIA_TYPE => ("com.amazon.coral.service", 415),
        // AWS has every operation of its models, so this one is the sandbox's own: it refuses, and has
        // not failed.
        NOT_IMPLEMENTED => ("formsmith.sandbox", 400),
        _ => ("com.amazon.coral.service", 400),
    }
}

pub fn serialization(reason: impl Into<String>) -> ServiceError {
    ServiceError::new(SERIALIZATION, reason)
}

/// `played` is what the sandbox does play.
pub fn unknown_operation(played: &str) -> ServiceError {
    let message =
        format!("The sandbox plays no operation of this name. It plays {played}. {ELSEWHERE}");
    ServiceError::new(UNKNOWN_OPERATION, message)
}

pub fn media_type(expected: &str) -> ServiceError {
    let message = format!("The content type of the request must be {expected}.");
    ServiceError::new(MEDIA_TYPE, message)
}

pub fn not_played(operation: &str, played: &str) -> ServiceError {
    let message = format!("The sandbox does not play {operation}. It plays {played}. {ELSEWHERE}");
    ServiceError::new(NOT_IMPLEMENTED, message)
}
