//! restJson1: members stand where HTTP binding traits put them, the others in a JSON body.

use super::aws_json::respond;
use super::error::is_success;
use super::http::{self, Body};
use super::json::{self, Json};
use super::{Answer, Call, NotSendable, NotUnderstood};
use crate::http::{HttpRequest, HttpResponse};
use crate::json::{compact, parse};
use crate::model::{Model, Place};
use serde_json::Value;

const JSON: Json = Json { has_names: true };

pub fn request(call: Call<'_>, input: &Value) -> Result<HttpRequest, NotSendable> {
    let (mut request, body) = http::bind(call, input)?;
    let written = match body {
        Body::None => return Ok(request),
        Body::Raw(bytes) => {
            request.body = bytes;
            return Ok(request);
        }
        Body::File(file) => {
            request.file = Some(file);
            return Ok(request);
        }
        Body::Payload(payload, value) => match (value, call.model.place(payload)) {
            (Some(value), Some(place)) => text(call.model, place, value)?,
            _ => "{}".to_owned(),
        },
        Body::Members(shape, members) => {
            let place = Place {
                member: None,
                shape,
            };
            text(call.model, place, &Value::Object(members))?
        }
    };
    request.body = written.into_bytes();
    let has_type = request.header("Content-Type").is_some();
    if !has_type {
        let content_type = call.service.protocol.content_type().to_owned();
        request
            .headers
            .push(("Content-Type".to_owned(), content_type));
    }
    Ok(request)
}

fn text(model: &Model, place: Place<'_>, value: &Value) -> Result<String, NotSendable> {
    Ok(compact(&json::write(model, JSON, place, value)?))
}

pub fn response(call: Call<'_>, response: &HttpResponse) -> Result<Answer, NotUnderstood> {
    let output = call.operation.output.as_ref();
    let output = output.and_then(|id| call.model.shape(id));
    let elsewhere = |shape: &_| http::read(call.model, shape, response);
    let shape = output.filter(|_| is_success(response));
    let payload = shape.and_then(|it| Some((it, http::payload(call.model, it, response)?)));
    let Some((shape, (member, raw))) = payload else {
        return respond(call, response, JSON, elsewhere);
    };
    let mut members = elsewhere(shape);
    let value = match (raw, call.model.place(member)) {
        (Some(raw), _) => Some(raw),
        (None, Some(place)) if !response.body.is_empty() => {
            let body = parse(&response.body);
            let body = body.or_else(|_| json::body(&response.body).map(Value::Object))?;
            Some(json::read(call.model, JSON, place, body))
        }
        _ => None,
    };
    if let Some(value) = value.filter(|value| !value.is_null()) {
        members.insert(member.name.clone(), value);
    }
    json::check_types(call.model, shape, &members)?;
    Ok(Answer::Output(members))
}
