//! An input, parted into path, query, headers and body.

use super::payload_of;
use super::uri::{Query, path};
use crate::file::FileRef;
use crate::http::HttpRequest;
use crate::model::{Binding, Member, Place, Shape, ShapeKind, TimestampFormat};
use crate::protocol::{Call, NotSendable, base64, is_given, not_sendable, number, timestamp};
use crate::{json, model};
use serde_json::{Map, Value};

/// What is left for the body.
pub enum Body<'a> {
    /// Nothing can stand there.
    None,
    /// A blob or a text, as it is.
    Raw(Vec<u8>),
    /// A blob that is in a file.
    File(FileRef),
    /// The payload, which a codec has to write; without a value where the input has none.
    Payload(&'a Member, Option<&'a Value>),
    /// The members that are bound to nothing else.
    Members(&'a Shape, Map<String, Value>),
}

/// A request without a body, and what is to become its body.
pub fn bind<'a>(call: Call<'a>, input: &'a Value) -> Result<(HttpRequest, Body<'a>), NotSendable> {
    let http = call.operation.traits.http.as_ref();
    let missing = || not_sendable("there is no smithy.api#http at", call.operation.id.as_str());
    let http = http.ok_or_else(missing)?;
    let mut request = HttpRequest {
        host_prefix: String::new(),
        method: http.method.clone(),
        path: http.uri.clone(),
        headers: Vec::new(),
        body: Vec::new(),
        file: None,
    };
    let shape = call.operation.input.as_ref();
    let Some(shape) = shape.and_then(|id| call.model.shape(id)) else {
        return Ok((request, Body::None));
    };
    let mut bound = Bound {
        model: call.model,
        labels: Vec::new(),
        query: Query::default(),
        headers: Vec::new(),
        rest: Map::new(),
    };
    let members = input.as_object().into_iter().flatten();
    for (name, value) in members.filter(|(_, value)| !value.is_null()) {
        match shape.member(name) {
            Some(member) => match (&member.traits.wire.binding, value) {
                (Binding::QueryParams | Binding::Query(_), Value::Object(entries)) => {
                    // These give way to parameters that have a member of their own.
                    let entries = entries.iter();
                    let entries = entries.filter(|(name, _)| !has_parameter(shape, input, name));
                    entries.for_each(|(name, value)| bound.query_param(name, value));
                }
                _ => bound.member(member, value)?,
            },
            None => {
                bound.rest.insert(name.clone(), value.clone());
            }
        }
    }
    request.path = path(&http.uri, &bound.labels)?;
    bound.query.write(&mut request.path);
    request.headers = bound.headers;
    let body = body(call.model, shape, input, bound.rest)?;
    Ok((request, body))
}

/// Has the input a member that is a parameter of this name?
fn has_parameter(shape: &Shape, input: &Value, name: &str) -> bool {
    let mut members = shape.members().iter();
    members.any(|member| {
        let is_it = matches!(&member.traits.wire.binding, Binding::Query(own) if **own == *name);
        is_it && is_given(input, member)
    })
}

fn body<'a>(
    model: &model::Model,
    shape: &'a Shape,
    input: &'a Value,
    rest: Map<String, Value>,
) -> Result<Body<'a>, NotSendable> {
    if let Some(payload) = payload_of(shape) {
        let value = input.get(&payload.name).filter(|value| !value.is_null());
        let target = model.shape(&payload.target).map(|shape| &shape.kind);
        return Ok(match target {
            Some(ShapeKind::Blob) => match value {
                Some(value) => match value.as_str().and_then(FileRef::parse) {
                    Some(file) => Body::File(file),
                    None => Body::Raw(base64::blob(value, &payload.name)?),
                },
                None => Body::Raw(Vec::new()),
            },
            Some(ShapeKind::String | ShapeKind::Enum(_)) => {
                let text = value.and_then(Value::as_str).unwrap_or_default();
                Body::Raw(text.as_bytes().to_vec())
            }
            _ => Body::Payload(payload, value),
        });
    }
    let mut members = shape.members().iter();
    let has_body = members.any(|member| member.traits.wire.binding == Binding::Body);
    Ok(match has_body || !rest.is_empty() {
        true => Body::Members(shape, rest),
        false => Body::None,
    })
}

struct Bound<'a> {
    model: &'a model::Model,
    labels: Vec<(&'a str, String)>,
    query: Query,
    headers: Vec<(String, String)>,
    rest: Map<String, Value>,
}

impl<'a> Bound<'a> {
    fn member(&mut self, member: &'a Member, value: &Value) -> Result<(), NotSendable> {
        let place = self.model.place(member);
        let place = place.ok_or_else(|| not_sendable("there is no shape for", &member.name))?;
        match &member.traits.wire.binding {
            Binding::Body | Binding::StatusCode => {
                self.rest.insert(member.name.clone(), value.clone());
            }
            Binding::Payload => {}
            Binding::Label(name) => {
                let text = text(place, value)?;
                self.labels.push((name, text));
            }
            Binding::Query(name) => match (&place.shape.kind, value) {
                (ShapeKind::List(item), Value::Array(items)) => {
                    for item_value in items.iter().filter(|item| !item.is_null()) {
                        let place = self.model.place(item).unwrap_or(place);
                        let text = text(place, item_value)?;
                        self.query.add(name, text);
                    }
                }
                _ => self.query.add(name, text(place, value)?),
            },
            Binding::QueryParams => {}
            Binding::Header(name) => {
                if let Some(text) = self.header(place, value)? {
                    self.headers.push((name.to_string(), text));
                }
            }
            Binding::PrefixHeaders(prefix) => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    let name = [prefix, name.as_str()].concat();
                    self.headers.push((name, plain(value)));
                }
            }
        }
        Ok(())
    }

    /// One entry of a map of parameters, whose values may be lists.
    fn query_param(&mut self, name: &str, value: &Value) {
        match value {
            Value::Array(items) => {
                for item in items.iter().filter(|item| !item.is_null()) {
                    self.query.add(name, plain(item));
                }
            }
            Value::Null => {}
            value => self.query.add(name, plain(value)),
        }
    }

    /// The text of a header; none for an empty list.
    fn header(&self, place: Place<'_>, value: &Value) -> Result<Option<String>, NotSendable> {
        let (ShapeKind::List(item), Value::Array(items)) = (&place.shape.kind, value) else {
            return header_text(place, value).map(Some);
        };
        let place = self.model.place(item).unwrap_or(place);
        let is_text = matches!(place.shape.kind, ShapeKind::String | ShapeKind::Enum(_));
        let mut texts = Vec::new();
        for item in items.iter().filter(|item| !item.is_null()) {
            let text = header_text(place, item)?;
            texts.push(match is_text && text.contains([',', '"']) {
                true => format!("\"{}\"", text.replace('"', "\\\"")),
                false => text,
            });
        }
        Ok((!items.is_empty()).then(|| texts.join(",")))
    }
}

fn header_text(place: Place<'_>, value: &Value) -> Result<String, NotSendable> {
    if place.has(|traits| traits.wire.is_json) {
        // A text may be JSON already; anything else becomes it.
        let text = match value {
            Value::String(text) if json::parse(text.as_bytes()).is_ok() => text.clone(),
            value => json::compact(value),
        };
        return Ok(base64::text(text.as_bytes()));
    }
    if matches!(place.shape.kind, ShapeKind::Timestamp) {
        let own = place.find(|traits| traits.wire.timestamp_format);
        let format = own.unwrap_or(TimestampFormat::HttpDate);
        return timestamp::whole_seconds(value, format, place.shape.id.name());
    }
    Ok(plain(value))
}

/// A value as the text of a label or parameter.
fn text(place: Place<'_>, value: &Value) -> Result<String, NotSendable> {
    if matches!(place.shape.kind, ShapeKind::Timestamp) {
        let own = place.find(|traits| traits.wire.timestamp_format);
        let format = own.unwrap_or(TimestampFormat::DateTime);
        return timestamp::text(value, format, place.shape.id.name());
    }
    Ok(plain(value))
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number::text(number),
        value => json::compact(value),
    }
}
