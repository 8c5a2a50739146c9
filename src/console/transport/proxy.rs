//! The local proxy, on the page's own origin.

use super::Destination;
use super::fetch::{Fetch, Payload};
use super::files::{Files, sent_file};
use formsmith_api::file::FileRef;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::json;
use formsmith_run::{Failure, ProxyFailure};
use formsmith_wire::header;

/// Longer than the proxy itself waits, for credentials, STS and the service twice, so that its
/// own account of a timeout arrives first.
const TIMEOUT_SECONDS: u32 = 100;

/// A name that may have any characters, for a header or an address.
pub(super) fn encoded(name: &str) -> String {
    js_sys::encode_uri_component(name).into()
}

/// Where a request goes, from the proxy's root.
pub(super) fn address(to: Destination<'_>, request: &HttpRequest) -> String {
    format!("api/{}/{}{}", to.service, to.region, request.path)
}

/// Headers that browsers set themselves, and drop in silence where a page sets them.
const FORBIDDEN: [&str; 17] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "cookie",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "te",
    "trailer",
    "upgrade",
    "via",
];

/// The headers that a page can send. The browser itself says how long a body is.
pub(super) fn headers(request: &HttpRequest) -> Result<Vec<(&str, &str)>, Failure> {
    let length = match &request.file {
        Some(file) => file.size(),
        None => request.body.len() as u64,
    };
    let mut sent = Vec::new();
    for (name, value) in &request.headers {
        let lower = name.to_ascii_lowercase();
        if lower == "content-length" && value.parse() == Ok(length) {
            continue;
        }
        let is_of_browsers = lower.starts_with("sec-") || lower.starts_with("proxy-");
        if is_of_browsers || lower == "content-length" || FORBIDDEN.contains(&&*lower) {
            let name = name.clone();
            return Err(Failure::HeaderForbidden { name });
        }
        sent.push((name.as_str(), value.as_str()));
    }
    Ok(sent)
}

pub(super) async fn send(
    token: Option<&str>,
    to: Destination<'_>,
    request: &HttpRequest,
    consent: Option<&str>,
    files: &Files,
) -> Result<HttpResponse, Failure> {
    let address = address(to, request);
    let of_request = headers(request)?;
    let digest = request.file.as_ref().and_then(FileRef::sha_256);
    let profile = to.profile.map(encoded);
    let own = [
        (header::TOKEN, token),
        (header::PROFILE, profile.as_deref()),
        (header::CONSENT, consent),
        (header::OPERATION, Some(to.operation)),
        (header::BODY_SHA256, digest.as_deref()),
        (header::ANSWER, files.target.as_ref().map(|_| header::FILE)),
    ];
    let own = own
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    let fetch = Fetch {
        method: &request.method,
        address: &address,
        headers: of_request.into_iter().chain(own).collect(),
        body: match &request.file {
            Some(file) => Payload::File(sent_file(file).await?),
            None => Payload::Bytes(&request.body),
        },
        // A file takes as long as it takes; the proxy sees to it that it gets on.
        seconds: files.stop.is_none().then_some(TIMEOUT_SECONDS),
        stop: files.stop.clone(),
    };
    let arriving = match fetch.begin().await {
        // A browser does not say that it was the file that it could not read.
        Err(Failure::Unreachable) if let Some(file) = &request.file => {
            sent_file(file).await?;
            return Err(Failure::Unreachable);
        }
        arriving => arriving?,
    };
    understood(files.receive(arriving).await?)
}

/// Tells the services' answers from the proxy's own.
pub(super) fn understood(response: HttpResponse) -> Result<HttpResponse, Failure> {
    if let Some(code) = response.header(header::ERROR) {
        let told = json::parse(&response.body).unwrap_or_default();
        return Err(Failure::Proxy(ProxyFailure {
            code: code.to_owned(),
            ..ProxyFailure::read(&told)
        }));
    }
    // So answers `trunk serve` for a proxy that isn't running.
    let has_id = formsmith_api::outcome::request_id(&response).is_some();
    if matches!(response.status, 500 | 502 | 504) && response.body.is_empty() && !has_id {
        return Err(Failure::Unreachable);
    }
    let headers = header::as_answered(response.headers);
    Ok(HttpResponse {
        headers,
        ..response
    })
}
