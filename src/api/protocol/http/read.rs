//! Members of an output or error that don't stand in the body.

use super::payload_of;
use crate::http::HttpResponse;
use crate::json;
use crate::model::{Binding, Member, Model, Place, Shape, ShapeKind};
use crate::protocol::{base64, timestamp};
use serde_json::{Map, Value};

/// The members that headers and the status have.
pub fn read(model: &Model, shape: &Shape, response: &HttpResponse) -> Map<String, Value> {
    let members = shape.members().iter();
    let found = members.filter_map(|member| {
        let place = model.place(member)?;
        let value = match &member.traits.wire.binding {
            Binding::StatusCode => response.status.into(),
            Binding::Header(name) => header(model, place, response.header(name)?),
            Binding::PrefixHeaders(prefix) => prefixed(response, prefix),
            _ => return None,
        };
        Some((member.name.clone(), value))
    });
    found.collect()
}

/// The payload, and its value if it is a blob or a text: the body as it is.
pub fn payload<'a>(
    model: &Model,
    shape: &'a Shape,
    response: &HttpResponse,
) -> Option<(&'a Member, Option<Value>)> {
    let payload = payload_of(shape)?;
    let raw = match model.shape(&payload.target).map(|shape| &shape.kind) {
        Some(ShapeKind::Blob) => Some(match &response.file {
            Some(file) => file.as_str().into(),
            None => base64::text(&response.body).into(),
        }),
        Some(ShapeKind::String | ShapeKind::Enum(_)) => {
            Some(String::from_utf8_lossy(&response.body).into())
        }
        _ => None,
    };
    Some((payload, raw))
}

fn prefixed(response: &HttpResponse, prefix: &str) -> Value {
    let headers = response.headers.iter().filter_map(|(name, value)| {
        let start = name.get(..prefix.len())?;
        let rest = name.get(prefix.len()..)?;
        let is_its = start.eq_ignore_ascii_case(prefix);
        is_its.then(|| (rest.to_owned(), Value::from(value.as_str())))
    });
    Value::Object(headers.collect())
}

fn header(model: &Model, place: Place<'_>, text: &str) -> Value {
    match &place.shape.kind {
        ShapeKind::List(item) => {
            let Some(place) = model.place(item) else {
                return text.into();
            };
            let items = items(place, text).into_iter();
            items.map(|item| header(model, place, &item)).collect()
        }
        ShapeKind::Timestamp => timestamp::number(text.into()),
        ShapeKind::Boolean if text.eq_ignore_ascii_case("true") => true.into(),
        ShapeKind::Boolean if text.eq_ignore_ascii_case("false") => false.into(),
        kind if kind.is_number() => match json::parse(text.trim().as_bytes()) {
            Ok(number @ Value::Number(_)) => number,
            _ => text.into(),
        },
        _ if place.has(|traits| traits.wire.is_json) => {
            let decoded = base64::bytes(text).map(String::from_utf8);
            decoded
                .and_then(Result::ok)
                .map_or(text.into(), Value::from)
        }
        _ => text.into(),
    }
}

/// The items of a list in a header: parted at commas that stand in no quotes; a date of HTTP has
/// one of its own.
fn items(place: Place<'_>, text: &str) -> Vec<String> {
    let is_moment = matches!(place.shape.kind, ShapeKind::Timestamp);
    let mut items = Vec::new();
    let (mut item, mut is_quoted, mut is_escaped) = (String::new(), false, false);
    for c in text.chars() {
        match c {
            _ if is_escaped => {
                item.push(c);
                is_escaped = false;
            }
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ',' if is_moment && item.trim().len() == 3 => item.push(c),
            ',' if !is_quoted => items.push(std::mem::take(&mut item).trim().to_owned()),
            c => item.push(c),
        }
    }
    items.push(item.trim().to_owned());
    items
}
