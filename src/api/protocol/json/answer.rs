//! Outputs and errors, of a body that was JSON or reads like it.

use super::Json;
use super::read::{check_types, read};
use crate::http::HttpResponse;
use crate::model::Shape;
use crate::protocol::error::{Found, error};
use crate::protocol::{Answer, Call, NotUnderstood, error_name};
use serde_json::{Map, Value};

/// What a body says; `elsewhere` reads the members of a shape that don't stand in it.
pub fn answer(
    call: Call<'_>,
    response: &HttpResponse,
    json: Json,
    body: Map<String, Value>,
    is_error: bool,
    elsewhere: impl Fn(&Shape) -> Map<String, Value>,
) -> Result<Answer, NotUnderstood> {
    let members_of = |shape: &Shape, body: Map<String, Value>| {
        let mut members = elsewhere(shape);
        let root = call.model.root(&shape.id);
        let body = root.map(|root| read(call.model, json, root, Value::Object(body)));
        if let Some(Value::Object(body)) = body {
            members.extend(body);
        }
        members
    };
    if is_error {
        let found = Found {
            name: error_name::of(response, &body),
            members: body,
        };
        return error(call, response, found, members_of);
    }
    let output = call.operation.output.as_ref();
    match output.and_then(|id| call.model.shape(id)) {
        Some(shape) => {
            let output = members_of(shape, body);
            check_types(call.model, shape, &output)?;
            Ok(Answer::Output(output))
        }
        None => Ok(Answer::Output(body)),
    }
}
