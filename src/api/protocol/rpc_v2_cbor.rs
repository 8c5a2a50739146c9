//! rpcv2Cbor: everything stands in a CBOR body, and the path names the operation.

use super::error::is_success;
use super::json::{self, Json};
use super::{Answer, Call, NotSendable, NotUnderstood, cbor};
use crate::http::{HttpRequest, HttpResponse};
use serde_json::{Map, Value};

/// Names are the members' own.
const NAMES: Json = Json { has_names: false };

pub fn request(call: Call<'_>, input: &Value) -> Result<HttpRequest, NotSendable> {
    let content_type = call.service.protocol.content_type();
    let mut headers = vec![
        ("smithy-protocol".to_owned(), "rpc-v2-cbor".to_owned()),
        ("Accept".to_owned(), content_type.to_owned()),
    ];
    if call.service.wire.query_compatible {
        headers.push(("x-amzn-query-mode".to_owned(), "true".to_owned()));
    }
    let root = call.operation.input.as_ref();
    let body = match root.and_then(|id| call.model.root(id)) {
        Some(root) => {
            headers.push(("Content-Type".to_owned(), content_type.to_owned()));
            cbor::write(call.model, root, input)?
        }
        None => Vec::new(),
    };
    let (service, operation) = (&call.service.target_prefix, call.operation.name());
    Ok(HttpRequest {
        host_prefix: String::new(),
        method: "POST".to_owned(),
        path: format!("/service/{service}/operation/{operation}"),
        headers,
        body,
        file: None,
    })
}

pub fn response(call: Call<'_>, response: &HttpResponse) -> Result<Answer, NotUnderstood> {
    let body = cbor::body(&response.body)?;
    let is_error = !is_success(response);
    json::answer(call, response, NAMES, body, is_error, |_| Map::new())
}
