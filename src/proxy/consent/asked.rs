//! The body of a proposal.

use super::Kind;
use super::refusal::malformed;
use crate::failure::Failure;
use crate::hash::{Hash, read_hex};
use crate::http::{HeaderMap, HeaderName, HeaderValue, Method};
use crate::limits;
use crate::policy::{Address, OPERATION, TARGET};
use formsmith_api::json;
use serde_json::Value;
use std::ops::RangeInclusive;

/// What the console asks before it shows a review.
#[derive(Debug)]
pub struct Asked {
    pub kind: Kind,
    pub method: Method,
    /// The profile whose credentials are to sign, if it is named.
    pub profile: Option<String>,
    service: String,
    region: String,
    path: String,
    target: Option<HeaderValue>,
    operation: Option<HeaderValue>,
    /// The others, where the console tells them.
    headers: Option<HeaderMap>,
}

impl Asked {
    pub fn read(body: &[u8]) -> Result<Self, Failure> {
        let asked = json::parse(body).ok().filter(Value::is_object);
        let asked = asked.ok_or_else(|| malformed("it is not a JSON object"))?;
        let text = |name: &str| {
            let text = asked[name].as_str();
            text.ok_or_else(|| malformed(&format!("{name} is not a text")))
        };
        let method = Method::from_bytes(text("method")?.as_bytes());
        let header = |name: &str| match &asked[name] {
            Value::Null => Ok(None),
            _ => HeaderValue::from_str(text(name)?)
                .map(Some)
                .map_err(|_| malformed(&format!("{name} can't be sent in a header"))),
        };
        Ok(Self {
            kind: kind(&asked, text("kind")?)?,
            method: method.map_err(|_| malformed("method is not one of HTTP"))?,
            profile: match &asked["profile"] {
                Value::Null => None,
                _ => Some(text("profile")?.to_owned()),
            },
            service: text("service")?.to_owned(),
            region: text("region")?.to_owned(),
            path: text("path")?.to_owned(),
            target: header("target")?,
            operation: header("operation")?,
            headers: headers(&asked["headers"])?,
        })
    }

    /// Where the requests would be sent to the proxy.
    pub fn address(&self) -> Address<'_> {
        Address {
            service: &self.service,
            region: &self.region,
            path: self.path.clone(),
        }
    }

    /// Does it say all headers that the requests will have?
    pub fn has_headers(&self) -> bool {
        self.headers.is_some()
    }

    /// The headers that are known, with those by which an operation is told from another.
    pub fn headers(&self) -> HeaderMap {
        let mut headers = self.headers.clone().unwrap_or_default();
        for (name, value) in [(TARGET, &self.target), (OPERATION, &self.operation)] {
            if let Some(value) = value {
                headers.insert(name, value.clone());
            }
        }
        headers
    }
}

/// An object with a text for each name. They may decide on the host and on what a request can do.
fn headers(told: &Value) -> Result<Option<HeaderMap>, Failure> {
    let told = match told {
        Value::Null => return Ok(None),
        Value::Object(told) => told,
        _ => return Err(malformed("headers is not an object")),
    };
    let mut headers = HeaderMap::new();
    for (name, value) in told {
        let wrong = || malformed("a header can't be sent");
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
        let value = value.as_str().ok_or_else(wrong)?;
        let value = HeaderValue::from_str(value).map_err(|_| wrong())?;
        if headers.insert(name, value).is_some() {
            return Err(malformed("a header is there twice"));
        }
    }
    Ok(Some(headers))
}

fn kind(asked: &Value, kind: &str) -> Result<Kind, Failure> {
    let attempts = || {
        let most = 1..=u64::from(limits::CONSENT_ATTEMPTS);
        Ok(number(asked, "attempts", most)? as u8)
    };
    Ok(match kind {
        "one" => Kind::One {
            hash: digest(asked, "hash")?,
        },
        "run" => Kind::Run {
            hash: digest(asked, "hash")?,
            attempts: attempts()?,
        },
        "list" => Kind::List {
            root: digest(asked, "root")?,
            count: number(asked, "count", 1..=u64::from(limits::CONSENT_LIST_REQUESTS))? as u32,
            attempts: attempts()?,
            minutes: number(
                asked,
                "minutes",
                1..=u64::from(limits::CONSENT_LIST_MINUTES),
            )? as u32,
        },
        _ => return Err(malformed("kind is not one, run or list")),
    })
}

fn digest(asked: &Value, name: &str) -> Result<Hash, Failure> {
    let digest = asked[name].as_str().and_then(read_hex);
    digest.ok_or_else(|| malformed(&format!("{name} is not SHA-256 in lower-case hexadecimal")))
}

fn number(asked: &Value, name: &str, range: RangeInclusive<u64>) -> Result<u64, Failure> {
    let number = asked[name].as_u64().filter(|number| range.contains(number));
    let (least, most) = range.into_inner();
    number.ok_or_else(|| malformed(&format!("{name} is not a number from {least} to {most}")))
}
