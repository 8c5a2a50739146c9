//! The local proxy, on the page's own origin.

use super::fetch::Fetch;
use super::{Consent, TransportFailure};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::json;
use formsmith_wire::{Code, header};
use serde_json::Value;

/// Longer than the proxy itself waits, for credentials, STS and the service twice, so that its
/// own account of a timeout arrives first.
const TIMEOUT_SECONDS: u32 = 100;

/// What the proxy says of itself when there is no answer of a service to pass on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProxyFailure {
    /// As it came: that of a newer proxy may not be known here.
    pub code: String,
    /// What happened, and what to do: a sentence each, or empty.
    pub message: String,
    pub action: String,
    /// Nothing reached AWS, or AWS refused before it did anything. Otherwise nobody knows.
    pub is_undone: bool,
}

impl ProxyFailure {
    /// Is it that this page has no session with the proxy?
    pub fn is_of_session(&self) -> bool {
        matches!(
            self.known(),
            Some(
                Code::TokenMissing
                    | Code::TokenWrong
                    | Code::CodeUsed
                    | Code::CodeExpired
                    | Code::CodeWrong
                    | Code::TicketUsed
                    | Code::TicketExpired
                    | Code::TicketWrong
            )
        )
    }

    pub fn known(&self) -> Option<Code> {
        Code::parse(&self.code)
    }

    pub(super) fn read(told: &Value) -> Self {
        let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
        Self {
            code: text("code"),
            message: text("message"),
            action: text("action"),
            is_undone: told["sent"] == "no",
        }
    }
}

/// Where a request goes, from the proxy's root.
pub(super) fn address(service: &str, region: &str, request: &HttpRequest) -> String {
    format!("api/{service}/{region}{}", request.path)
}

pub(super) async fn send(
    token: Option<&str>,
    service: &str,
    region: &str,
    request: &HttpRequest,
    consent: Option<&Consent>,
) -> Result<HttpResponse, TransportFailure> {
    let address = address(service, region, request);
    let of_request = request.headers.iter();
    let of_request = of_request.map(|(name, value)| (name.as_str(), value.as_str()));
    let consent = consent.map(|consent| consent.id.as_str());
    let own = [(header::TOKEN, token), (header::CONSENT, consent)];
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
pub(super) fn understood(response: HttpResponse) -> Result<HttpResponse, TransportFailure> {
    if let Some(code) = response.header(header::ERROR) {
        let told = json::parse(&response.body).unwrap_or_default();
        return Err(TransportFailure::Proxy(ProxyFailure {
            code: code.to_owned(),
            ..ProxyFailure::read(&told)
        }));
    }
    // So answers `trunk serve` for a proxy that isn't running.
    let has_id = formsmith_api::outcome::request_id(&response).is_some();
    if matches!(response.status, 500 | 502 | 504) && response.body.is_empty() && !has_id {
        return Err(TransportFailure::Unreachable);
    }
    Ok(response)
}
