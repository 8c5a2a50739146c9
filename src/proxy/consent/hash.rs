//! What stands for a request: SHA-256 of its parts.

use formsmith_api::consent::text;
use formsmith_api::http::HttpRequest;
use sha2::{Digest, Sha256};

/// SHA-256 of a body in lower-case hexadecimal: part of a request's hash and of its signature.
pub fn body_hash(body: &[u8]) -> String {
    hex::encode(Sha256::digest(body))
}

/// The hash of a request, whose headers are those that travel on to the service. `path` is the
/// one at which the proxy gets it.
pub fn request_hash(request: &HttpRequest, path: &str, body_hash: &str) -> [u8; 32] {
    let headers = request.headers.iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
    Sha256::digest(text(&request.method, path, headers, body_hash)).into()
}
