//! Whether a request comes from this proxy's own console or from elsewhere.
//!
//! A page of another site reaches a local port in two ways: openly, with its own `Origin`, or
//! by a name of its own that resolves to loopback (DNS rebinding). The second arrives with no
//! `Origin` at all and a foreign `Host`, so `Host` is checked on every route, and an absent
//! `Origin` proves nothing. Every header here may hold any bytes: a check answers, it never
//! panics.

use crate::allowed_origin::{self, AllowedOrigin};
use crate::failure::Failure;
use crate::http::header::{FORWARDED, HOST, ORIGIN, TRANSFER_ENCODING};
use crate::http::request::Parts;
use crate::http::uri::Authority;
use crate::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use crate::limits::{REQUEST_HEADER_BYTES, REQUEST_HEADERS, REQUEST_PATH_BYTES};
use crate::origin::Origin;
use crate::team::PublicUrl;
use formsmith_wire::Code;
use std::net::SocketAddr;

pub const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// What a header's line has besides name and value.
const PER_HEADER: usize = ": \r\n".len();

/// The names of this machine for itself.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// What a page at a loopback name asks to learn whether its browser finds the own name. It is a
/// request from another site, and the only one that is let in: there is nothing to be read.
pub const PROBE: &str = "/move/here";

/// The check of one running proxy.
#[derive(Debug, Clone)]
pub struct Guard {
    scheme: &'static str,
    hosts: Vec<String>,
    /// The name that only this proxy has.
    own: Option<String>,
    /// Other origins whose pages are let in.
    allowed: Vec<AllowedOrigin>,
}

impl Guard {
    /// A proxy that listens at every address of its machine has the loopback names all the
    /// same, and no others: a wildcard is nobody's name.
    pub fn new(address: SocketAddr, origin: Option<&Origin>) -> Self {
        let port = address.port();
        let mut hosts: Vec<_> = LOOPBACK.map(|host| format!("{host}:{port}")).into();
        if !address.ip().is_unspecified() {
            hosts.push(address.to_string());
        }
        Self {
            scheme: "http",
            hosts: hosts
                .iter()
                .map(|host| without_usual_port(host, "http").into())
                .collect(),
            own: origin.map(|origin| origin.host().to_owned()),
            allowed: Vec::new(),
        }
    }

    /// The same, which lets in the pages of these origins as well.
    #[must_use]
    pub fn with_allowed(self, allowed: Vec<AllowedOrigin>) -> Self {
        Self { allowed, ..self }
    }

    /// The other origin that a request comes from, if it is one whose pages are let in.
    pub fn allowed_origin<'a>(&self, request: &'a Parts) -> Option<&'a HeaderValue> {
        let is_let_in =
            allowed_origin::is_reached(request.uri.path()) && !is_forwarded(&request.headers);
        let origin = || allowed_origin::origin_of(&self.allowed, &request.headers);
        is_let_in.then(origin).flatten()
    }

    /// That of a proxy which people reach at one address, through a load balancer.
    pub fn at(url: &PublicUrl) -> Self {
        Self {
            scheme: url.scheme,
            hosts: vec![url.host.clone()],
            own: None,
            allowed: Vec::new(),
        }
    }

    /// Is a request that was let through addressed to the name that only this proxy has?
    pub fn is_own_name(&self, headers: &HeaderMap) -> bool {
        self.own.is_some()
            && matches!(host_header(headers, &HOST, self.scheme), Ok(host) if host == self.own)
    }

    /// Lets a request through, or says why not.
    pub fn check(&self, request: &Parts) -> Result<(), Failure> {
        let headers = &request.headers;
        not_too_large(request)?;
        if request.uri.authority().is_some() || !request.uri.path().starts_with('/') {
            return Err(Failure::bad_request(
                Code::TargetMalformed,
                "The request names a full URL instead of a path.",
                "Send it as to any server: this is not a forward proxy.",
            ));
        }
        // One way only to give a body's length: two can contradict each other.
        if headers.contains_key(TRANSFER_ENCODING) {
            return Err(Failure::new(
                StatusCode::LENGTH_REQUIRED,
                Code::LengthRequired,
                "The request's body is chunked, or its length is given twice.",
                "Send the body with a Content-Length and no Transfer-Encoding.",
            ));
        }
        let addressed = self.addressed_host(headers)?;
        if self.allowed_origin(request).is_some() {
            return asked_by_script(request);
        }
        same_origin(headers, self.scheme, &addressed)?;
        if [Method::OPTIONS, Method::TRACE, Method::CONNECT].contains(&request.method) {
            return Err(Failure::method_not_allowed());
        }
        match not_from_another_site(request) {
            Err(_) if self.is_probe(request) => Ok(()),
            checked => checked,
        }
    }

    fn is_probe(&self, request: &Parts) -> bool {
        request.method == Method::GET
            && request.uri.path() == PROBE
            && self.is_own_name(&request.headers)
    }

    /// The host the client believes it talks to. Trunk, in front of the proxy, replaces `Host`
    /// by the bare name of its back end and adds `X-Forwarded-Host`: what the browser sent.
    fn addressed_host(&self, headers: &HeaderMap) -> Result<String, Failure> {
        let Some(host) = host_header(headers, &HOST, self.scheme)? else {
            return Err(Failure::bad_request(
                Code::HostMissing,
                "The request has no Host header.",
                "Send the proxy's own address in Host.",
            ));
        };
        let is_own = self.hosts.contains(&host);
        match host_header(headers, &FORWARDED_HOST, self.scheme)? {
            None if is_own || self.own.as_ref() == Some(&host) => Ok(host),
            Some(forwarded)
                if (is_own || LOOPBACK.contains(&host.as_str())) && is_loopback(&forwarded) =>
            {
                Ok(forwarded)
            }
            _ => Err(Failure::forbidden(
                Code::HostNotAllowed,
                "The request is addressed to a host other than the proxy.",
                "Open the address that the proxy printed at start.",
            )),
        }
    }
}

/// The one value of a header as host and port, in lower case.
fn host_header(
    headers: &HeaderMap,
    name: &HeaderName,
    scheme: &str,
) -> Result<Option<String>, Failure> {
    let malformed = || {
        Failure::bad_request(
            Code::HostMalformed,
            format!("The request's {name} header is not one host and port."),
            "Send the proxy's own address in it.",
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
    let host = authority.as_str().to_ascii_lowercase();
    Ok(Some(without_usual_port(&host, scheme).into()))
}

/// Clients leave out the port that goes without saying.
fn without_usual_port<'a>(host: &'a str, scheme: &str) -> &'a str {
    let usual = match scheme {
        "https" => ":443",
        _ => ":80",
    };
    host.strip_suffix(usual).unwrap_or(host)
}

fn is_loopback(authority: &str) -> bool {
    LOOPBACK.iter().any(|host| {
        authority.strip_prefix(host).is_some_and(|rest| {
            rest.is_empty()
                || rest.strip_prefix(':').is_some_and(|port| {
                    port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
                })
        })
    })
}

/// An `Origin`, where there is one, must be that of the address itself: another port of this
/// machine is another origin, and `null` may be anyone.
fn same_origin(headers: &HeaderMap, scheme: &str, addressed: &str) -> Result<(), Failure> {
    let malformed = || {
        Failure::bad_request(
            Code::OriginMalformed,
            "The request's Origin header is not one origin.",
            "Send it from the console, at the address that the proxy printed at start.",
        )
    };
    let Some(value) = single(headers, &ORIGIN).map_err(|_| malformed())? else {
        return Ok(());
    };
    let origin = value.to_str().map_err(|_| malformed())?;
    let own = origin.split_once("://").filter(|(its, _)| *its == scheme);
    if own.is_some_and(|(_, host)| without_usual_port(host, scheme) == addressed) {
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
        Code::OriginNotAllowed,
        "The request comes from a page at an address other than the proxy's.",
        "Open the console at the address that the proxy printed at start.",
    ))
}

/// Is this an address at which services are answered for, and not the console's files?
pub fn is_endpoint(path: &str) -> bool {
    ["/api", "/sandbox"].iter().any(|route| {
        path.strip_prefix(route)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Browsers say where a request comes from even where they send no `Origin`. A link to the
/// console from elsewhere is fine; loading its files into another page is not, and neither is a
/// request to what answers for services.
fn not_from_another_site(request: &Parts) -> Result<(), Failure> {
    let all = |name, fine: &[&str]| {
        let mut values = request.headers.get_all(name).iter();
        values.all(|value| fine.iter().any(|fine| value == fine))
    };
    let is_own = all(FETCH_SITE, &["same-origin", "none"]);
    let is_link = request.headers.contains_key(FETCH_MODE) && all(FETCH_MODE, &["navigate"]);
    if is_own || (is_link && !is_endpoint(request.uri.path())) {
        return Ok(());
    }
    Err(Failure::forbidden(
        Code::SiteNotAllowed,
        "The request comes from a site other than the console.",
        "Open the console at the address that the proxy printed at start.",
    ))
}

/// Does a development server, or another server in between, pass this request on? Then `Host`
/// says nothing about who sent it.
pub fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.contains_key(FORWARDED_HOST) || headers.contains_key(FORWARDED)
}

/// A page of an origin that is let in asks with `fetch`: by a link, a form, or as an image, it may not.
fn asked_by_script(request: &Parts) -> Result<(), Failure> {
    let method = &request.method;
    let is_question = *method == Method::OPTIONS && !allowed_origin::is_preflight(request);
    if is_question || [Method::TRACE, Method::CONNECT].contains(method) {
        return Err(Failure::method_not_allowed());
    }
    let mut modes = request.headers.get_all(FETCH_MODE).iter();
    match modes.all(|mode| mode == "cors") {
        true => Ok(()),
        false => Err(Failure::forbidden(
            Code::SiteNotAllowed,
            "The request comes from another site, and not from a script of its page.",
            "Open the console at its own address.",
        )),
    }
}

fn not_too_large(request: &Parts) -> Result<(), Failure> {
    let headers = &request.headers;
    let bytes: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + PER_HEADER)
        .sum();
    let path = request.uri.path_and_query();
    let path = path.map_or(0, |path| path.as_str().len());
    if headers.len() <= REQUEST_HEADERS
        && bytes <= REQUEST_HEADER_BYTES
        && path <= REQUEST_PATH_BYTES
    {
        return Ok(());
    }
    Err(Failure::new(
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        Code::HeadersTooLarge,
        format!(
            "The request has more than {REQUEST_HEADERS} headers, more than \
             {REQUEST_HEADER_BYTES} bytes of them, or a path of more than {REQUEST_PATH_BYTES} \
             bytes."
        ),
        "Send fewer or shorter headers; cookies of this host, which others may have set, can be \
         deleted in the browser.",
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
