//! What of a request goes on: to a service, or to the sandbox.

use crate::http::{HeaderMap, HeaderName, HeaderValue};
use crate::models::Found;
use crate::sending::{Content, Unsigned};
use formsmith_api::http::HttpRequest;

/// The headers that go to a service: those its protocol has, those the operation binds, what only
/// AWS's own clients know of, and no others.
pub fn sent_up(found: &Found<'_>, headers: &HeaderMap) -> Vec<(HeaderName, HeaderValue)> {
    let protocol = found.service.protocol;
    let is_rest = protocol.is_rest();
    let of_protocol = |name: &HeaderName| match name.as_str() {
        "content-type" => true,
        "x-amz-target" => protocol.is_json() && !is_rest,
        "x-amzn-query-mode" | "smithy-protocol" => !is_rest,
        "content-md5" | "x-amz-sdk-checksum-algorithm" => !found.service.is_built_in,
        name => !found.service.is_built_in && name.starts_with("x-amz-checksum-"),
    };
    let operation = found.operation;
    let is_bound = |name: &HeaderName| operation.is_some_and(|it| it.sent.has(name));
    let needed = operation.and_then(|it| it.needed);
    let is_needed =
        |name: &HeaderName| needed.is_some_and(|own| name.as_str().eq_ignore_ascii_case(own));
    let sent = headers
        .iter()
        .filter(|(name, _)| of_protocol(name) || is_bound(name) || is_needed(name))
        .filter(|(_, value)| value.to_str().is_ok());
    sent.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The value of a header that was taken because it is text.
pub fn text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or_default()
}

/// As the sandbox, which knows nothing of HTTP's types, takes it.
pub fn as_pure(request: Unsigned) -> HttpRequest {
    let headers = request.headers.iter();
    HttpRequest {
        host_prefix: String::new(),
        method: request.method.to_string(),
        path: request.path,
        headers: headers
            .map(|(name, value)| (name.to_string(), text(value).to_owned()))
            .collect(),
        body: match request.body {
            Content::Whole(bytes) => bytes.into(),
            // None of its requests brings one.
            Content::File(_) => Vec::new(),
        },
        file: None,
    }
}
