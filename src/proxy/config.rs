//! What a running proxy is told: addresses, target, models and limits.

use crate::allowed_origin::AllowedOrigin;
use crate::audit::Audit;
use crate::credentials::{Chain, Credentials, SharedCredentialsProvider};
use crate::failure::Failure;
use crate::http::Uri;
use crate::http::request::Parts;
use crate::http::uri::Authority;
use crate::limits;
use crate::origin::Origin;
use crate::permits::Permits;
use crate::rules::Choices;
use crate::team::Team;
use crate::token::Token;
use formsmith_api::model::Model;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

#[derive(Debug, Clone)]
pub struct Config {
    /// The address that is really listened at: its port is part of the Host check.
    pub address: SocketAddr,
    /// The built console, where it is served.
    pub site: Option<Page>,
    /// Where the console lives, besides the loopback names; only with a site.
    pub origin: Option<Origin>,
    /// Other origins whose pages may use this proxy.
    pub allowed_origins: Vec<AllowedOrigin>,
    pub target: Target,
    pub token: Token,
    /// Where several people use the proxy: none of them needs the token.
    pub team: Option<Arc<Team>>,
    pub limits: Limits,
    /// If there are any, the sandbox takes only requests that are signed with them.
    pub sandbox_credentials: Option<Credentials>,
    /// The services and operations there are.
    pub model: Arc<Model>,
    /// The folder of further models, as `make models` builds it.
    pub models: Option<PathBuf>,
    pub audit: Audit,
}

impl Config {
    /// May who sends this have requests signed?
    pub fn check_session(&self, parts: &Parts) -> Result<(), Failure> {
        match &self.team {
            Some(team) => team.check(parts, SystemTime::now()),
            None => self.token.check(&parts.headers),
        }
    }
}

/// Where the built console is.
#[derive(Debug, Clone)]
pub enum Page {
    Folder(PathBuf),
    /// In this program.
    #[cfg(feature = "page")]
    Embedded,
}

impl From<PathBuf> for Page {
    fn from(folder: PathBuf) -> Self {
        Self::Folder(folder)
    }
}

/// Who answers `/api/{service}/{region}/`.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "a proxy has one")]
pub enum Target {
    Sandbox,
    Aws(Upstream),
}

#[derive(Debug, Clone)]
pub struct Upstream {
    /// Stands in for the endpoints of all services.
    pub endpoint: Option<EndpointUrl>,
    /// Which of AWS's own endpoints are taken.
    pub choices: Choices,
    pub permits: Permits,
    /// Signs for a console that a development server in front of the proxy serves.
    pub allow_forwarded: bool,
    /// Whose credentials sign: one at least.
    pub profiles: Vec<Profile>,
}

/// A source of credentials, and where requests go if nothing else is said.
#[derive(Debug, Clone)]
pub struct Profile {
    /// None where no profile was named: then AWS's default chain is asked.
    pub name: Option<String>,
    /// The region of the profile or, where none was named, of the environment.
    pub region: Option<String>,
    pub credentials: SharedCredentialsProvider,
    /// The same, where a person may be able to sign in to it from the page.
    pub sign_in: Option<Chain>,
}

/// What one request may take, in bytes and in time, how many there may be, and how long the way
/// to the session token stays open. These limits can be set for each proxy, as tests do.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub request_bytes: usize,
    pub answer_bytes: usize,
    /// From the first byte of a request's headers to the last.
    pub headers: Duration,
    /// For the whole body of a request to arrive.
    pub body: Duration,
    /// For the connection to an endpoint: its name, TCP and TLS.
    pub connect: Duration,
    /// From then on to the first byte of the answer.
    pub first_byte: Duration,
    /// From connecting to the last byte of the answer.
    pub total: Duration,
    /// From the last byte of a file that is sent to the first byte of the answer.
    pub file_answer: Duration,
    /// From one part of a file that is an answer to the next.
    pub file_part: Duration,
    /// How long what one page hands over to another is kept for it.
    pub hand_over: Duration,
    /// Requests under way at the same time.
    pub requests: usize,
    /// For the code in a printed address to be used.
    pub code: Duration,
    /// For a ticket to be used, or replaced by another.
    pub ticket: Duration,
    /// Connections without a request under way.
    pub waiting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request_bytes: limits::REQUEST_BODY_BYTES,
            answer_bytes: limits::ANSWER_BYTES,
            headers: limits::REQUEST_HEAD_TIME,
            body: limits::REQUEST_BODY_TIME,
            connect: limits::CONNECT_TIME,
            first_byte: limits::FIRST_BYTE_TIME,
            total: limits::ANSWER_TIME,
            file_answer: limits::FILE_ANSWER_TIME,
            file_part: limits::FILE_PART_TIME,
            hand_over: limits::MOVE_TIME,
            requests: limits::REQUESTS_AT_ONCE,
            code: limits::CODE_TIME,
            ticket: limits::TICKET_TIME,
            waiting: limits::CONNECTIONS_WAITING,
        }
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
        if scheme == "http" && !is_loopback(authority.host()) {
            return Err(wrong(
                "what is signed must not leave this machine in the clear; write https, or an \
                 address such as http://127.0.0.1:4566",
            ));
        }
        Ok(Self {
            scheme: scheme.into(),
            authority: authority.as_str().into(),
            base: uri.path().trim_end_matches('/').into(),
        })
    }
}

impl fmt::Display for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.base)
    }
}

impl EndpointUrl {
    /// The same with this before its host, if that is a name under which there may be others. An
    /// address has none, and few systems know any under `localhost`.
    pub fn prefixed(self, prefix: &str) -> Self {
        let authority = Authority::from_str(&self.authority);
        let has_others = authority.is_ok_and(|authority| {
            let host = authority.host();
            host != "localhost" && address(host).is_none()
        });
        match has_others {
            true => Self {
                authority: [prefix, &self.authority].concat(),
                ..self
            },
            false => self,
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || address(host).is_some_and(|address| address.is_loopback())
}

fn address(host: &str) -> Option<IpAddr> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok()
}
