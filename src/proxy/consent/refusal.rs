//! Why a request, a proposal or a confirmation is refused.

use super::Kind;
use crate::failure::Failure;
use crate::http::StatusCode;
use crate::limits::{
    CONSENT_ATTEMPTS, CONSENT_LIST_MINUTES, CONSENT_LIST_REQUESTS, CONSENT_PROPOSALS,
    CONSENT_REQUESTS,
};
use formsmith_wire::Code;

const REVIEW: &str = "Send it from the console, and confirm its review.";
const ALREADY: &str = "Check the result of the request before you review it again.";
const AGAIN: &str = "Review the request again in the console, and confirm it.";

pub fn missing() -> Failure {
    Failure::forbidden(
        Code::ConsentMissing,
        "The request can change something, and you have not consented to it.",
        REVIEW,
    )
}

pub fn repeated() -> Failure {
    Failure::forbidden(
        Code::ConsentWrong,
        "The request has its consent, or the proof that belongs to it, more than once.",
        REVIEW,
    )
}

pub fn malformed_header() -> Failure {
    Failure::forbidden(
        Code::ConsentWrong,
        "The consent sent with the request, or the proof that belongs to it, is malformed.",
        REVIEW,
    )
}

pub fn unknown() -> Failure {
    Failure::forbidden(
        Code::ConsentUnknown,
        "The proxy does not know this consent. It may have been restarted, or have dropped the consent.",
        AGAIN,
    )
}

pub fn elsewhere() -> Failure {
    Failure::forbidden(
        Code::ConsentUnknown,
        "Another copy of the proxy was asked for this consent, and this one knows nothing of it. \
         Nothing was sent.",
        AGAIN,
    )
}

pub fn unconfirmed() -> Failure {
    Failure::forbidden(
        Code::ConsentUnconfirmed,
        "The review of the request was not confirmed.",
        REVIEW,
    )
}

pub fn expired(is_confirmed: bool) -> Failure {
    let message = match is_confirmed {
        true => "The consent to this request has expired.",
        false => "The review was open for too long.",
    };
    Failure::forbidden(Code::ConsentExpired, message, AGAIN)
}

pub fn withdrawn() -> Failure {
    Failure::forbidden(
        Code::ConsentWithdrawn,
        "The consent to this request was withdrawn.",
        AGAIN,
    )
}

/// A replay, or one attempt too many.
pub fn used(kind: &Kind) -> Failure {
    let message = match kind.attempts() {
        1 => "The consent was for sending the request once, and it has been sent.".to_owned(),
        count => format!("The consent was for {count} attempts, and all have been made."),
    };
    Failure::forbidden(Code::ConsentUsed, message, ALREADY)
}

/// An attempt at what an earlier one has done.
pub fn done() -> Failure {
    Failure::forbidden(
        Code::ConsentUsed,
        "The consent was valid until the request succeeded, and it has succeeded.",
        ALREADY,
    )
}

pub fn wrong() -> Failure {
    Failure::forbidden(
        Code::ConsentWrong,
        "The consent sent with the request is for a different request.",
        REVIEW,
    )
}

pub fn identity_changed() -> Failure {
    Failure::new(
        StatusCode::CONFLICT,
        Code::IdentityChanged,
        "The credentials belong to a different identity than the one in the review.",
        "Review the request again: it would now be sent as that identity.",
    )
}

pub fn malformed(what: &str) -> Failure {
    Failure::bad_request(
        Code::ConsentMalformed,
        format!(
            "The proposal can't be read: {what}. A list has at most {CONSENT_LIST_REQUESTS} requests and \
             {CONSENT_LIST_MINUTES} minutes, a request at most {CONSENT_ATTEMPTS} attempts."
        ),
        "Send what the console would send.",
    )
}

pub fn too_many() -> Failure {
    busy(format!(
        "There are already {CONSENT_PROPOSALS} consents that are still valid, the most the proxy \
         remembers."
    ))
}

pub fn too_long() -> Failure {
    busy(format!(
        "With this list, the consents that are still valid would cover more than {CONSENT_REQUESTS} \
         requests, the most the proxy remembers."
    ))
}

fn busy(message: String) -> Failure {
    let action = "Wait until some of them are used or have expired, then try again.";
    Failure::busy(message, action)
}
