//! Pages of other origins that the person who starts the proxy lets in: a console that a static host
//! serves, which has no proxy of its own.
//!
//! Such a page reaches what answers for services, below `/api/` and, where nothing is signed, `/sandbox/`,
//! and nothing else. It needs the token, and consent to what changes something, as the proxy's own page
//! does. What lets it in is its `Origin`,
//! exactly as the browser writes it.

use crate::body::{Body, Response};
use crate::guard::{is_endpoint, single};
use crate::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
    VARY,
};
use crate::http::request::Parts;
use crate::http::uri::Authority;
use crate::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use std::fmt;
use std::str::FromStr;

/// What browsers before Local Network Access ask, and are answered with.
const REQUEST_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");
const ALLOW_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-allow-private-network");

/// Beneath it, the proxy's two own addresses hand over to each other what a browser keeps.
const MOVE: &str = "/api/move";

/// The names of this machine, by which a page can come to it without TLS and nobody in between.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// The value of `--allow-origin`: scheme, host and, where it is not the usual one, port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedOrigin(String);

impl FromStr for AllowedOrigin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| Err(format!("{text:?} is not the origin of a page: {why}"));
        let Some((scheme, host)) = text.split_once("://") else {
            return wrong("write it like https://console.example.com");
        };
        let Ok(authority) = host.parse::<Authority>() else {
            return wrong("write it like https://console.example.com");
        };
        if authority.as_str() != host || host.contains('@') || authority.host().is_empty() {
            return wrong("it is a scheme, a host and perhaps a port, without a path");
        }
        if host != host.to_ascii_lowercase() || !host.is_ascii() || host.contains('*') {
            return wrong("write it as the browser does: one host, in lower case");
        }
        let usual = match scheme {
            "https" => ":443",
            "http" if LOOPBACK.contains(&authority.host()) => ":80",
            "http" => {
                return wrong(
                    "a page that came without TLS may be anybody's; use https, or a page of this machine",
                );
            }
            _ => return wrong("use https"),
        };
        if host.ends_with(usual) {
            return wrong("browsers leave out the usual port; leave it out, too");
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for AllowedOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The origin that a request comes from, if it is one of these.
pub fn origin_of<'a>(allowed: &[AllowedOrigin], headers: &'a HeaderMap) -> Option<&'a HeaderValue> {
    let origin = single(headers, &ORIGIN).ok().flatten()?;
    let is_allowed = |it: &AllowedOrigin| origin.as_bytes() == it.0.as_bytes();
    allowed.iter().any(is_allowed).then_some(origin)
}

/// Is this an address that such a page may ask?
pub fn is_reached(path: &str) -> bool {
    let is_move = path.strip_prefix(MOVE).is_some_and(|rest| {
        // Whatever begins so and ends otherwise is a service's.
        rest.is_empty() || rest.starts_with('/')
    });
    is_endpoint(path) && !is_move
}

/// Does a browser ask whether it may send what the page wants to?
pub fn is_preflight(parts: &Parts) -> bool {
    parts.method == Method::OPTIONS && parts.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to that. The page sends no cookies, and none would be looked at.
pub fn preflight(parts: &Parts) -> Response {
    let mut response = Response::new(Body::from(""));
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    for (name, value) in [
        (
            ACCESS_CONTROL_ALLOW_METHODS,
            "GET, HEAD, POST, PUT, PATCH, DELETE",
        ),
        (ACCESS_CONTROL_ALLOW_HEADERS, "*"),
        (ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if parts.headers.contains_key(REQUEST_PRIVATE_NETWORK) {
        headers.insert(ALLOW_PRIVATE_NETWORK, HeaderValue::from_static("true"));
    }
    response
}

/// Lets the page of this origin read an answer.
pub fn let_read(headers: &mut HeaderMap, origin: &HeaderValue) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*"));
    headers.append(VARY, HeaderValue::from_static("origin"));
}

#[cfg(test)]
mod tests {
    use super::{AllowedOrigin, is_reached};

    #[test]
    fn an_origin_is_written_as_browsers_do() {
        for right in [
            "https://console.example.com",
            "https://console.example.com:8443",
            "https://192.0.2.7",
            "http://127.0.0.1:8080",
            "http://localhost:3000",
            "http://[::1]:3000",
        ] {
            assert!(right.parse::<AllowedOrigin>().is_ok(), "{right}");
        }
        for wrong in [
            "",
            "*",
            "null",
            "https://",
            "https://*",
            "https://*.example.com",
            "console.example.com",
            "https://console.example.com/",
            "https://console.example.com/path",
            "https://console.example.com?x",
            "https://console.example.com#x",
            "https://Console.example.com",
            "https://someone@console.example.com",
            "https://console.example.com:443",
            "http://127.0.0.1:80",
            "http://console.example.com",
            "http://127.0.0.1.example.com",
            "HTTPS://console.example.com",
            "file://",
            "chrome-extension://abc",
            "https://a.example https://b.example",
        ] {
            assert!(wrong.parse::<AllowedOrigin>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn such_a_page_reaches_what_answers_for_services() {
        for reached in [
            "/api/status",
            "/api/session",
            "/api/s3/us-east-1/",
            "/api/mover/x",
            "/sandbox/_state",
        ] {
            assert!(is_reached(reached), "{reached}");
        }
        for other in [
            "/",
            "/index.html",
            "/apis",
            "/api/move",
            "/api/move/1",
            "/move/",
        ] {
            assert!(!is_reached(other), "{other}");
        }
    }
}
