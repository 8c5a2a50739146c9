//! What stands for a request: SHA-256 of its parts.

use crate::hash::{Hash, sha256};
use formsmith_wire::consent::text;

/// `headers` are those that travel on to the service, `path` is the one at which the proxy gets the
/// request, and `body_hash` is SHA-256 of the body in lower-case hexadecimal.
pub fn request_hash<'a>(
    method: &str,
    path: &str,
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    body_hash: &str,
) -> Hash {
    sha256(&[text(method, path, headers, body_hash).as_bytes()])
}
