//! What the local proxy says of itself, under the console's own headings.

use formsmith_run::{Failure, ProxyFailure};
use formsmith_wire::Code;

/// After a failure of which nobody can say how far the request came.
pub const UNKNOWN: &str = "Whether the request was carried out is not known. Check the resources before you send it again.";
/// Where credentials have run out.
pub const SIGN_IN_AGAIN: &str = "Sign in again";

/// What happened, in a few words; the proxy's own sentence for a code that is not known here.
pub fn proxy_title(failure: &ProxyFailure) -> &str {
    let Some(code) = failure.known() else {
        return match failure.message.as_str() {
            "" => "The local proxy refused the request",
            message => message,
        };
    };
    match code {
        Code::TokenMissing
        | Code::TokenWrong
        | Code::TicketUsed
        | Code::TicketExpired
        | Code::TicketWrong => "Get a new address from the proxy",
        Code::CodeUsed => "This address has been used before",
        Code::CodeExpired => "This address is too old",
        Code::CodeWrong => "This address is from another start of the proxy",
        Code::NotFound | Code::NoSite => "The proxy has nothing at this address",
        Code::HostMissing | Code::HostMalformed | Code::HostNotAllowed => {
            "The proxy doesn't answer at this address"
        }
        Code::OriginMalformed | Code::OriginNotAllowed | Code::SiteNotAllowed => {
            "The proxy doesn't answer this page"
        }
        Code::ForwardedNotAllowed => "The proxy doesn't sign for a development server",
        Code::ServiceNotAllowed => "The proxy doesn't sign for this service",
        Code::RegionNotAllowed => "The proxy doesn't sign for this region",
        Code::OperationNotAllowed => "The proxy doesn't sign this operation",
        Code::WriteNotAllowed => "The proxy only lets reading through",
        Code::ConsentMissing => "The request was not reviewed",
        Code::ConsentUnknown => "The proxy knows nothing of this review",
        Code::ConsentUnconfirmed => "The review was not confirmed",
        Code::ConsentExpired => "The review is too old",
        Code::ConsentUsed => "The review has been used before",
        Code::ConsentWithdrawn => "The review was withdrawn",
        Code::ConsentWrong => "The review was for a different request",
        Code::IdentityChanged => "You are signed in as another account than the one you reviewed",
        Code::RequestTooLarge | Code::HeadersTooLarge => "The request is too large",
        Code::RequestTimeout | Code::RequestCutOff => "The request did not reach the proxy whole",
        Code::Busy | Code::TooManyConnections => "The proxy is busy",
        Code::Internal => "The proxy made a mistake",
        Code::AuditUnwritable => "The proxy can't record what it does",
        Code::NoCredentials => "Not signed in",
        Code::CredentialsExpired => SIGN_IN_AGAIN,
        Code::CredentialsTimeout => "The credentials did not come in time",
        Code::CredentialsFailed => "The credentials can't be had",
        Code::IdentityNotTold => "AWS does not say whose credentials these are",
        Code::ClockSkew => "This computer's clock is wrong",
        Code::TargetMalformed
        | Code::TargetTooLong
        | Code::RequestMalformed
        | Code::BodyMalformed
        | Code::ConsentMalformed
        | Code::LengthRequired
        | Code::MethodNotAllowed
        | Code::ContentTypeNotAllowed
        | Code::NotSendable => "The proxy can't send this request",
        Code::UpstreamDns => "The endpoint's name can't be found",
        Code::UpstreamUnreachable => "The endpoint can't be reached",
        Code::UpstreamTls => "No secure connection to the endpoint",
        Code::UpstreamConnectTimeout => "No connection to the endpoint in time",
        Code::UpstreamFirstByteTimeout => "No answer in time",
        Code::UpstreamTotalTimeout => "The answer took too long",
        Code::UpstreamReset => "The connection broke off before an answer came",
        Code::UpstreamCutOff => "The answer was cut off",
        Code::UpstreamGarbled => "The answer can't be understood",
        Code::UpstreamRedirect => "The answer is a redirect",
        Code::UpstreamTooLarge => "The answer is too large",
        Code::Stopping => "The proxy is stopping",
        Code::MoveMalformed | Code::MoveUnknown => "The move to the proxy's own address failed",
    }
}

/// Of a pass that was refused where the page has a session all the same.
pub fn session_goes_on(why: &Failure) -> String {
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
    let undone = match failure.known() {
        _ if !failure.is_undone => return message(failure).to_owned(),
        // AWS may have had it, and turned it away unread.
        Some(Code::CredentialsExpired | Code::ClockSkew) => "Nothing was carried out.",
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
