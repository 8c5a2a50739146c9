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

/// The name of the error that a response with a status of 400 or more tells; whatever protocol
/// it is of, none is asked for.
pub fn error_name(response: &HttpResponse) -> Option<String> {
    let body = json::parse(&response.body).ok();
    let members = body.as_ref().and_then(Value::as_object);
    of(response, members.unwrap_or(&Map::new()))
}

/// Looks where the protocols put it: the header, then `__type`, then `code`.
pub fn of(response: &HttpResponse, body: &Map<String, Value>) -> Option<String> {
    let in_body = |name: &str| body.get(name).and_then(Value::as_str);
    [
        response.header("x-amzn-errortype"),
        in_body("__type"),
        in_body("code"),
        in_body("Code"),
    ]
    .into_iter()
    .flatten()
    .map(shape_name)
    .find(|name| !name.is_empty())
    .map(str::to_owned)
}
