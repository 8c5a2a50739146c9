//! Connections to endpoints: name, TCP and TLS within one limit, each failure told apart.
//! Certificates are checked against the system's roots, and nothing turns that off.

use crate::body::BoxError;
use crate::http::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::{GaiAddrs, GaiResolver, Name};
use hyper_util::rt::TokioIo;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tower_service::Service;

type Secure = HttpsConnector<HttpConnector<Resolver>>;
pub type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// The name of an endpoint has no address.
#[derive(Debug)]
pub struct NoSuchName(io::Error);

/// The connection was not there within its limit.
#[derive(Debug)]
pub struct TookTooLong;

impl fmt::Display for NoSuchName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name has no address")
    }
}

impl Error for NoSuchName {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

impl fmt::Display for TookTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("connecting took too long")
    }
}

impl Error for TookTooLong {}

/// The system's resolver, whose failures can be told from others.
#[derive(Debug, Clone)]
pub struct Resolver(GaiResolver);

impl Service<Name> for Resolver {
    type Response = GaiAddrs;
    type Error = NoSuchName;
    type Future = Pin<Box<dyn Future<Output = Result<GaiAddrs, NoSuchName>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(cx).map_err(NoSuchName)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let found = self.0.call(name);
        Box::pin(async move { found.await.map_err(NoSuchName) })
    }
}

#[derive(Debug, Clone)]
pub struct Connector {
    secure: Secure,
    limit: Duration,
}

impl Connector {
    /// For endpoints with TLS, or for one that is spoken to in plain HTTP. Fails if TLS is
    /// needed and the system has no root certificates.
    pub fn new(limit: Duration, with_tls: bool) -> io::Result<Self> {
        let mut tcp = HttpConnector::new_with_resolver(Resolver(GaiResolver::new()));
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let tls = HttpsConnectorBuilder::new();
        let schemes = if with_tls {
            tls.with_provider_and_native_roots(ring::default_provider())?
                .https_only()
        } else {
            tls.with_tls_config(trusts_nobody()?).https_or_http()
        };
        Ok(Self {
            secure: schemes.enable_http1().wrap_connector(tcp),
            limit,
        })
    }
}

impl Connector {
    /// A connection to the scheme, host and port of an address.
    pub async fn connect(&self, address: Uri) -> Result<Stream, BoxError> {
        let mut secure = self.secure.clone();
        let connected = async {
            poll_fn(|context| secure.poll_ready(context)).await?;
            secure.call(address).await
        };
        timeout(self.limit, connected)
            .await
            .map_err(|_| TookTooLong)?
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
