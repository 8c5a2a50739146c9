//! The name of an error, wherever and however a service wrote it.

use crate::http::HttpResponse;
use crate::json;
use serde_json::{Map, Value};

/// The bare shape name: what precedes the first `:`, then what follows the first `#`.
pub fn shape_name(raw: &str) -> &str {
    let before = raw.split(':').next().unwrap_or(raw);
    let name = before.split_once('#').map_or(before, |(_, name)| name);
    name.trim()
}

/// The name of the error that a response with a status of 400 or more tells, of which only the
/// header `x-amzn-errortype` and the body are asked for; whatever protocol it is of. The body is
/// parsed only if the header has no name.
pub fn error_name(header: Option<&str>, body: &[u8]) -> Option<String> {
    first([header]).or_else(|| {
        let body = json::parse(body).ok()?;
        first(in_body(body.as_object()?))
    })
}

/// Looks where the protocols put it: the header, then `__type`, then `code`.
pub fn of(response: &HttpResponse, body: &Map<String, Value>) -> Option<String> {
    first([response.header(HEADER)]).or_else(|| first(in_body(body)))
}

const HEADER: &str = "x-amzn-errortype";

/// The members of an error's body that can have its name.
pub const MEMBERS: [&str; 3] = ["__type", "code", "Code"];

fn in_body(body: &Map<String, Value>) -> [Option<&str>; 3] {
    MEMBERS.map(|name| body.get(name).and_then(Value::as_str))
}

fn first<'a>(names: impl IntoIterator<Item = Option<&'a str>>) -> Option<String> {
    let mut names = names.into_iter().flatten().map(shape_name);
    names.find(|name| !name.is_empty()).map(str::to_owned)
}
