//! Whether a request comes from this proxy's own console or from elsewhere.
//!
//! A page of another site reaches a local port in two ways: openly, with its own `Origin`, or
//! by a name of its own that resolves to loopback (DNS rebinding). The second arrives with no
//! `Origin` at all and a foreign `Host`, so `Host` is checked on every route, and an absent
//! `Origin` proves nothing. Every header here may hold any bytes: a check answers, it never
//! panics.

use crate::failure::Failure;
use axum::http::header::{HOST, ORIGIN, TRANSFER_ENCODING};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use std::net::SocketAddr;

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The names of this machine for itself.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// The check of one running proxy.
#[derive(Debug, Clone)]
pub struct Guard {
    hosts: Vec<String>,
}

impl Guard {
    pub fn new(address: SocketAddr) -> Self {
        let port = address.port();
        let mut hosts = vec![address.to_string()];
        hosts.extend(LOOPBACK.map(|host| format!("{host}:{port}")));
        if port == 80 {
            // The port that clients leave out.
            hosts.extend(LOOPBACK.map(str::to_owned));
        }
        Self { hosts }
    }

    /// Lets a request through, or says why not.
    pub fn check(&self, request: &Parts) -> Result<(), Failure> {
        let headers = &request.headers;
        if request.uri.authority().is_some() || !request.uri.path().starts_with('/') {
            return Err(Failure::bad_request(
                "target-malformed",
                "The request must name a path, not a whole address: this is no forward proxy.",
            ));
        }
        // One way only to give a body's length: two can contradict each other.
        if headers.contains_key(TRANSFER_ENCODING) {
            return Err(Failure::new(
                StatusCode::LENGTH_REQUIRED,
                "length-required",
                "The request gives no Content-Length: the proxy takes no chunked bodies.",
            ));
        }
        let addressed = self.addressed_host(headers)?;
        same_origin(headers, &addressed)?;
        if [Method::OPTIONS, Method::TRACE, Method::CONNECT].contains(&request.method) {
            return Err(Failure::method_not_allowed());
        }
        if is_endpoint(request.uri.path()) {
            not_from_another_site(headers)?;
        }
        Ok(())
    }

    /// The host the client believes it talks to. Trunk, in front of the proxy, replaces `Host`
    /// by the bare name of its back end and adds `X-Forwarded-Host`: what the browser sent.
    fn addressed_host(&self, headers: &HeaderMap) -> Result<String, Failure> {
        let Some(host) = host_header(headers, &HOST)? else {
            return Err(Failure::bad_request(
                "host-missing",
                "The request has no Host header.",
            ));
        };
        let is_own = self.hosts.contains(&host);
        match host_header(headers, &FORWARDED_HOST)? {
            None if is_own => Ok(host),
            Some(forwarded)
                if (is_own || LOOPBACK.contains(&host.as_str())) && is_loopback(&forwarded) =>
            {
                Ok(forwarded)
            }
            _ => Err(Failure::forbidden(
                "host-not-allowed",
                "The proxy answers to its own address only: use the one it printed at start.",
            )),
        }
    }
}

/// The one value of a header as host and port, in lower case.
fn host_header(headers: &HeaderMap, name: &HeaderName) -> Result<Option<String>, Failure> {
    let malformed = || {
        Failure::bad_request(
            "host-malformed",
            format!("The request's {name} header is not a host and port."),
        )
    };
    let Some(value) = single(headers, name).map_err(|_| malformed())? else {
        return Ok(None);
    };
    let authority = value
        .to_str()
        .ok()
        .and_then(|text| text.parse::<Authority>().ok())
        .filter(|authority| !authority.as_str().contains('@'))
        .ok_or_else(malformed)?;
    Ok(Some(authority.as_str().to_ascii_lowercase()))
}

fn is_loopback(authority: &str) -> bool {
    LOOPBACK.iter().any(|host| {
        authority.strip_prefix(host).is_some_and(|rest| {
            rest.is_empty()
                || rest
                    .strip_prefix(':')
                    .is_some_and(|port| port.parse::<u16>().is_ok())
        })
    })
}

/// An `Origin`, where there is one, must be that of the address itself: another port of this
/// machine is another origin, and `null` may be anyone.
fn same_origin(headers: &HeaderMap, addressed: &str) -> Result<(), Failure> {
    let malformed = || {
        Failure::bad_request(
            "origin-malformed",
            "The request's Origin header is not an origin.",
        )
    };
    let Some(value) = single(headers, &ORIGIN).map_err(|_| malformed())? else {
        return Ok(());
    };
    let origin = value.to_str().map_err(|_| malformed())?;
    if origin.strip_prefix("http://") == Some(addressed) {
        return Ok(());
    }
    let is_an_origin = origin == "null"
        || origin
            .split_once("://")
            .is_some_and(|(scheme, rest)| !scheme.is_empty() && rest.parse::<Authority>().is_ok());
    if !is_an_origin {
        return Err(malformed());
    }
    Err(Failure::forbidden(
        "origin-not-allowed",
        "Only the console at the proxy's own address may use it: open the address it printed at \
         start.",
    ))
}

fn is_endpoint(path: &str) -> bool {
    ["/api", "/sandbox"].iter().any(|route| {
        path.strip_prefix(route)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Browsers say where a request comes from even where they send no `Origin`. A link to the
/// console from elsewhere is fine; a request to what answers for services is not.
fn not_from_another_site(headers: &HeaderMap) -> Result<(), Failure> {
    let all_fine = headers
        .get_all(FETCH_SITE)
        .iter()
        .all(|site| site == "same-origin" || site == "none");
    if all_fine {
        return Ok(());
    }
    Err(Failure::forbidden(
        "site-not-allowed",
        "The request comes from another site: only the console at the proxy's own address may \
         send it.",
    ))
}

/// A header that occurs more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeated;

/// The value of a header that must not be there twice.
pub fn single<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> Result<Option<&'a HeaderValue>, Repeated> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(Repeated),
        (value, None) => Ok(value),
    }
}
