//! Why there is no answer of a service to pass on, and whether anything may have been done.

use crate::config::Limits;
use crate::connect::{NoSuchName, TookTooLong};
use crate::failure::Failure;
use crate::http::{HeaderMap, HeaderName, StatusCode};
use crate::policy;
use crate::pool::NoHead;
use formsmith_wire::Code;
use std::error::Error;
use std::io;

const CHECK: &str = "Check the network, the endpoint and the region, then send again.";
const UNKNOWN: &str = "It's not known whether the request was carried out: check the resources \
                       before you send it again.";

/// What became of an answer that had begun.
pub enum Broken {
    TookTooLong,
    /// Nothing more of a file came.
    Stalled,
    TooLong,
    CutOff,
}

/// There is not even the head of an answer.
pub fn no_head(host: &str, error: &NoHead, limits: &Limits) -> Failure {
    match error {
        NoHead::Connect(error) => no_connection(host, &**error, limits),
        NoHead::Sent(error) if error.is_parse() => garbled(host),
        // After the handshake the request was on its way: a broken TLS record then is a broken
        // answer.
        NoHead::Sent(_) => reset(host),
    }
}

/// Nothing was sent.
fn no_connection(host: &str, error: &(dyn Error + 'static), limits: &Limits) -> Failure {
    if find::<NoSuchName>(error).is_some() {
        return Failure::upstream(
            Code::UpstreamDns,
            format!("The host name {host} can't be resolved."),
            CHECK,
        );
    }
    if find::<TookTooLong>(error).is_some() {
        return Failure::new(
            StatusCode::GATEWAY_TIMEOUT,
            Code::UpstreamConnectTimeout,
            format!(
                "Connecting to {host} took longer than {} seconds.",
                limits.connect.as_secs_f32()
            ),
            CHECK,
        );
    }
    if find::<rustls::Error>(error).is_some() {
        return Failure::upstream(
            Code::UpstreamTls,
            format!(
                "No secure connection to {host} could be made: its certificate or its TLS was \
                 refused."
            ),
            "Check the endpoint, and this system's root certificates and clock.",
        );
    }
    Failure::upstream(
        Code::UpstreamUnreachable,
        format!("Connecting to {host} failed."),
        CHECK,
    )
}

/// What came is no answer of a service.
pub fn garbled(host: &str) -> Failure {
    let message = format!("{host} did not answer in HTTP.");
    Failure::upstream(Code::UpstreamGarbled, message, UNKNOWN).perhaps_sent()
}

/// The connection ended after the request was sent.
pub fn reset(host: &str) -> Failure {
    let message = format!("The connection to {host} closed before an answer arrived.");
    Failure::upstream(Code::UpstreamReset, message, UNKNOWN).perhaps_sent()
}

/// The service took the request and is silent.
pub fn no_first_byte(host: &str, limits: &Limits) -> Failure {
    let limit = limits.first_byte.min(limits.total);
    Failure::new(
        StatusCode::GATEWAY_TIMEOUT,
        Code::UpstreamFirstByteTimeout,
        format!(
            "{host} accepted the request but did not begin to answer within {} seconds.",
            limit.as_secs_f32()
        ),
        UNKNOWN,
    )
    .perhaps_sent()
}

/// The answer began with this status and has no end.
pub fn no_end(host: &str, status: StatusCode, broken: &Broken, limits: &Limits) -> Failure {
    let status = status.as_u16();
    let (http, code, message) = match broken {
        Broken::TookTooLong => (
            StatusCode::GATEWAY_TIMEOUT,
            Code::UpstreamTotalTimeout,
            format!(
                "{host} began to answer with HTTP {status}, but the answer was not complete \
                 within {} seconds.",
                limits.total.as_secs_f32()
            ),
        ),
        Broken::Stalled => (
            StatusCode::GATEWAY_TIMEOUT,
            Code::UpstreamTotalTimeout,
            format!(
                "{host} began to answer with HTTP {status}, but nothing more of the answer came \
                 for {} seconds.",
                limits.file_part.as_secs_f32()
            ),
        ),
        Broken::TooLong => (
            StatusCode::BAD_GATEWAY,
            Code::UpstreamTooLarge,
            format!(
                "The answer of {host} (HTTP {status}) is larger than {} bytes, the most the proxy \
                 accepts.",
                limits.answer_bytes
            ),
        ),
        Broken::CutOff => (
            StatusCode::BAD_GATEWAY,
            Code::UpstreamCutOff,
            format!(
                "{host} answered with HTTP {status}, but the connection closed before the whole \
                 answer arrived."
            ),
        ),
    };
    Failure::new(http, code, message, UNKNOWN).perhaps_sent()
}

/// A signed request is not sent elsewhere.
pub fn redirected(host: &str, status: StatusCode, headers: &HeaderMap) -> Failure {
    let failure = Failure::upstream(
        Code::UpstreamRedirect,
        format!(
            "{host} answered with a redirect (HTTP {}), which was not followed.",
            status.as_u16()
        ),
        "Check the endpoint and the region, and check the resources before you send it again.",
    );
    // S3 says where a bucket is.
    let region = headers.get(BUCKET_REGION).and_then(|it| it.to_str().ok());
    Failure {
        region: region
            .filter(|it| policy::names_a_region(it))
            .map(str::to_owned),
        ..failure.perhaps_sent()
    }
}

pub const BUCKET_REGION: HeaderName = HeaderName::from_static(formsmith_wire::BUCKET_REGION);

/// The first cause of this type. What an `io::Error` wraps is not among its sources.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    if let Some(found) = error.downcast_ref::<E>() {
        return Some(found);
    }
    let wrapped = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
        .map(|inner| inner as &(dyn Error + 'static));
    find(wrapped.or_else(|| error.source())?)
}
