//! What a running proxy is told: addresses, target, limits and the session token.

use crate::credentials::SharedCredentialsProvider;
use axum::http::Uri;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;
use subtle::ConstantTimeEq;

#[derive(Debug, Clone)]
pub struct Config {
    /// The address that is really listened at: its port is part of the Host check.
    pub address: SocketAddr,
    /// The folder of the built console.
    pub site: Option<PathBuf>,
    pub target: Target,
    pub token: Token,
    pub limits: Limits,
    /// Writes a line to stderr for each request.
    pub log: bool,
}

/// Who answers `/api/{service}/{region}/`.
#[derive(Debug, Clone)]
pub enum Target {
    Sandbox,
    Aws(Upstream),
}

#[derive(Debug, Clone)]
pub struct Upstream {
    /// Stands in for the endpoints of all services.
    pub endpoint: Option<EndpointUrl>,
    /// Lets through operations that the model doesn't call read-only.
    pub allow_write: bool,
    pub credentials: SharedCredentialsProvider,
}

/// What one request may take, in bytes and in time.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub request_bytes: usize,
    pub answer_bytes: usize,
    /// From the first byte of a request's headers to the last.
    pub headers: Duration,
    /// For the whole body of a request to arrive.
    pub body: Duration,
    /// For the connection to an endpoint.
    pub connect: Duration,
    /// From connecting to the last byte of the answer.
    pub total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request_bytes: 1024 * 1024,
            answer_bytes: 16 * 1024 * 1024,
            headers: Duration::from_secs(15),
            body: Duration::from_secs(30),
            connect: Duration::from_secs(5),
            total: Duration::from_secs(30),
        }
    }
}

/// The session token: whoever has it may have requests signed.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// 32 random bytes in hexadecimal.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(
            bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        ))
    }

    /// A token of the person's choice; `None` if it could not stand in a URL's fragment and in
    /// a header just as it is.
    pub fn chosen(text: &str) -> Option<Self> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        (!text.is_empty() && text.chars().all(is_plain)).then(|| Self(text.to_owned()))
    }

    /// Takes the same time wherever the two differ.
    pub fn matches(&self, offered: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(offered).into()
    }

    /// The address that hands the token to the console: a fragment is not sent to any server.
    pub fn console_address(&self, address: SocketAddr) -> String {
        format!("http://{address}/#token={}", self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(redacted)")
    }
}

/// The value of `--endpoint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointUrl {
    pub scheme: String,
    /// Host and, where one is written, port.
    pub authority: String,
    /// The path that all requests get in front of theirs; without a slash at its end.
    pub base: String,
}

impl FromStr for EndpointUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| format!("{text:?} is not an endpoint: {why}");
        if text.contains(['?', '#']) {
            return Err(wrong("it has a query or a fragment"));
        }
        let uri = Uri::from_str(text).map_err(|error| wrong(&error.to_string()))?;
        let (Some(scheme @ ("http" | "https")), Some(authority)) =
            (uri.scheme_str(), uri.authority())
        else {
            return Err(wrong("write it like http://127.0.0.1:4566"));
        };
        if authority.as_str().contains('@') {
            return Err(wrong("a user name or password can't be part of it"));
        }
        Ok(Self {
            scheme: scheme.into(),
            authority: authority.as_str().into(),
            base: uri.path().trim_end_matches('/').into(),
        })
    }
}
