//! An input, written as the protocol wants it.

use crate::http::HttpRequest;
use crate::json;
use crate::model::{Member, Model, Operation, Protocol, Service, ShapeId, ShapeKind};
use serde_json::{Map, Value};
use std::fmt;

/// Why an operation can't be sent: its model asks for something this client doesn't do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSendable {
    pub what: String,
}

impl fmt::Display for NotSendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the request can't be written: {}", self.what)
    }
}

impl std::error::Error for NotSendable {}

/// The request for an input. Members absent from the input are absent from the body; order
/// and values stay as they are, so that what is shown is what is sent.
pub fn request(
    model: &Model,
    service: &Service,
    operation: &Operation,
    input: &Value,
) -> Result<HttpRequest, NotSendable> {
    let refused = model.unsupported().iter().find(|unsupported| {
        changes_the_wire(&unsupported.what)
            && operation
                .input
                .as_ref()
                .is_some_and(|id| at_shape(&unsupported.at, id))
    });
    if let Some(unsupported) = refused {
        let what = format!("{} at {}", unsupported.what, unsupported.at);
        return Err(NotSendable { what });
    }
    let mut headers = vec![(
        "Content-Type".to_owned(),
        service.protocol.content_type().to_owned(),
    )];
    let (method, path) = match service.protocol {
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => ("POST".to_owned(), "/".to_owned()),
        Protocol::RestJson1 => {
            let http = operation.traits.http.as_ref().ok_or_else(|| NotSendable {
                what: format!("{} has no smithy.api#http", operation.id),
            })?;
            (http.method.clone(), http.uri.clone())
        }
    };
    if let Some(target) = service.target(operation) {
        headers.push(("X-Amz-Target".to_owned(), target));
    }
    let body = match &operation.input {
        Some(id) => body(model, service.protocol, id, input),
        None => Value::Object(Map::new()),
    };
    Ok(HttpRequest {
        method,
        path,
        headers,
        body: json::compact(&body).into_bytes(),
    })
}

/// HTTP binding traits move a member out of the body.
fn changes_the_wire(what: &str) -> bool {
    what.starts_with("smithy.api#http") || what == "smithy.api#hostLabel"
}

fn at_shape(at: &str, id: &ShapeId) -> bool {
    at.split('$').next() == Some(id.as_str())
}

fn body(model: &Model, protocol: Protocol, id: &ShapeId, value: &Value) -> Value {
    let kind = model.shape(id).map(|shape| &shape.kind);
    match (kind, value) {
        (Some(ShapeKind::Structure(members)), Value::Object(object)) => {
            Value::Object(structure(model, protocol, members, object))
        }
        (Some(ShapeKind::List(member)), Value::Array(items)) => items
            .iter()
            .map(|item| body(model, protocol, &member.target, item))
            .collect(),
        (Some(ShapeKind::Map { value: member, .. }), Value::Object(entries)) => entries
            .iter()
            .map(|(key, value)| (key.clone(), body(model, protocol, &member.target, value)))
            .collect(),
        _ => value.clone(),
    }
}

fn structure(
    model: &Model,
    protocol: Protocol,
    members: &[Member],
    object: &Map<String, Value>,
) -> Map<String, Value> {
    object
        .iter()
        .map(|(name, value)| {
            let Some(member) = members.iter().find(|member| member.name == *name) else {
                return (name.clone(), value.clone());
            };
            let value = body(model, protocol, &member.target, value);
            // awsJson pays no heed to jsonName.
            let on_wire = match (protocol, &member.traits.json_name) {
                (Protocol::RestJson1, Some(json_name)) => json_name.clone(),
                _ => name.clone(),
            };
            (on_wire, value)
        })
        .collect()
}
