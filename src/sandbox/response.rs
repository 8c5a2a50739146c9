//! Outputs and errors, written as the service's protocol has them.

use crate::answer::{Answer, ServiceError};
use crate::unmodeled;
use formsmith_api::http::HttpResponse;
use formsmith_api::json;
use formsmith_api::model::{Binding, Fault, Model, Operation, Protocol, Shape, ShapeId};
use serde_json::{Map, Value};

pub fn output(protocol: Protocol, operation: &Operation, answer: Answer) -> HttpResponse {
    let status = match (protocol, &operation.traits.http) {
        (Protocol::RestJson1, Some(http)) => http.code,
        _ => 200,
    };
    let body = match answer {
        Answer::Output(members) => json::compact(&Value::Object(members)).into_bytes(),
        Answer::NoBody => Vec::new(),
    };
    response(status, protocol, body)
}

/// The operation is `None` when the request names none; its model can't say anything then.
pub fn error(
    model: &Model,
    protocol: Protocol,
    operation: Option<&Operation>,
    error: ServiceError,
) -> HttpResponse {
    let ids = operation.map(|operation| operation.errors.as_slice());
    let shape = ids
        .unwrap_or_default()
        .iter()
        .find(|id| id.name() == error.shape)
        .and_then(|id| model.shape(id))
        .or_else(|| of_the_service(model, operation?, &error.shape));
    let (namespace, unmodeled_status) = unmodeled::origin(&error.shape, protocol);
    let status = shape.map_or(unmodeled_status, status);
    let type_name = match shape {
        Some(shape) => shape.id.as_str().to_owned(),
        None => format!("{namespace}#{}", error.shape),
    };
    let mut headers = Vec::new();
    let mut body = Map::new();
    match protocol {
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => {
            body.insert("__type".into(), type_name.into());
        }
        _ => {
            headers.push(("x-amzn-ErrorType".to_owned(), error.shape.into_owned()));
        }
    }
    body.insert(message_member(shape).into(), error.message.into());
    for (name, value) in error.members {
        match shape.and_then(|shape| header_name(shape, protocol, &name)) {
            Some(header) => headers.push((header.to_owned(), text(&value))),
            None => {
                body.insert(name, value);
            }
        }
    }
    let body = json::compact(&Value::Object(body)).into_bytes();
    let mut response = response(status, protocol, body);
    response.headers.append(&mut headers);
    response
}

/// An error that the service has and the operation doesn't list: some operations leave out those
/// that every one of them can end in.
fn of_the_service<'a>(model: &'a Model, operation: &Operation, name: &str) -> Option<&'a Shape> {
    let (namespace, _) = operation.id.as_str().split_once('#')?;
    let shape = model.shape(&ShapeId::new(format!("{namespace}#{name}")))?;
    shape.traits.error.is_some().then_some(shape)
}

/// What the front ends of the JSON services say to a request that is not of their protocol.
pub fn not_json_protocol() -> HttpResponse {
    HttpResponse {
        status: 404,
        headers: Vec::new(),
        body: b"<UnknownOperationException/>\n".to_vec(),
        file: None,
    }
}

fn response(status: u16, protocol: Protocol, body: Vec<u8>) -> HttpResponse {
    let content_type = protocol.content_type().to_owned();
    HttpResponse {
        status,
        headers: vec![("Content-Type".to_owned(), content_type)],
        body,
        file: None,
    }
}

fn status(shape: &Shape) -> u16 {
    let by_fault = match shape.traits.error {
        Some(Fault::Server) => 500,
        _ => 400,
    };
    shape.traits.http_error.unwrap_or(by_fault)
}

/// Modeled errors write it as their model does, the front ends' own in lower case.
fn message_member(shape: Option<&Shape>) -> &str {
    shape
        .into_iter()
        .flat_map(Shape::members)
        .map(|member| member.name.as_str())
        .find(|name| name.eq_ignore_ascii_case("message"))
        .unwrap_or("message")
}

fn header_name<'a>(shape: &'a Shape, protocol: Protocol, member: &str) -> Option<&'a str> {
    let is_bound = protocol == Protocol::RestJson1;
    match &shape.member(member)?.traits.wire.binding {
        Binding::Header(header) if is_bound => Some(header),
        _ => None,
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => json::compact(other),
    }
}
