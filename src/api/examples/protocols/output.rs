//! Outputs: what is read is what botocore expects of itself.

use crate::suite::Case;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use formsmith_api::http::HttpResponse;
use formsmith_api::model::{Model, Place, Shape, ShapeKind};
use formsmith_api::protocol::{self, Answer};
use serde_json::{Map, Value, json};

pub fn play(case: &Case<'_>) -> Result<(), String> {
    let model = case.model()?;
    let (service, operation) = case.operation(&model);
    let response = response(case);
    let answer = protocol::response(&model, service, operation, &response);
    let answer = answer.map_err(|error| format!("not understood: {error:?}"))?;
    match (answer, case.case.get("error")) {
        (Answer::Output(output), None) => {
            let place = operation.output.as_ref().and_then(|id| model.root(id));
            let output = match place {
                Some(place) => theirs(&model, place, &Value::Object(output)),
                None => json!({}),
            };
            same(&output, &case.case["result"])
        }
        (Answer::Error(error), Some(expected)) => {
            let code = case.case["errorCode"].as_str().unwrap_or_default();
            if error.name.as_deref() != Some(code) {
                return Err(format!("error {:?} instead of {code}", error.name));
            }
            let message = case.case["errorMessage"].as_str().unwrap_or_default();
            if error.message.as_deref().unwrap_or_default() != message {
                return Err(format!("message {:?} instead of {message}", error.message));
            }
            let shape = model.error(operation, code);
            let mut members = Value::Object(error.members);
            if let Some(shape) = shape {
                let place = Place {
                    member: None,
                    shape,
                };
                members = theirs(&model, place, &members);
            }
            // The message is told by itself.
            let expected = expected.as_object().expect("an object").iter();
            let expected = expected.filter(|(name, _)| !name.eq_ignore_ascii_case("message"));
            let known =
                |name: &String| name != "Type" && shape.is_some_and(|it| is_known(it, name));
            let expected = expected.filter(|(name, _)| known(name));
            let expected: Map<_, _> = expected.map(|(k, v)| (k.clone(), v.clone())).collect();
            same(&members, &Value::Object(expected))
        }
        (Answer::Output(output), Some(_)) => Err(format!("an output: {output:?}")),
        (Answer::Error(error), None) => Err(format!("an error: {error:?}")),
    }
}

fn is_known(shape: &Shape, name: &str) -> bool {
    shape.member(name).is_some()
}

fn response(case: &Case<'_>) -> HttpResponse {
    let response = &case.case["response"];
    let headers = response["headers"].as_object().into_iter().flatten();
    let headers =
        headers.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()));
    let body = response["body"].as_str().unwrap_or_default();
    HttpResponse {
        status: u16::try_from(response["status_code"].as_u64().expect("a status"))
            .expect("a status"),
        headers: headers.collect(),
        body: match case.protocol() {
            "smithy-rpc-v2-cbor" => STANDARD.decode(body).expect("base64"),
            _ => body.as_bytes().to_vec(),
        },
        file: None,
    }
}

/// Our values as botocore's test has them: bytes as they are, nothing that the model doesn't
/// know, and an unknown member of a union by its name alone.
fn theirs(model: &Model, place: Place<'_>, value: &Value) -> Value {
    let below = |member, value| model.place(member).map(|place| theirs(model, place, value));
    match (&place.shape.kind, value) {
        (ShapeKind::Blob, Value::String(text)) => {
            let bytes = STANDARD.decode(text).expect("base64");
            String::from_utf8_lossy(&bytes).into()
        }
        (ShapeKind::Union(_), Value::Object(object))
            if object.keys().all(|name| !is_known(place.shape, name)) =>
        {
            json!({ "SDK_UNKNOWN_MEMBER": { "name": object.keys().next() } })
        }
        (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
            let known = object
                .iter()
                .filter(|(name, _)| is_known(place.shape, name));
            let members = known.map(|(name, value)| {
                let member = place.shape.member(name).expect("a member");
                (name.clone(), below(member, value).expect("a place"))
            });
            Value::Object(members.collect())
        }
        (ShapeKind::List(item), Value::Array(items)) => items
            .iter()
            .map(|value| match value {
                Value::Null => Value::Null,
                value => below(item, value).expect("a place"),
            })
            .collect(),
        (ShapeKind::Map { value: item, .. }, Value::Object(entries)) => {
            let entries = entries.iter().map(|(key, value)| match value {
                Value::Null => (key.clone(), Value::Null),
                value => (key.clone(), below(item, value).expect("a place")),
            });
            Value::Object(entries.collect())
        }
        // A header's JSON is parsed there.
        (_, Value::String(text)) if place.has(|traits| traits.wire.is_json) => {
            serde_json::from_str(text).unwrap_or(value.clone())
        }
        _ => value.clone(),
    }
}

fn same(ours: &Value, expected: &Value) -> Result<(), String> {
    match crate::compare::same(ours, expected) {
        true => Ok(()),
        false => Err(format!("{ours} instead of {expected}")),
    }
}
