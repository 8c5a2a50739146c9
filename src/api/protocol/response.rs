//! A response, read as the protocol means it.

use super::error_name;
use crate::http::HttpResponse;
use crate::json::{self, NotJson};
use crate::model::{Binding, Model, Operation, Protocol, Service, Shape, ShapeKind};
use serde_json::{Map, Value};

/// What the service said.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The output; an empty body is an output without members.
    Output(Map<String, Value>),
    Error(ServiceError),
}

#[derive(Debug, Clone, PartialEq)]
pub struct ServiceError {
    /// The bare shape name; `None` when the response has none.
    pub name: Option<String>,
    pub message: Option<String>,
    pub status: u16,
    /// Members besides the message, those that arrive in headers included.
    pub members: Map<String, Value>,
    /// Is the error one the operation's model lists?
    pub is_modeled: bool,
}

/// A response that isn't one of the protocol's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotUnderstood {
    /// The body isn't JSON; where it departs from it.
    NotJson { line: usize, column: usize },
    /// The body ends in the middle of JSON.
    CutOff,
    /// The body is JSON and not the object that was expected.
    NotAnObject,
    /// A member of the output has another type than the model's.
    WrongType {
        member: String,
        expected: &'static str,
    },
    /// A redirection, which AWS's services don't send.
    Redirect { status: u16 },
    /// The status says error and nothing in the response names one.
    NoErrorName { status: u16 },
}

/// Reads a response to an operation.
pub fn response(
    model: &Model,
    service: &Service,
    operation: &Operation,
    response: &HttpResponse,
) -> Result<Answer, NotUnderstood> {
    if (300..400).contains(&response.status) {
        return Err(NotUnderstood::Redirect {
            status: response.status,
        });
    }
    let is_success = (200..300).contains(&response.status);
    let body = match body(response) {
        Ok(body) => body,
        // An error's status says more than its unreadable body, if a header names the error.
        Err(_) if !is_success && response.header("x-amzn-errortype").is_some() => Map::new(),
        Err(not_understood) => return Err(not_understood),
    };
    if !is_success || names_an_error(operation, response, &body) {
        let error = error(model, operation, response, body);
        return match error.name {
            Some(_) => Ok(Answer::Error(error)),
            None => Err(NotUnderstood::NoErrorName {
                status: response.status,
            }),
        };
    }
    let output = operation.output.as_ref().and_then(|id| model.shape(id));
    match output {
        Some(shape) => {
            let output = members(model, service.protocol, shape, body);
            check_types(model, shape, &output)?;
            Ok(Answer::Output(output))
        }
        None => Ok(Answer::Output(body)),
    }
}

/// Is a success by its status one of the operation's errors by its name? `code` is no such
/// name: an output may have a member of that name.
fn names_an_error(
    operation: &Operation,
    response: &HttpResponse,
    body: &Map<String, Value>,
) -> bool {
    let in_header = response.header("x-amzn-errortype");
    let name = in_header.or_else(|| body.get("__type")?.as_str());
    name.is_some_and(|name| {
        let name = error_name::shape_name(name);
        operation.errors.iter().any(|id| id.name() == name)
    })
}

fn body(response: &HttpResponse) -> Result<Map<String, Value>, NotUnderstood> {
    if response.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    match json::parse(&response.body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(NotUnderstood::NotAnObject),
        Err(error) if error.is_cut_off => Err(NotUnderstood::CutOff),
        Err(NotJson { line, column, .. }) => Err(NotUnderstood::NotJson { line, column }),
    }
}

/// Names of members as the model has them. Members the model doesn't know are kept: a newer
/// service may say more.
fn members(
    model: &Model,
    protocol: Protocol,
    shape: &Shape,
    object: Map<String, Value>,
) -> Map<String, Value> {
    object
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(on_wire, value)| {
            let member = shape.members().iter().find(|member| {
                match (protocol, &member.traits.wire.json_name) {
                    (Protocol::RestJson1, Some(json_name)) => **json_name == on_wire,
                    _ => member.name == on_wire,
                }
            });
            match member {
                Some(member) => {
                    let target = model.shape(&member.target);
                    let value = match (target.map(|shape| &shape.kind), value) {
                        (Some(ShapeKind::Structure(_)), Value::Object(inner)) => target
                            .map(|shape| Value::Object(members(model, protocol, shape, inner)))
                            .unwrap_or_default(),
                        (_, value) => value,
                    };
                    (member.name.clone(), value)
                }
                None => (on_wire, value),
            }
        })
        .collect()
}

/// Lists where lists belong and structures where structures belong: the outcome is read from
/// them, and an answer of another form must not look like "nothing failed".
fn check_types(
    model: &Model,
    shape: &Shape,
    object: &Map<String, Value>,
) -> Result<(), NotUnderstood> {
    for member in shape.members() {
        let (Some(value), Some(target)) = (object.get(&member.name), model.shape(&member.target))
        else {
            continue;
        };
        let wrong = |expected| {
            Err(NotUnderstood::WrongType {
                member: member.name.clone(),
                expected,
            })
        };
        match (&target.kind, value) {
            (ShapeKind::List(item), Value::Array(items)) => {
                let of_structures = model
                    .shape(&item.target)
                    .is_some_and(|shape| matches!(shape.kind, ShapeKind::Structure(_)));
                if of_structures && !items.iter().all(Value::is_object) {
                    return wrong("array of objects");
                }
            }
            (ShapeKind::List(_), _) => return wrong("array"),
            (ShapeKind::Structure(_), Value::Object(_)) => {}
            (ShapeKind::Structure(_), _) => return wrong("object"),
            _ => {}
        }
    }
    Ok(())
}

fn error(
    model: &Model,
    operation: &Operation,
    response: &HttpResponse,
    body: Map<String, Value>,
) -> ServiceError {
    let name = error_name::of(response, &body);
    let shape = name.as_deref().and_then(|name| {
        let id = operation.errors.iter().find(|id| id.name() == name)?;
        model.shape(id)
    });
    let message = ["Message", "message", "errorMessage"]
        .iter()
        .find_map(|name| body.get(*name).and_then(Value::as_str))
        .map(str::to_owned);
    let from_headers = shape
        .map(Shape::members)
        .unwrap_or_default()
        .iter()
        .filter_map(|member| {
            let Binding::Header(header) = &member.traits.wire.binding else {
                return None;
            };
            let value = response.header(header)?;
            let is_number = model
                .shape(&member.target)
                .is_some_and(|shape| matches!(shape.kind, ShapeKind::Integer { .. }));
            let value = match value.parse::<i64>() {
                Ok(number) if is_number => number.into(),
                _ => value.into(),
            };
            Some((member.name.clone(), value))
        });
    let is_told = |name: &str| {
        matches!(
            name,
            "__type" | "code" | "Code" | "Message" | "message" | "errorMessage"
        )
    };
    let members = body
        .into_iter()
        .filter(|(name, _)| !is_told(name))
        .chain(from_headers)
        .collect();
    ServiceError {
        name,
        message,
        status: response.status,
        members,
        is_modeled: shape.is_some(),
    }
}
