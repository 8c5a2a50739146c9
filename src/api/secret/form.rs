//! What looks like a secret, whatever its model says.

use crate::curated::SECRET_FORMS;
use crate::json;
use serde_json::Value;

/// Is it a signed URL, a token or a private key by its form?
pub fn looks_secret(text: &str) -> bool {
    let has_all = |parts: &&[&str]| parts.iter().all(|part| text.contains(part));
    SECRET_FORMS.iter().any(has_all) || is_web_token(text)
}

/// Does anything in a text that is to be JSON look like a secret?
pub fn json_looks_secret(text: &str) -> bool {
    may_look_secret(text)
        && match json::parse(text.as_bytes()) {
            Ok(value) => has_secret(&value),
            Err(_) => true,
        }
}

fn has_secret(value: &Value) -> bool {
    match value {
        Value::String(text) => looks_secret(text),
        Value::Array(items) => items.iter().any(has_secret),
        Value::Object(members) => members.values().any(has_secret),
        _ => false,
    }
}

/// Could anything in a body look like a secret? Searches the raw text: encodings may escape other
/// characters, but write letters, digits and hyphens as they are.
pub fn may_look_secret(body: &str) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let has_all = |parts: &&[&str]| {
        parts.iter().all(|part| {
            let mut words = part.as_bytes().split(|byte| !is_plain(byte));
            words.all(|word| str::from_utf8(word).is_ok_and(|word| body.contains(word)))
        })
    };
    SECRET_FORMS.iter().any(has_all) || body.contains(WEB_TOKEN)
}

/// `{"` in base64.
const WEB_TOKEN: &str = "eyJ";

/// RFC 7519: three parts in base64url, the first of which is an object of JSON.
fn is_web_token(text: &str) -> bool {
    let token = text.trim();
    let token = token.strip_prefix("Bearer ").unwrap_or(token);
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=');
    let parts: Vec<&str> = token.split('.').collect();
    let is_part = |part: &&str| !part.is_empty() && part.bytes().all(is_base64);
    token.starts_with(WEB_TOKEN) && parts.len() == 3 && parts.iter().all(is_part)
}
