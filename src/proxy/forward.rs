//! Sending a signed request and passing on what comes back.
//!
//! A request is sent once. (The client may use a second connection if the first, kept alive,
//! turned out to be closed before any byte was written: nothing was sent then.) Redirects are
//! not followed, and proxies that the environment names are not used: a signed request goes to
//! its endpoint and nowhere else. Certificates are checked against the system's roots.

use crate::config::Limits;
use crate::failure::Failure;
use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, DATE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Shorter than endpoints keep a connection, so that one is seldom closed under a request.
const IDLE: Duration = Duration::from_secs(10);

/// What is passed on of an answer's headers.
const PASSED_ON: [HeaderName; 8] = [
    CONTENT_TYPE,
    DATE,
    RETRY_AFTER,
    HeaderName::from_static("x-amzn-requestid"),
    HeaderName::from_static("x-amzn-errortype"),
    HeaderName::from_static("x-amzn-trace-id"),
    HeaderName::from_static("x-amz-request-id"),
    HeaderName::from_static("x-amz-id-2"),
];

#[derive(Debug)]
pub struct Forwarder {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    limits: Limits,
}

impl Forwarder {
    /// For endpoints with TLS, or for one that is spoken to in plain HTTP. Fails if TLS is
    /// needed and the system has no root certificates.
    pub fn new(limits: Limits, with_tls: bool) -> io::Result<Self> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(limits.connect));
        tcp.set_nodelay(true);
        let tls = HttpsConnectorBuilder::new();
        let schemes = if with_tls {
            tls.with_provider_and_native_roots(ring::default_provider())?
                .https_only()
        } else {
            tls.with_tls_config(trusts_nobody()?).https_or_http()
        };
        let connector = schemes.enable_http1().wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(connector);
        Ok(Self { client, limits })
    }

    /// Sends a request whose URI is absolute. The answer is read to its end before any of it is
    /// passed on, so that a cut-off one can be told as such.
    pub async fn send(&self, request: Request<Full<Bytes>>) -> Result<Response<Body>, Failure> {
        let deadline = Instant::now() + self.limits.total;
        let host = request
            .uri()
            .authority()
            .map_or_else(String::new, ToString::to_string);
        let answer = timeout_at(deadline, self.client.request(request))
            .await
            .map_err(|_| self.too_slow(&host))?
            .map_err(|error| not_answered(&host, &error))?;
        let (head, body) = answer.into_parts();
        if head.status.is_redirection() {
            return Err(Failure::upstream(
                "upstream-redirect",
                format!(
                    "{host} answered with a redirect (HTTP {}). A signed request is not sent \
                     elsewhere; check the endpoint and the region.",
                    head.status.as_u16()
                ),
            ));
        }
        let body = Limited::new(body, self.limits.answer_bytes).collect();
        let body = timeout_at(deadline, body)
            .await
            .map_err(|_| self.too_slow(&host))?
            .map_err(|error| self.not_complete(&host, head.status, error.as_ref()))?
            .to_bytes();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = head.status;
        *response.headers_mut() = passed_on(&head.headers);
        Ok(response)
    }

    fn too_slow(&self, host: &str) -> Failure {
        Failure::new(
            StatusCode::GATEWAY_TIMEOUT,
            "upstream-timeout",
            format!(
                "{host} did not answer within {} seconds. Whether the request was carried out is \
                 not known.",
                self.limits.total.as_secs_f32()
            ),
        )
    }

    fn not_complete(
        &self,
        host: &str,
        status: StatusCode,
        error: &(dyn Error + 'static),
    ) -> Failure {
        if error.is::<LengthLimitError>() {
            return Failure::upstream(
                "upstream-too-large",
                format!(
                    "The answer of {host} (HTTP {}) is larger than {} bytes, the most the proxy \
                     takes.",
                    status.as_u16(),
                    self.limits.answer_bytes
                ),
            );
        }
        Failure::upstream(
            "upstream-cut-off",
            format!(
                "{host} answered with HTTP {}, but the connection ended before the whole answer \
                 had arrived. Read the state back before sending again.",
                status.as_u16()
            ),
        )
    }
}

/// The TLS of a connector that is not going to use it.
fn trusts_nobody() -> io::Result<ClientConfig> {
    let versions = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?;
    Ok(versions
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

/// Why there is not even the head of an answer.
fn not_answered(host: &str, error: &ClientError) -> Failure {
    if find::<rustls::Error>(error).is_some() {
        return Failure::upstream(
            "upstream-tls",
            format!(
                "No secure connection to {host} could be made: its certificate or its TLS was \
                 refused. Nothing was sent."
            ),
        );
    }
    if error.is_connect() {
        return Failure::upstream(
            "upstream-unreachable",
            format!(
                "No connection to {host} could be made. Nothing was sent; check the network, the \
                 endpoint and the region."
            ),
        );
    }
    if find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
        return Failure::upstream(
            "upstream-garbled",
            format!(
                "What {host} answered is not HTTP. Whether the request was carried out is not \
                 known."
            ),
        );
    }
    Failure::upstream(
        "upstream-reset",
        format!(
            "The connection to {host} ended before an answer came. Whether the request was \
             carried out is not known."
        ),
    )
}

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

fn passed_on(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for name in PASSED_ON {
        if let Some(value) = headers.get(&name) {
            kept.insert(name, value.clone());
        }
    }
    kept
}
