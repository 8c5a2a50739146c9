//! Checking a signature, as a service would: the request is signed again with the secret that
//! is known here, and both signatures are compared.

use crate::credentials::Credentials;
use crate::limits;
use crate::sign::{Scope, sign};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use formsmith_api::http::HttpRequest;
use formsmith_sandbox::Signature;
use std::time::SystemTime;
use subtle::ConstantTimeEq;

/// The parts of `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
struct Authorization<'a> {
    access_key_id: &'a str,
    date: &'a str,
    scope: Scope<'a>,
    signed_headers: Vec<&'a str>,
    signature: &'a str,
}

/// What a service with these credentials would say of the signature of a request, whose path is
/// the one it was sent to. `service` is the signing name of the service that is asked, where the
/// request names one.
pub fn verify(
    request: &HttpRequest,
    service: Option<&str>,
    credentials: &Credentials,
    now: SystemTime,
) -> Signature {
    let Some(header) = request.header("authorization") else {
        return Signature::Missing;
    };
    let Some(given) = Authorization::read(header) else {
        return Signature::Incomplete;
    };
    let time = request.header("x-amz-date").and_then(time);
    let (Some(time), Some(host)) = (time, request.header("host")) else {
        return Signature::Incomplete;
    };
    let token = request.header("x-amz-security-token");
    if given.access_key_id != credentials.access_key_id() || token != credentials.session_token() {
        return Signature::UnknownKey;
    }
    let apart = now
        .duration_since(time)
        .or_else(|_| time.duration_since(now));
    if apart.is_ok_and(|apart| apart > limits::SANDBOX_SIGNATURE_TIME) {
        return Signature::Expired;
    }
    let is_for_it = service.is_none_or(|service| service == given.scope.service);
    match is_for_it && matches(request, &given, host, credentials, time) {
        true => Signature::Valid,
        false => Signature::Wrong,
    }
}

fn matches(
    request: &HttpRequest,
    given: &Authorization<'_>,
    host: &str,
    credentials: &Credentials,
    time: SystemTime,
) -> bool {
    // Signing adds these itself.
    let is_added = |name: &str| ["host", "x-amz-date", "x-amz-security-token"].contains(&name);
    let headers = request.headers.iter().filter(|(name, _)| {
        let name = name.to_ascii_lowercase();
        given.signed_headers.contains(&name.as_str()) && !is_added(&name)
    });
    let signed = HttpRequest {
        headers: headers.cloned().collect(),
        ..request.clone()
    };
    let Ok(added) = sign(&signed, host, given.scope, credentials, time) else {
        return false;
    };
    let ours = added.iter().find(|(name, _)| name == "authorization");
    let ours = ours.and_then(|(_, value)| Authorization::read(value));
    ours.is_some_and(|ours| {
        ours.date == given.date
            && ours.signed_headers == given.signed_headers
            && bool::from(ours.signature.as_bytes().ct_eq(given.signature.as_bytes()))
    })
}

impl<'a> Authorization<'a> {
    fn read(header: &'a str) -> Option<Self> {
        let parts = header.strip_prefix("AWS4-HMAC-SHA256")?.trim();
        let part = |name: &str| {
            let mut parts = parts.split(',').map(str::trim);
            parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        };
        let credential: Vec<_> = part("Credential")?.split('/').collect();
        let [access_key_id, date, region, service, "aws4_request"] = credential[..] else {
            return None;
        };
        Some(Self {
            access_key_id,
            date,
            scope: Scope { region, service },
            signed_headers: part("SignedHeaders")?.split(';').collect(),
            signature: part("Signature")?,
        })
    }
}

/// The time that `20261121T000000Z` stands for.
fn time(text: &str) -> Option<SystemTime> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    if date.len() != 8 || time.len() != 6 || !text.is_ascii() {
        return None;
    }
    let iso = format!(
        "{}-{}-{}T{}:{}:{}Z",
        &date[..4],
        &date[4..6],
        &date[6..],
        &time[..2],
        &time[2..4],
        &time[4..]
    );
    let time = DateTime::from_str(&iso, Format::DateTime).ok()?;
    SystemTime::try_from(time).ok()
}
