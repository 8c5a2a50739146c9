//! What a service says of the signature of a request. Whether it is right, only the host of the
//! sandbox can tell: it has the secret.

use crate::answer::ServiceError;

/// What the host found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Signature {
    /// Nobody looked: the sandbox has no credentials.
    #[default]
    NotChecked,
    Valid,
    /// There is none.
    Missing,
    /// It lacks a part, or a part is not what it should be.
    Incomplete,
    /// It was made with other keys than those the sandbox knows.
    UnknownKey,
    /// Its time is not near the service's.
    Expired,
    /// It is not that of this request.
    Wrong,
}

pub fn check(signature: Signature) -> Result<(), ServiceError> {
    let (shape, message) = match signature {
        Signature::NotChecked | Signature::Valid => return Ok(()),
        Signature::Missing => (
            "MissingAuthenticationTokenException",
            "The request has no Authorization header.",
        ),
        Signature::Incomplete => (
            "IncompleteSignatureException",
            "The Authorization header lacks a part, or a part of it can't be read.",
        ),
        Signature::UnknownKey => (
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        ),
        Signature::Expired => (
            "InvalidSignatureException",
            "Signature expired: the time of the request is not within 5 minutes of the service's.",
        ),
        Signature::Wrong => (
            "InvalidSignatureException",
            "The signature of the request is not the one that the service calculated.",
        ),
    };
    Err(ServiceError::new(shape, message))
}
