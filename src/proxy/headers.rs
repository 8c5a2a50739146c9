//! Headers as the pure crates have them.

use crate::http::{HeaderMap, HeaderName, HeaderValue};

/// The headers whose values are text.
pub fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        Some((name.to_string(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().filter_map(text).collect()
}
