//! The person's consent to exactly one request, given in the console's review.
//!
//! It is the hash of method, path, target and body: a request that differs in any of them has
//! none. The session token keeps others from making one up; the hash keeps the console from
//! sending anything but what was reviewed.

use crate::failure::Failure;
use crate::guard::single;
use crate::http::request::Parts;
use crate::http::{HeaderName, StatusCode};
use crate::identity::Identity;
use formsmith_api::consent::head;
use sha2::{Digest, Sha256};

const CONSENT: HeaderName = HeaderName::from_static("x-formsmith-consent");
const IDENTITY: HeaderName = HeaderName::from_static("x-formsmith-identity");
const REVIEW: &str = "Send it from the console, and confirm its review.";

/// What a consent is given to: SHA-256 in hexadecimal.
pub fn hash(method: &str, path: &str, target: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(head(method, path, target));
    hash.update(body);
    hex::encode(hash.finalize())
}

/// Refuses a request whose sender did not consent to what has this hash.
pub fn check(request: &Parts, hash: &str) -> Result<(), Failure> {
    match single(&request.headers, &CONSENT) {
        Ok(Some(consent)) if consent == hash => Ok(()),
        Ok(None) => Err(Failure::forbidden(
            "consent-missing",
            "The request can change something and has no consent of the person who sends it.",
            REVIEW,
        )),
        _ => Err(Failure::forbidden(
            "consent-wrong",
            "The consent that came with the request is to another request.",
            REVIEW,
        )),
    }
}

/// Whose name was in the review: the label of an identity.
pub fn reviewed_identity(request: &Parts) -> Result<&str, Failure> {
    let label = single(&request.headers, &IDENTITY).ok().flatten();
    label.and_then(|label| label.to_str().ok()).ok_or_else(|| {
        Failure::forbidden(
            "identity-missing",
            "The request can change something and does not say in whose name it was reviewed.",
            REVIEW,
        )
    })
}

/// Are the credentials still those of the reviewed identity?
pub fn same_identity(reviewed: &str, now: &Identity) -> Result<(), Failure> {
    if reviewed == now.label() {
        return Ok(());
    }
    // Whether they are another's, nobody knows.
    if let Identity::Unknown { why, .. } = now {
        return Err(why.clone());
    }
    Err(Failure::new(
        StatusCode::CONFLICT,
        "identity-changed",
        "The credentials are not those of the identity that the request was reviewed for.",
        "Review the request again: it would be sent in another name now.",
    ))
}
