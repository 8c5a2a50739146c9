//! Blobs: bytes, which inputs and outputs have as text in base64.

use super::{NotSendable, not_sendable};
use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use serde_json::Value;

pub fn text(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub fn bytes(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The bytes of an input's blob; `at` is where it stands.
pub(super) fn blob(value: &Value, at: &str) -> Result<Vec<u8>, NotSendable> {
    let bytes = value.as_str().and_then(bytes);
    bytes.ok_or_else(|| not_sendable("this is not base64:", at))
}
