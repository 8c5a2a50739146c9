//! From a checked request to the answer of its endpoint: credentials, signature, forwarding.

use crate::config::{EndpointUrl, Limits, Upstream};
use crate::credentials::Held;
use crate::failure::Failure;
use crate::forward::Forwarder;
use crate::sign::{Scope, sign};
use axum::body::{Body, Bytes};
use axum::http::header::HOST;
use axum::http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use formsmith_api::endpoint::endpoint;
use formsmith_api::http::HttpRequest;
use formsmith_api::model::Service;
use http_body_util::Full;
use std::io;
use std::time::SystemTime;

#[derive(Debug)]
pub struct Signing {
    endpoint: Option<EndpointUrl>,
    pub allow_write: bool,
    credentials: Held,
    forwarder: Forwarder,
}

impl Signing {
    pub fn new(upstream: Upstream, limits: Limits) -> io::Result<Self> {
        let with_tls = upstream
            .endpoint
            .as_ref()
            .is_none_or(|endpoint| endpoint.scheme == "https");
        Ok(Self {
            endpoint: upstream.endpoint,
            allow_write: upstream.allow_write,
            credentials: Held::new(upstream.credentials),
            forwarder: Forwarder::new(limits, with_tls)?,
        })
    }

    /// Signs for the service in the region, and sends to its endpoint or the one given instead.
    pub async fn answer(
        &self,
        service: &Service,
        region: &str,
        mut request: HttpRequest,
    ) -> Result<Response<Body>, Failure> {
        let own = endpoint(service, region).ok_or_else(not_sendable)?;
        let place = self.endpoint.clone().unwrap_or_else(|| EndpointUrl {
            scheme: "https".into(),
            authority: own.host,
            base: String::new(),
        });
        request.path.insert_str(0, &place.base);
        let now = SystemTime::now();
        let credentials = self.credentials.get(now).await?;
        let scope = Scope {
            region: &own.signing_region,
            service: &service.signing_name,
        };
        let added = sign(&request, &place.authority, scope, &credentials, now)
            .map_err(|_| not_sendable())?;
        let sendable = sendable(&place, request, added).ok_or_else(not_sendable)?;
        self.forwarder.send(sendable).await
    }
}

fn not_sendable() -> Failure {
    Failure::new(
        StatusCode::BAD_REQUEST,
        "not-sendable",
        "No request that can be signed could be made of this one.",
    )
}

/// What goes out: the request, the headers that signing added, and nothing else.
fn sendable(
    place: &EndpointUrl,
    request: HttpRequest,
    added: Vec<(String, String)>,
) -> Option<Request<Full<Bytes>>> {
    let uri = format!("{}://{}{}", place.scheme, place.authority, request.path);
    let mut out = Request::builder()
        .method(request.method.as_str())
        .uri(uri)
        .body(Full::new(Bytes::from(request.body)))
        .ok()?;
    let headers = out.headers_mut();
    headers.insert(HOST, HeaderValue::from_str(&place.authority).ok()?);
    for (name, value) in request.headers.into_iter().chain(added) {
        let mut value = HeaderValue::try_from(value).ok()?;
        // Keeps signature and session token out of whatever prints headers.
        value.set_sensitive(true);
        headers.insert(HeaderName::try_from(name).ok()?, value);
    }
    Some(out)
}
