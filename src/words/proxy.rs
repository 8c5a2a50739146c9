//! What the local proxy says of itself, under the console's own headings.

use crate::{failure_title, sentences, spoken, texts};
use formsmith_run::{Failure, ProxyFailure};
use formsmith_wire::Code;

/// What happened, in a few words; the proxy's own sentence for a code that is not known here.
#[must_use]
pub fn proxy_title(failure: &ProxyFailure) -> &str {
    let Some(code) = failure.known() else {
        return match failure.message.as_str() {
            "" => texts::proxy_refused(),
            message => message,
        };
    };
    match code {
        Code::TokenMissing
        | Code::TokenWrong
        | Code::TicketUsed
        | Code::TicketExpired
        | Code::TicketWrong => texts::proxy_new_address(),
        Code::CodeUsed => texts::proxy_code_used(),
        Code::CodeExpired => texts::proxy_code_expired(),
        Code::CodeWrong => texts::proxy_code_wrong(),
        Code::NotFound | Code::NoSite => texts::proxy_not_found(),
        Code::HostMissing | Code::HostMalformed | Code::HostNotAllowed => texts::proxy_host(),
        Code::OriginMalformed | Code::OriginNotAllowed | Code::SiteNotAllowed => {
            texts::proxy_origin()
        }
        Code::ForwardedNotAllowed => texts::proxy_forwarded(),
        Code::ServiceNotAllowed => texts::proxy_service(),
        Code::ProfileMissing => texts::proxy_no_profile(),
        Code::ProfileUnknown => texts::proxy_profile(),
        Code::RegionNotAllowed => texts::proxy_region(),
        Code::OperationNotAllowed => texts::proxy_operation(),
        Code::WriteNotAllowed => texts::proxy_write(),
        Code::SecretNotAllowed => texts::proxy_secret(),
        Code::CredentialsNotAllowed => texts::proxy_credentials(),
        Code::DestroyNotAllowed => texts::proxy_destroy(),
        Code::PermissionsNotAllowed => texts::proxy_permissions(),
        Code::OperationDenied => texts::proxy_denied(),
        Code::PersonNotAllowed => texts::proxy_person_not_allowed(),
        Code::PersonUnknown => texts::proxy_person_unknown(),
        Code::AccountNotAllowed => texts::proxy_account(),
        Code::EndpointRefused => texts::proxy_endpoint(),
        Code::ConsentMissing => texts::consent_missing(),
        Code::ConsentUnknown => texts::consent_unknown(),
        Code::ConsentUnconfirmed => texts::consent_unconfirmed(),
        Code::ConsentExpired => texts::consent_expired(),
        Code::ConsentUsed => texts::consent_used(),
        Code::ConsentWithdrawn => texts::consent_withdrawn(),
        Code::ConsentWrong => texts::consent_wrong(),
        Code::IdentityChanged => texts::identity_changed(),
        Code::RequestTooLarge | Code::HeadersTooLarge => texts::proxy_too_large(),
        Code::RequestTimeout | Code::RequestCutOff => texts::proxy_incomplete(),
        Code::FileNotAllowed => texts::proxy_no_file(),
        Code::FileMismatch => texts::proxy_file_mismatch(),
        Code::FileCutOff => texts::proxy_file_cut_off(),
        Code::FileNotTaken => texts::proxy_file_not_taken(),
        Code::Busy | Code::TooManyConnections => texts::proxy_busy(),
        Code::Internal => texts::proxy_internal(),
        Code::AuditUnwritable => texts::proxy_audit(),
        Code::NoCredentials => texts::not_signed_in(),
        Code::CredentialsExpired => texts::sign_in_again(),
        Code::SignInNeeded => texts::sign_in_needed(),
        Code::SignInNotNeeded => texts::sign_in_not_needed(),
        Code::SignInFailed | Code::SignInUnknown => texts::sign_in_failed(),
        Code::MfaCodeWrong => texts::mfa_code_wrong(),
        Code::CredentialsTimeout => texts::credentials_timeout(),
        Code::CredentialsFailed => texts::credentials_failed(),
        Code::IdentityNotTold => texts::account_not_confirmed(),
        Code::ClockSkew => texts::clock_wrong(),
        Code::TargetMalformed
        | Code::TargetTooLong
        | Code::RequestMalformed
        | Code::BodyMalformed
        | Code::ConsentMalformed
        | Code::LengthRequired
        | Code::MethodNotAllowed
        | Code::ContentTypeNotAllowed
        | Code::NotSendable => texts::proxy_not_sendable(),
        Code::UpstreamDns => texts::endpoint_name(),
        Code::UpstreamUnreachable => texts::endpoint_unreachable(),
        Code::UpstreamTls => texts::endpoint_tls(),
        Code::UpstreamConnectTimeout => texts::endpoint_connect_timeout(),
        Code::UpstreamFirstByteTimeout => texts::no_answer_in_time(),
        Code::UpstreamTotalTimeout => texts::answer_too_slow(),
        Code::UpstreamReset => texts::connection_lost(),
        Code::UpstreamCutOff => texts::answer_cut_off(),
        Code::UpstreamGarbled => texts::not_understood(),
        Code::UpstreamRedirect => texts::redirect(),
        Code::UpstreamTooLarge => texts::answer_too_large(),
        Code::Stopping => texts::proxy_stopping(),
        Code::MoveMalformed | Code::MoveUnknown => texts::proxy_move_failed(),
    }
}

/// Of a pass that was refused where the page has a session all the same.
#[must_use]
pub fn session_goes_on(why: &Failure) -> String {
    spoken(&failure_title(why), texts::session_kept())
}

/// The proxy's own words beneath the heading: what happened, and what to do.
#[must_use]
pub fn proxy_words(failure: &ProxyFailure) -> String {
    sentences(&[message(failure), &failure.action])
}

/// What came of a request that the proxy has no answer for. Where nobody knows, the proxy's
/// advice is the same in other words, and stands with the result.
#[must_use]
pub fn proxy_detail(failure: &ProxyFailure) -> String {
    let undone = match failure.known() {
        _ if !failure.is_undone => return message(failure).to_owned(),
        // AWS may have had it, and turned it away unread.
        Some(Code::CredentialsExpired | Code::ClockSkew) => texts::nothing_carried_out(),
        // A part of it may have gone out.
        Some(Code::FileMismatch | Code::FileCutOff | Code::FileNotTaken) => {
            texts::nothing_carried_out()
        }
        _ => texts::nothing_sent_sentence(),
    };
    sentences(&[undone, message(failure), &failure.action])
}

/// What happened, unless the heading says it.
fn message(failure: &ProxyFailure) -> &str {
    match failure.message.as_str() {
        message if message == proxy_title(failure) => "",
        message => message,
    }
}
