//! Signature version 4.
//!
//! The signing key of a day, region and service is derived once ([`Keys`]), and the caller hands
//! over the body's hash, so that it need not be made twice. `src/proxy/tests/it/signature` compares
//! the signatures with those of AWS's own signer.

use crate::credentials::Credentials;
use crate::date::{Date, date};
use crate::hash::sha256_hex;
use crate::limits;
use formsmith_api::http::HttpRequest;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac;
use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The part of the credential scope that depends on the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope<'a> {
    pub region: &'a str,
    /// The service's signing name.
    pub service: &'a str,
}

/// A request that can't be written as a canonical request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSignable;

impl fmt::Display for NotSignable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request can't be signed")
    }
}

impl std::error::Error for NotSignable {}

/// What a signature covers, apart from the date and the session token.
#[derive(Debug, Clone, Copy)]
pub struct Signable<'a> {
    pub method: &'a str,
    /// Path and query.
    pub path: &'a str,
    pub host: &'a str,
    /// All but `host`, with names in any case.
    pub headers: &'a [(&'a str, &'a str)],
    /// SHA-256 of the body in lower-case hexadecimal.
    pub body_hash: &'a str,
    /// Is the path signed as it is sent? S3's is; that of others is normalised and encoded.
    pub is_path_literal: bool,
}

/// The headers that make a request a signed one. With temporary credentials it also carries
/// their session token, which is covered too.
#[derive(Debug, Clone)]
pub struct Signature {
    /// `x-amz-date`
    pub date: String,
    pub authorization: String,
}

/// Everything but letters and digits, and what RFC 3986 calls unreserved.
const RESERVED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
const RESERVED_IN_PATH: AsciiSet = RESERVED.remove(b'/');

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Signing keys that were derived before.
#[derive(Default)]
pub struct Keys(Mutex<Vec<Held>>);

struct Held {
    access_key_id: String,
    secret: String,
    day: String,
    region: String,
    service: String,
    key: hmac::Key,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(redacted)")
    }
}

impl Keys {
    fn get(&self, credentials: &Credentials, day: &str, scope: Scope<'_>) -> hmac::Key {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = held.iter().find(|held| {
            held.day == day
                && held.region == scope.region
                && held.service == scope.service
                && held.access_key_id == credentials.access_key_id()
                && held.secret == credentials.secret_access_key()
        });
        if let Some(found) = found {
            return found.key.clone();
        }
        if held.len() >= limits::SIGNING_KEYS {
            held.remove(0);
        }
        let key = signing_key(credentials.secret_access_key(), day, scope);
        held.push(Held {
            access_key_id: credentials.access_key_id().into(),
            secret: credentials.secret_access_key().into(),
            day: day.into(),
            region: scope.region.into(),
            service: scope.service.into(),
            key: key.clone(),
        });
        key
    }

    /// Signs with the credentials for the scope, at the time. Fails for a time that no date of
    /// four digits stands for, and for a header that holds a line break.
    pub fn sign(
        &self,
        signable: &Signable<'_>,
        scope: Scope<'_>,
        credentials: &Credentials,
        time: SystemTime,
    ) -> Result<Signature, NotSignable> {
        let Date { day, time } = date(time).ok_or(NotSignable)?;
        let (canonical, names) = canonical(signable, credentials.session_token(), &time)?;
        let request_hash = sha256_hex(&[canonical.as_bytes()]);
        let Scope { region, service } = scope;
        let to_sign =
            format!("{ALGORITHM}\n{time}\n{day}/{region}/{service}/aws4_request\n{request_hash}");
        let key = self.get(credentials, &day, scope);
        let tag = hex::encode(hmac::sign(&key, to_sign.as_bytes()));
        let id = credentials.access_key_id();
        Ok(Signature {
            authorization: format!(
                "{ALGORITHM} Credential={id}/{day}/{region}/{service}/aws4_request, \
                 SignedHeaders={names}, Signature={tag}"
            ),
            date: time,
        })
    }
}

fn signing_key(secret: &str, day: &str, scope: Scope<'_>) -> hmac::Key {
    let first = hmac::Key::new(hmac::HMAC_SHA256, format!("AWS4{secret}").as_bytes());
    let parts = [day, scope.region, scope.service, "aws4_request"];
    parts.iter().fold(first, |key, part| {
        let next = hmac::sign(&key, part.as_bytes());
        hmac::Key::new(hmac::HMAC_SHA256, next.as_ref())
    })
}

/// The canonical request, and the names of its headers as `SignedHeaders` lists them.
fn canonical(
    signable: &Signable<'_>,
    session_token: Option<&str>,
    time: &str,
) -> Result<(String, String), NotSignable> {
    let added = [
        Some(("host", signable.host)),
        Some(("x-amz-date", time)),
        session_token.map(|token| ("x-amz-security-token", token)),
    ];
    let mut headers: Vec<(Cow<'_, str>, &str)> = signable
        .headers
        .iter()
        .copied()
        .chain(added.into_iter().flatten())
        .map(|(name, value)| (in_lower_case(name), value))
        .collect();
    // Of a name that comes more than once, the values keep their order.
    headers.sort_by(|(one, _), (other, _)| one.cmp(other));
    let (path, query) = match signable.path.split_once('?') {
        Some((path, query)) => (path, query),
        None => (signable.path, ""),
    };
    let mut text = String::with_capacity(512);
    text += signable.method;
    text.push('\n');
    match signable.is_path_literal {
        true => text += path,
        false => text.extend(utf8_percent_encode(&normalized(path), &RESERVED_IN_PATH)),
    }
    text.push('\n');
    write_query(&mut text, query).map_err(|_| NotSignable)?;
    text.push('\n');
    let mut names = String::with_capacity(64);
    let mut last = "";
    for (name, value) in &headers {
        if value.contains(['\r', '\n']) {
            return Err(NotSignable);
        }
        if name == last {
            text.pop();
            text.push(',');
        } else {
            text += name;
            text.push(':');
            if !names.is_empty() {
                names.push(';');
            }
            names += name;
            last = name;
        }
        write_trimmed(&mut text, value);
        text.push('\n');
    }
    text.push('\n');
    text += &names;
    text.push('\n');
    text += signable.body_hash;
    Ok((text, names))
}

fn in_lower_case(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => name.to_ascii_lowercase().into(),
        false => name.into(),
    }
}

/// The path without `.`, `..` and empty segments. That it ends with a slash, or with a segment
/// that stands for a folder, is kept.
fn normalized(path: &str) -> Cow<'_, str> {
    let path = match path.starts_with('/') {
        true => Cow::Borrowed(path),
        false => Cow::Owned(format!("/{path}")),
    };
    if !path.contains('.') && !path.contains("//") {
        return path;
    }
    let mut kept = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let is_folder = ["/", "/.", "/./", "/..", "/../"];
    let ends_open = is_folder.iter().any(|end| path.ends_with(end));
    let mut whole = format!("/{}", kept.join("/"));
    if ends_open && !whole.ends_with('/') {
        whole.push('/');
    }
    whole.into()
}

/// The parameters sorted by their encoded names, then values; one without a value has an empty
/// one.
fn write_query(text: &mut String, query: &str) -> fmt::Result {
    if query.is_empty() {
        return Ok(());
    }
    let encoded = |part: &str| utf8_percent_encode(part, &RESERVED).to_string();
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (encoded(&name), encoded(&value)))
        .collect();
    pairs.sort();
    for (at, (name, value)) in pairs.iter().enumerate() {
        let and = if at == 0 { "" } else { "&" };
        write!(text, "{and}{name}={value}")?;
    }
    Ok(())
}

/// A header's value without spaces around it, and with one where several stood.
fn write_trimmed(text: &mut String, value: &str) {
    let value = value.trim_matches(' ');
    if !value.contains("  ") {
        *text += value;
        return;
    }
    let words = value.split(' ').filter(|word| !word.is_empty());
    for (at, word) in words.enumerate() {
        if at > 0 {
            text.push(' ');
        }
        *text += word;
    }
}

/// The headers that make a whole request a signed one: `x-amz-date`, `authorization` and, with
/// temporary credentials, `x-amz-security-token`. All headers the request has are signed, and
/// `host`, which is that of the address it is sent to.
pub fn sign(
    request: &HttpRequest,
    host: &str,
    scope: Scope<'_>,
    credentials: &Credentials,
    time: SystemTime,
) -> Result<Vec<(String, String)>, NotSignable> {
    let headers = request.headers.iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let signable = Signable {
        method: &request.method,
        path: &request.path,
        host,
        headers: &headers,
        body_hash: &sha256_hex(&[&request.body]),
        is_path_literal: false,
    };
    let signed = Keys::default().sign(&signable, scope, credentials, time)?;
    let token = credentials.session_token();
    let token = token.map(|token| ("x-amz-security-token".to_owned(), token.to_owned()));
    Ok([
        ("x-amz-date".to_owned(), signed.date),
        ("authorization".to_owned(), signed.authorization),
    ]
    .into_iter()
    .chain(token)
    .collect())
}
