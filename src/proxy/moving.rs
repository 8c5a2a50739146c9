//! The way from the plain loopback address, which the next server may have, to the proxy's own
//! name: two small pages, and what they hand over to each other.
//!
//! `leave` is what the plain address shows a browser. It probes whether the browser finds the name,
//! and asks back here whether the probe has come to this proxy: a browser that asks the network for
//! the name could have found another machine. It uploads what the console keeps in the browser, and
//! goes to `arrive` at the name. That writes what it takes, says so, and goes back to `leave`, which
//! removes what has arrived.

use crate::body::{self, Body, Bytes, Response};
use crate::config::Limits;
use crate::failure::Failure;
use crate::guard::{Guard, PROBE, is_forwarded};
use crate::handover::Handover;
use crate::http::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use crate::http::request::Parts;
use crate::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use crate::incoming;
use crate::limits;
use crate::origin::Origin;
use crate::session::once::Once;
use formsmith_wire::Code;
use serde_json::{Value, json};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::Semaphore;

const PAGE: &str = include_str!("move/page.html");
const LEAVE_SCRIPT: &str = include_str!("move/leave.js");
const ARRIVE_SCRIPT: &str = include_str!("move/arrive.js");
const KEPT_SCRIPT: &str = include_str!("move/kept.js");

const API: &str = "/api/move";
/// Before a nonce, at the plain address: has the probe with it come here?
const PROBED_WITH: &str = "/api/move/probes/";

#[derive(Debug)]
pub struct Moving {
    origin: String,
    handover: Handover,
    /// What came with the probes of the name, each to be asked back once.
    probes: Mutex<Once>,
    uploads: Semaphore,
}

impl Moving {
    pub fn new(origin: &Origin) -> Self {
        Self {
            origin: origin.url(),
            handover: Handover::default(),
            probes: Mutex::new(Once::new(limits::MOVE_PROBE_TIME, limits::MOVE_PROBES)),
            uploads: Semaphore::new(limits::MOVE_UPLOADS_AT_ONCE),
        }
    }

    /// Requests that a development server passes on are left alone: its page has an origin of its own
    /// and stays there.
    pub fn is_asked(&self, guard: &Guard, parts: &Parts) -> bool {
        let path = parts.uri.path();
        let is_here = match path {
            "/" => parts.method == Method::GET && wants_page(&parts.headers),
            API => true,
            _ => path.starts_with("/move/") || after(path, API).is_some(),
        };
        is_here
            && !is_forwarded(&parts.headers)
            && (path != "/" || !guard.is_own_name(&parts.headers))
    }

    /// `is_own` is a request to the proxy's own name.
    pub async fn answer(
        &self,
        is_own: bool,
        parts: &Parts,
        body: Body,
        limits: &Limits,
    ) -> Response {
        let answered = match parts.uri.path() {
            API => self.upload(is_own, &parts.method, body, limits).await,
            path => match after(path, API) {
                Some(rest) => self.handed_over(is_own, rest, parts, body, limits).await,
                None => {
                    incoming::discard(body, limits).await;
                    self.page(is_own, parts)
                }
            },
        };
        answered.unwrap_or_else(Failure::into_response)
    }

    fn page(&self, is_own: bool, parts: &Parts) -> Result<Response, Failure> {
        if ![Method::GET, Method::HEAD].contains(&parts.method) {
            return Err(Failure::method_not_allowed());
        }
        let script = |text: &'static str| Ok(typed("text/javascript", text));
        match (parts.uri.path(), is_own) {
            ("/", false) => {
                let page = self.html("leave", "Opening Formsmith at its own address.");
                Ok(with_policy(page, &self.origin))
            }
            ("/move/", true) => {
                let said = "Moving your history and drafts to Formsmith's own address.";
                Ok(with_policy(self.html("arrive", said), ""))
            }
            ("/move/leave.js", false) => script(LEAVE_SCRIPT),
            ("/move/arrive.js", true) => script(ARRIVE_SCRIPT),
            ("/move/kept.js", _) => script(KEPT_SCRIPT),
            (PROBE, true) => {
                if let Some(nonce) = parts.uri.query().filter(|nonce| is_nonce(nonce)) {
                    self.probes().add(nonce, Instant::now());
                }
                Ok(found())
            }
            _ => Err(Failure::not_found()),
        }
    }

    /// A page that runs this script and meanwhile says this.
    fn html(&self, script: &str, said: &str) -> Response {
        let page = PAGE.replace("{origin}", &self.origin);
        let page = page.replace("{bytes}", &limits::MOVE_BYTES.to_string());
        let page = page.replace("{script}", script).replace("{said}", said);
        typed("text/html; charset=utf-8", page)
    }

    async fn upload(
        &self,
        is_own: bool,
        method: &Method,
        body: Body,
        limits: &Limits,
    ) -> Result<Response, Failure> {
        if is_own || method != Method::POST {
            incoming::discard(body, limits).await;
            return Err(match is_own {
                true => Failure::not_found(),
                false => Failure::method_not_allowed(),
            });
        }
        let Ok(_turn) = self.uploads.try_acquire() else {
            incoming::discard(body, limits).await;
            return Err(busy());
        };
        let limits = Limits {
            request_bytes: limits::MOVE_BYTES,
            ..*limits
        };
        let data = incoming::body(body, &limits).await?;
        let id = self.handover.put(data, limits.hand_over);
        let id = id.map_err(|_| Failure::no_randomness())?;
        Ok(body::json(&json!({ "id": id })))
    }

    fn probes(&self) -> MutexGuard<'_, Once> {
        self.probes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `rest` is `/ID` or `/ID/arrived`. The page at the name reads and says that it has arrived;
    /// the one at the plain address asks whether it has, compares and forgets.
    async fn handed_over(
        &self,
        is_own: bool,
        rest: &str,
        parts: &Parts,
        body: Body,
        limits: &Limits,
    ) -> Result<Response, Failure> {
        let body = incoming::body(body, limits).await?;
        if let Some(nonce) = parts.uri.path().strip_prefix(PROBED_WITH) {
            return match (&parts.method, is_own) {
                (&Method::POST, false) => Ok(body::json(&json!({
                    "found": self.probes().redeem(nonce, Instant::now()).is_ok(),
                }))),
                _ => Err(Failure::not_found()),
            };
        }
        let arrived = rest.strip_suffix("/arrived");
        let id = arrived.unwrap_or(rest);
        match (&parts.method, arrived.is_some(), is_own) {
            (&Method::GET, false, _) => {
                let data = self.handover.data(id).ok_or_else(unknown)?;
                Ok(typed("application/json", Body::new(data)))
            }
            (&Method::DELETE, false, false) => match self.handover.forget(id) {
                true => Ok(body::json(&json!({}))),
                false => Err(unknown()),
            },
            (&Method::GET, true, false) => {
                let skipped = self.handover.skipped(id).ok_or_else(unknown)?;
                Ok(body::json(&json!({
                    "arrived": skipped.is_some(),
                    "skipped": skipped.unwrap_or_default(),
                })))
            }
            (&Method::POST, true, true) => {
                let skipped = skipped(&body).ok_or_else(malformed)?;
                match self.handover.arrived(id, skipped) {
                    true => Ok(body::json(&json!({}))),
                    false => Err(unknown()),
                }
            }
            _ => Err(Failure::not_found()),
        }
    }
}

/// What comes after a folder, without the slash between.
fn after<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// Scripts that ask for the console's page get that, as ever: only a browser has something to move.
fn wants_page(headers: &HeaderMap) -> bool {
    let mut accepted = headers.get_all(ACCEPT).iter();
    accepted.any(|value| {
        value
            .to_str()
            .is_ok_and(|value| value.contains("text/html"))
    })
}

/// The keys that the page at the name had already, with other values.
fn skipped(body: &Bytes) -> Option<Vec<String>> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let keys = body["skipped"].as_array()?.iter();
    keys.map(|key| Some(key.as_str()?.to_owned())).collect()
}

fn typed(kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// The pages have no style, and write nothing into the document but text.
fn with_policy(mut response: Response, probed: &str) -> Response {
    let policy = format!(
        "default-src 'none'; script-src 'self'; connect-src {}; img-src data:; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'",
        format!("'self' {probed}").trim_end()
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        let headers = response.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// 16 random bytes in hexadecimal.
fn is_nonce(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Nothing, which any page may know. Browsers keep the answers of other sites from pages by what
/// type they seem to have; a style sheet is never kept.
fn found() -> Response {
    let mut response = typed("text/css", Bytes::new());
    response.headers_mut().insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    response
}

fn unknown() -> Failure {
    Failure::new(
        StatusCode::NOT_FOUND,
        Code::MoveUnknown,
        "The data to be moved is no longer here: it is kept for two minutes, and newer data replaces it.",
        "Open the address that the proxy printed at start again.",
    )
}

fn malformed() -> Failure {
    Failure::bad_request(
        Code::MoveMalformed,
        "The request does not say which keys stayed behind.",
        "Send a JSON object whose member skipped is a list of keys.",
    )
}

fn busy() -> Failure {
    Failure::busy(
        "Another page is moving its data right now.",
        "Open the address that the proxy printed at start again.",
    )
}
