//! Signature version 4.

use crate::clock::can_be_signed;
use crate::credentials::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign as sigv4};
use aws_sigv4::sign::v4;
use formsmith_api::http::HttpRequest;
use std::fmt;
use std::time::SystemTime;

/// The part of the credential scope that depends on the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope<'a> {
    pub region: &'a str,
    /// The service's signing name.
    pub service: &'a str,
}

/// A request that can't be written as a canonical request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSignable;

impl fmt::Display for NotSignable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request can't be signed")
    }
}

impl std::error::Error for NotSignable {}

/// The headers that make a request a signed one: `x-amz-date`, `authorization` and, with
/// temporary credentials, `x-amz-security-token`. All headers the request has are signed, and
/// `host`, which is that of the address it is sent to.
pub fn sign(
    request: &HttpRequest,
    host: &str,
    scope: Scope<'_>,
    credentials: &Credentials,
    time: SystemTime,
) -> Result<Vec<(String, String)>, NotSignable> {
    if !can_be_signed(time) {
        return Err(NotSignable);
    }
    let identity = credentials.clone().into();
    let settings = v4::SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(time)
        .settings(SigningSettings::default())
        .build()
        .map_err(|_| NotSignable)?
        .into();
    let headers = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain([("host", host)]);
    let signable = SignableRequest::new(
        &request.method,
        format!("https://{host}{}", request.path),
        headers,
        SignableBody::Bytes(&request.body),
    )
    .map_err(|_| NotSignable)?;
    let (instructions, _) = sigv4(signable, &settings)
        .map_err(|_| NotSignable)?
        .into_parts();
    Ok(instructions
        .headers()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect())
}
