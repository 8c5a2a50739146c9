//! An input, written as the protocol wants it.

use crate::http::HttpRequest;
use crate::json;
use crate::model::{
    Binding, Member, Model, Operation, Protocol, Service, Shape, ShapeId, ShapeKind,
};
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
    if let Some(unsupported) = model.refusal(operation) {
        let what = format!("{} at {}", unsupported.what, unsupported.at);
        return Err(NotSendable { what });
    }
    let input_shape = operation.input.as_ref().and_then(|id| model.shape(id));
    let members = input_shape.map(Shape::members).unwrap_or_default();
    let is_bound = |member: &&Member| {
        service.protocol == Protocol::RestJson1 && member.traits.wire.binding != Binding::Body
    };
    if let Some(bound) = members.iter().find(is_bound) {
        let what = format!("the binding of {}", bound.name);
        return Err(NotSendable { what });
    }
    let mut headers = vec![(
        "Content-Type".to_owned(),
        service.protocol.content_type().to_owned(),
    )];
    let (method, path) = match service.protocol {
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => ("POST".to_owned(), "/".to_owned()),
        _ => {
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
            let on_wire = match (protocol, &member.traits.wire.json_name) {
                (Protocol::RestJson1, Some(json_name)) => json_name.to_string(),
                _ => name.clone(),
            };
            (on_wire, value)
        })
        .collect()
}
