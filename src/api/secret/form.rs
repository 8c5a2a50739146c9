//! What looks like a secret, whatever its model says.

use crate::curated::SECRET_FORMS;

/// Is it a signed URL, a token or a private key by its form?
pub fn looks_secret(text: &str) -> bool {
    let has_all = |parts: &&[&str]| parts.iter().all(|part| text.contains(part));
    SECRET_FORMS.iter().any(has_all) || is_web_token(text)
}

/// RFC 7519: three parts in base64url, the first of which is an object of JSON.
fn is_web_token(text: &str) -> bool {
    let token = text.trim();
    let token = token.strip_prefix("Bearer ").unwrap_or(token);
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=');
    let parts: Vec<&str> = token.split('.').collect();
    let is_part = |part: &&str| !part.is_empty() && part.bytes().all(is_base64);
    token.starts_with("eyJ") && parts.len() == 3 && parts.iter().all(is_part)
}
