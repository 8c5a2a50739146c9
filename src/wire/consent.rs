//! What a person agrees to when they confirm a request that changes something.

/// The text whose SHA-256, in lower-case hexadecimal, stands for the whole request: method, path,
/// a line for each header and the body's hash.
///
/// `method` and `path` (with its query, if it has one) are those of the request as the proxy gets
/// it (`/api/servicecatalog/us-east-1/`), `headers` those that travel on to the service, in any
/// order, and `body_hash` is SHA-256 of the body in lower-case hexadecimal.
///
/// No part can hold a line break in a request, so no two requests share a text.
#[must_use]
pub fn text<'a>(
    method: &str,
    path: &str,
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    body_hash: &str,
) -> String {
    let headers = headers.into_iter();
    let mut headers: Vec<_> = headers
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    headers.sort_unstable();
    let mut text = format!("{method}\n{path}\n");
    for (name, value) in headers {
        text.push_str(&name);
        text.push(':');
        text.push_str(value);
        text.push('\n');
    }
    text.push_str(body_hash);
    text
}
