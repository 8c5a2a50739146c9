//! A request before it is signed.

use crate::body::Bytes;
use crate::failure::Failure;
use crate::hash::sha256_hex;
use crate::http::header::CONTENT_ENCODING;
use crate::http::{HeaderName, HeaderValue, Method};
use crate::models::Found;
use crate::signed::not_sendable;
use formsmith_api::model::{Binding, Operation};
use formsmith_api::protocol::{host_prefix, packed};

/// What goes to a service, less its signature.
pub struct Unsigned {
    pub method: Method,
    /// Path and query of the service's protocol.
    pub path: String,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Bytes,
    /// SHA-256 of the body in lower-case hexadecimal.
    pub body_hash: String,
}

impl Unsigned {
    /// What its operation has before the host. Labels are members of the input that stand in headers,
    /// which the person agreed to with the rest.
    pub fn host_prefix(&self, found: &Found<'_>) -> Result<String, Failure> {
        let Some(operation) = found.operation else {
            return Ok(String::new());
        };
        let input = operation
            .input
            .as_ref()
            .and_then(|id| found.model.shape(id));
        let value = |label: &str| match &input?.member(label)?.traits.wire.binding {
            Binding::Header(bound) => {
                let mut headers = self.headers.iter();
                let (_, value) =
                    headers.find(|(name, _)| bound.eq_ignore_ascii_case(name.as_str()))?;
                value.to_str().ok()
            }
            _ => None,
        };
        host_prefix(operation, value).map_err(|_| not_sendable())
    }

    /// The request with its body packed, where the operation has large ones packed: what the person
    /// agreed to, in fewer bytes.
    pub fn packed(mut self, operation: &Operation) -> Self {
        let headers = self.headers.iter();
        let headers =
            headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let Some(packed) = packed(operation, headers, &self.body) else {
            return self;
        };
        let Ok(encoding) = HeaderValue::from_str(&packed.content_encoding) else {
            return self;
        };
        self.headers.retain(|(name, _)| name != CONTENT_ENCODING);
        self.headers.push((CONTENT_ENCODING, encoding));
        self.body_hash = sha256_hex(&[&packed.body]);
        self.body = packed.body.into();
        self
    }
}
