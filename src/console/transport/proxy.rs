//! The local proxy, on the page's own origin.

use super::Destination;
use super::fetch::Fetch;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::json;
use formsmith_run::{Failure, ProxyFailure};
use formsmith_wire::header;

/// Longer than the proxy itself waits, for credentials, STS and the service twice, so that its
/// own account of a timeout arrives first.
const TIMEOUT_SECONDS: u32 = 100;

/// Where a request goes, from the proxy's root.
pub(super) fn address(to: Destination<'_>, request: &HttpRequest) -> String {
    format!("api/{}/{}{}", to.service, to.region, request.path)
}

pub(super) async fn send(
    token: Option<&str>,
    to: Destination<'_>,
    request: &HttpRequest,
    consent: Option<&str>,
) -> Result<HttpResponse, Failure> {
    let address = address(to, request);
    let of_request = request.headers.iter();
    let of_request = of_request.map(|(name, value)| (name.as_str(), value.as_str()));
    let own = [
        (header::TOKEN, token),
        (header::CONSENT, consent),
        (header::OPERATION, Some(to.operation)),
    ];
    let own = own
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    let fetch = Fetch {
        method: &request.method,
        address: &address,
        headers: of_request.chain(own).collect(),
        body: &request.body,
        seconds: TIMEOUT_SECONDS,
    };
    understood(fetch.send().await?)
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
    Ok(response)
}
