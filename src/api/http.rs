//! HTTP messages as plain values: what crosses between console, proxy and sandbox.

use crate::file::FileRef;

/// A request before it is signed: no host, no credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// What stands before the endpoint's host, such as `123456789012.`; empty for most operations.
    pub host_prefix: String,
    /// Upper-case method, such as `POST`.
    pub method: String,
    /// Path and, after a `?`, the query.
    pub path: String,
    /// Names as AWS writes them; compare without regard to case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// What is sent in place of `body`, which is empty then.
    pub file: Option<FileRef>,
}

/// A response, exactly as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpResponse {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// What the body was written to as it came; `body` is empty then.
    pub file: Option<FileRef>,
}

impl HttpRequest {
    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

impl HttpResponse {
    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(n, _)| n.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}
