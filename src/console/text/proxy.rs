//! What the local proxy says of itself, under the console's own headings.

use crate::transport::{ProxyFailure, TransportFailure};

/// After a failure of which nobody can say how far the request came.
pub const UNKNOWN: &str = "Whether the request was carried out is not known. Look at the resources before you send it again.";
/// Where credentials have run out.
pub const SIGN_IN_AGAIN: &str = "Sign in again";

/// What happened, in a few words; the proxy's own sentence for a code that is not known here.
pub fn proxy_title(failure: &ProxyFailure) -> &str {
    match failure.code.as_str() {
        "token-missing" | "token-wrong" | "ticket-used" | "ticket-expired" | "ticket-wrong" => {
            "Get a new address from the proxy"
        }
        "code-used" => "This address has been used before",
        "code-expired" => "This address is too old",
        "code-wrong" => "This address is from another start of the proxy",
        "not-found" | "no-site" => "The proxy has nothing at this address",
        "host-missing" | "host-malformed" | "host-not-allowed" => {
            "The proxy doesn't answer at this address"
        }
        "origin-malformed" | "origin-not-allowed" | "site-not-allowed" => {
            "The proxy doesn't answer this page"
        }
        "forwarded-not-allowed" => "The proxy doesn't sign for a development server",
        "service-not-allowed" => "The proxy doesn't sign for this service",
        "region-not-allowed" => "The proxy doesn't sign for this region",
        "operation-not-allowed" => "The proxy doesn't sign this operation",
        "write-not-allowed" => "The proxy only lets reading through",
        "consent-missing" => "The request was not reviewed",
        "consent-unknown" => "The proxy knows nothing of this review",
        "consent-unconfirmed" => "The review was not confirmed",
        "consent-expired" => "The review is too old",
        "consent-used" => "The review has been used before",
        "consent-withdrawn" => "The review was withdrawn",
        "consent-wrong" => "The review was for a different request",
        "identity-changed" => "You are signed in as another account than the one you reviewed",
        "request-too-large" | "headers-too-large" => "The request is too large",
        "request-timeout" | "request-cut-off" => "The request did not reach the proxy whole",
        "busy" | "too-many-connections" => "The proxy is busy",
        "internal" => "The proxy made a mistake",
        "audit-unwritable" => "The proxy can't record what it does",
        "no-credentials" => "Not signed in",
        "credentials-expired" => SIGN_IN_AGAIN,
        "credentials-timeout" => "The credentials did not come in time",
        "credentials-failed" => "The credentials can't be had",
        "identity-not-told" => "AWS does not say whose credentials these are",
        "clock-skew" => "This computer's clock is wrong",
        "target-malformed"
        | "length-required"
        | "method-not-allowed"
        | "content-type-not-allowed"
        | "not-sendable" => "The proxy can't send this request",
        "upstream-dns" => "The endpoint's name can't be found",
        "upstream-unreachable" => "The endpoint can't be reached",
        "upstream-tls" => "No secure connection to the endpoint",
        "upstream-connect-timeout" => "No connection to the endpoint in time",
        "upstream-first-byte-timeout" => "No answer in time",
        "upstream-total-timeout" => "The answer took too long",
        "upstream-reset" => "The connection broke off before an answer came",
        "upstream-cut-off" => "The answer was cut off",
        "upstream-garbled" => "The answer can't be understood",
        "upstream-redirect" => "The answer is a redirect",
        "upstream-too-large" => "The answer is too large",
        _ if failure.message.is_empty() => "The local proxy refused the request",
        _ => &failure.message,
    }
}

/// Of a pass that was refused where the page has a session all the same.
pub fn session_goes_on(why: &TransportFailure) -> String {
    super::spoken(
        &super::failure_title(why),
        "This page goes on with the session it has.",
    )
}

/// The proxy's own words beneath the heading: what happened, and what to do.
pub fn proxy_words(failure: &ProxyFailure) -> String {
    joined([message(failure), &failure.action])
}

/// What came of a request that the proxy has no answer for. Where nobody knows, the proxy's
/// advice is the same in other words, and stands with the result.
pub fn proxy_detail(failure: &ProxyFailure) -> String {
    let undone = match failure.code.as_str() {
        _ if !failure.is_undone => return message(failure).to_owned(),
        // AWS may have had it, and turned it away unread.
        "credentials-expired" | "clock-skew" => "Nothing was carried out.",
        _ => "Nothing was sent.",
    };
    joined([undone, &proxy_words(failure)])
}

/// What happened, unless the heading says it.
fn message(failure: &ProxyFailure) -> &str {
    match failure.message.as_str() {
        message if message == proxy_title(failure) => "",
        message => message,
    }
}

fn joined(sentences: [&str; 2]) -> String {
    sentences.join(" ").trim().to_owned()
}
