//! awsJson1_0 and awsJson1_1: everything stands in a JSON body, and a header names the operation.

use super::error::is_success;
use super::json::{self, Json};
use super::{Answer, Call, NotSendable, NotUnderstood, error_name};
use crate::http::{HttpRequest, HttpResponse};
use crate::json::compact;
use crate::model::Shape;
use serde_json::{Map, Value};

/// The protocol pays no heed to `jsonName`.
const JSON: Json = Json { has_names: false };

pub fn request(call: Call<'_>, input: &Value) -> Result<HttpRequest, NotSendable> {
    let root = call.operation.input.as_ref();
    let root = root.and_then(|id| call.model.root(id));
    let body = match root {
        Some(root) => json::write(call.model, JSON, root, input)?,
        None => Value::Object(Map::new()),
    };
    let target = call.service.target(call.operation);
    let content_type = call.service.protocol.content_type();
    let mut headers = vec![
        ("Content-Type".to_owned(), content_type.to_owned()),
        ("X-Amz-Target".to_owned(), target.unwrap_or_default()),
    ];
    if call.service.wire.query_compatible {
        headers.push(("x-amzn-query-mode".to_owned(), "true".to_owned()));
    }
    Ok(HttpRequest {
        host_prefix: String::new(),
        method: "POST".to_owned(),
        path: "/".to_owned(),
        headers,
        body: compact(&body).into_bytes(),
        file: None,
    })
}

pub fn response(call: Call<'_>, response: &HttpResponse) -> Result<Answer, NotUnderstood> {
    respond(call, response, JSON, |_| Map::new())
}

/// An answer whose body is JSON; `elsewhere` reads the members of a shape that don't stand in it.
pub fn respond(
    call: Call<'_>,
    response: &HttpResponse,
    json: Json,
    elsewhere: impl Fn(&Shape) -> Map<String, Value>,
) -> Result<Answer, NotUnderstood> {
    let body = match json::body(&response.body) {
        Ok(body) => body,
        // An error's status says more than its unreadable body, if a header names the error.
        Err(_) if !is_success(response) && response.header("x-amzn-errortype").is_some() => {
            Map::new()
        }
        Err(not_understood) => return Err(not_understood),
    };
    let is_error = !is_success(response) || names_an_error(call, response, &body);
    json::answer(call, response, json, body, is_error, elsewhere)
}

/// Is a success by its status one of the operation's errors by its name? `code` is no such
/// name: an output may have a member of that name.
fn names_an_error(call: Call<'_>, response: &HttpResponse, body: &Map<String, Value>) -> bool {
    let in_header = response.header("x-amzn-errortype");
    let name = in_header.or_else(|| body.get("__type")?.as_str());
    name.is_some_and(|name| {
        let name = error_name::shape_name(name);
        call.model.error(call.operation, name).is_some()
    })
}
