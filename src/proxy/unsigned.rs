//! A request before it is signed.

use crate::body::Bytes;
use crate::http::{HeaderName, HeaderValue, Method};

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
