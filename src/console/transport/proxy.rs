//! The local proxy, on the page's own origin.

use super::TransportFailure;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::json;
use gloo_net::http::{Method, Request, RequestBuilder};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use serde_json::Value;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// Longer than the proxy itself waits, so that its own account of a timeout arrives first.
const TIMEOUT_SECONDS: u32 = 40;
const STATUS_SECONDS: u32 = 3;

/// Who answers behind the proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyTarget {
    Sandbox,
    Aws,
}

/// The targets of the proxy on this page's origin, from `GET /api/status`; none without one.
pub async fn targets() -> Vec<ProxyTarget> {
    let status = status().await.unwrap_or_default();
    let targets = status["targets"]
        .as_array()
        .filter(|_| status["name"] == "formsmith-proxy");
    let known = |target: &Value| match target.as_str()? {
        "sandbox" => Some(ProxyTarget::Sandbox),
        "aws" => Some(ProxyTarget::Aws),
        _ => None,
    };
    targets
        .map(|targets| targets.iter().filter_map(known).collect())
        .unwrap_or_default()
}

async fn status() -> Option<Value> {
    let timer = Timer::start(STATUS_SECONDS);
    let request = Request::get("api/status").abort_signal(timer.signal());
    let body = request.send().await.ok()?.binary().await.ok()?;
    json::parse(&body).ok()
}

pub async fn send(
    token: Option<&str>,
    service: &str,
    region: &str,
    request: &HttpRequest,
) -> Result<HttpResponse, TransportFailure> {
    let timer = Timer::start(TIMEOUT_SECONDS);
    let failure = |timer: &Timer, otherwise| {
        if timer.has_fired() {
            TransportFailure::Timeout {
                seconds: TIMEOUT_SECONDS,
            }
        } else {
            otherwise
        }
    };
    let built = build(&timer, token, service, region, request);
    let response = match built {
        Ok(request) => request.send().await,
        Err(error) => Err(error),
    };
    let response = response.map_err(|_| failure(&timer, TransportFailure::Unreachable))?;
    let status = response.status();
    if response.type_() == web_sys::ResponseType::Opaqueredirect {
        return Err(TransportFailure::Redirect);
    }
    let headers: Vec<(String, String)> = response.headers().entries().collect();
    let body = response
        .binary()
        .await
        .map_err(|_| failure(&timer, TransportFailure::CutOff { status }))?;
    understood(HttpResponse {
        status,
        headers,
        body,
    })
}

fn build(
    timer: &Timer,
    token: Option<&str>,
    service: &str,
    region: &str,
    request: &HttpRequest,
) -> Result<Request, gloo_net::Error> {
    let url = format!("api/{service}/{region}{}", request.path);
    let method = Method::from_bytes(request.method.as_bytes())
        .map_err(|error| gloo_net::Error::GlooError(error.to_string()))?;
    let mut builder = RequestBuilder::new(&url)
        .method(method)
        // Followed, a redirection would carry the request to another address.
        .redirect(web_sys::RequestRedirect::Manual)
        .abort_signal(timer.signal());
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    if let Some(token) = token {
        builder = builder.header("X-Formsmith-Token", token);
    }
    builder.body(js_sys::Uint8Array::from(request.body.as_slice()))
}

/// Tells the services' answers from the proxy's own.
fn understood(response: HttpResponse) -> Result<HttpResponse, TransportFailure> {
    if let Some(code) = response.header("x-formsmith-error") {
        let error = json::parse(&response.body).unwrap_or_default();
        return Err(TransportFailure::Proxy {
            code: code.to_owned(),
            message: error["message"].as_str().unwrap_or_default().to_owned(),
        });
    }
    // So answers `trunk serve` for a proxy that isn't running.
    let has_id = formsmith_api::outcome::request_id(&response).is_some();
    if matches!(response.status, 500 | 502 | 504) && response.body.is_empty() && !has_id {
        return Err(TransportFailure::Unreachable);
    }
    Ok(response)
}

/// Aborts a request that takes too long.
struct Timer {
    signal: Option<web_sys::AbortSignal>,
    fired: Rc<Cell<bool>>,
    handle: Option<TimeoutHandle>,
}

impl Timer {
    fn start(seconds: u32) -> Self {
        let controller = web_sys::AbortController::new().ok();
        let signal = controller.as_ref().map(web_sys::AbortController::signal);
        let fired = Rc::new(Cell::new(false));
        let flag = fired.clone();
        let abort = move || {
            flag.set(true);
            if let Some(controller) = &controller {
                controller.abort();
            }
        };
        let handle = set_timeout_with_handle(abort, Duration::from_secs(seconds.into())).ok();
        Self {
            signal,
            fired,
            handle,
        }
    }

    fn signal(&self) -> Option<&web_sys::AbortSignal> {
        self.signal.as_ref()
    }

    fn has_fired(&self) -> bool {
        self.fired.get()
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(handle) = self.handle {
            handle.clear();
        }
    }
}
