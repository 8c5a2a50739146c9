//! Inputs: what is written is what botocore expects of itself.

use crate::compare::{same_cbor, same_json, same_xml};
use crate::suite::Case;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use formsmith_api::http::HttpRequest;
use formsmith_api::model::{Binding, Model, Operation, Place, ShapeKind};
use formsmith_api::protocol;
use serde_json::Value;

pub fn play(case: &Case<'_>) -> Result<(), String> {
    let model = case.model()?;
    let (service, operation) = case.operation(&model);
    let params = &case.case["params"];
    let root = operation.input.as_ref().and_then(|id| model.root(id));
    let input = root.map_or(params.clone(), |root| our_input(&model, root, params));
    let request = protocol::request(&model, service, operation, &input);
    let request = request.map_err(|error| error.to_string())?;
    let expected = &case.case["serialized"];
    body(case, &request, expected)?;
    headers(case, &model, operation, &request, expected)?;
    let uri = expected["uri"].as_str().unwrap_or_default();
    if request.path != uri {
        return Err(format!("path {} instead of {uri}", request.path));
    }
    if let Some(method) = expected["method"]
        .as_str()
        .filter(|it| *it != request.method)
    {
        return Err(format!("method {} instead of {method}", request.method));
    }
    let endpoint = case.suite["clientEndpoint"].as_str().unwrap_or_default();
    let host = endpoint.trim_start_matches("https://");
    let host = [request.host_prefix.as_str(), host].concat();
    match expected["host"].as_str() {
        Some(expected) if expected != host => Err(format!("host {host} instead of {expected}")),
        _ => Ok(()),
    }
}

/// The suites have bytes as they are where our inputs have base64.
fn our_input(model: &Model, place: Place<'_>, value: &Value) -> Value {
    let below = |member, value| {
        model
            .place(member)
            .map(|place| our_input(model, place, value))
    };
    match (&place.shape.kind, value) {
        (ShapeKind::Blob, Value::String(text)) => STANDARD.encode(text).into(),
        (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
            let members = object.iter().map(|(name, value)| {
                let member = place.shape.member(name).expect("a member");
                (name.clone(), below(member, value).expect("a place"))
            });
            Value::Object(members.collect())
        }
        (ShapeKind::List(item), Value::Array(items)) => items
            .iter()
            .map(|value| below(item, value).expect("a place"))
            .collect(),
        (ShapeKind::Map { value: item, .. }, Value::Object(entries)) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, it)| (key.clone(), below(item, it).expect("a place")));
            Value::Object(entries.collect())
        }
        _ => value.clone(),
    }
}

fn body(case: &Case<'_>, request: &HttpRequest, expected: &Value) -> Result<(), String> {
    let Some(expected) = expected["body"].as_str() else {
        return Ok(());
    };
    let is_same = match case.protocol() {
        "smithy-rpc-v2-cbor" => {
            same_cbor(&request.body, &STANDARD.decode(expected).expect("base64"))
        }
        "json" | "rest-json" if !expected.is_empty() => same_json(&request.body, expected),
        "rest-xml" if !expected.is_empty() => same_xml(&request.body, expected),
        _ => request.body == expected.as_bytes(),
    };
    match is_same {
        true => Ok(()),
        false => Err(format!(
            "body {:?} instead of {expected:?}",
            String::from_utf8_lossy(&request.body)
        )),
    }
}

fn headers(
    case: &Case<'_>,
    model: &Model,
    operation: &Operation,
    request: &HttpRequest,
    expected: &Value,
) -> Result<(), String> {
    for (name, value) in expected["headers"].as_object().into_iter().flatten() {
        let mut value = value.as_str().unwrap_or_default().to_owned();
        let is_type = name.eq_ignore_ascii_case("content-type");
        match case.protocol() {
            // What botocore's own test allows itself.
            "query" | "ec2" if is_type && !value.contains("charset") => value += "; charset=utf-8",
            "rest-xml" if is_type => continue,
            "rest-json" if is_type && value != "application/json" => continue,
            _ if is_list(model, operation, name) => value = value.replace(", ", ","),
            _ => {}
        }
        let written = request
            .header(name)
            .map(|it| match is_list(model, operation, name) {
                true => it.replace(", ", ","),
                false => it.to_owned(),
            });
        if written.as_deref() != Some(&value) {
            return Err(format!("header {name}: {written:?} instead of {value:?}"));
        }
    }
    for name in expected["forbidHeaders"].as_array().into_iter().flatten() {
        if request.header(name.as_str().unwrap_or_default()).is_some() {
            return Err(format!("there is a header {name}"));
        }
    }
    Ok(())
}

fn is_list(model: &Model, operation: &Operation, header: &str) -> bool {
    let input = operation.input.as_ref().and_then(|id| model.shape(id));
    let mut members = input
        .map(|shape| shape.members())
        .unwrap_or_default()
        .iter();
    members.any(|member| {
        let is_it = matches!(&member.traits.wire.binding, Binding::Header(name) if name.eq_ignore_ascii_case(header));
        let target = model.shape(&member.target).map(|shape| &shape.kind);
        is_it && matches!(target, Some(ShapeKind::List(_)))
    })
}
