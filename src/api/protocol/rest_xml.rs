//! restXml: members stand where HTTP binding traits put them, the others in an XML body.

use super::error::is_success;
use super::http::{self, Body};
use super::xml::{self, Node};
use super::{Answer, Call, NotSendable, NotUnderstood};
use crate::http::{HttpRequest, HttpResponse};
use crate::model::{Binding, Place, Shape};
use serde_json::{Map, Value};

/// A body has no type: AWS's own client gives none.
pub fn request(call: Call<'_>, input: &Value) -> Result<HttpRequest, NotSendable> {
    let (mut request, body) = http::bind(call, input)?;
    let of_operation = &call.operation.traits.wire;
    let of_service = call.service.wire.xml_namespace.as_deref();
    let text = match body {
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
            (Some(value), Some(place)) => {
                let own = payload.traits.wire.xml_name.as_deref();
                let root = own.unwrap_or_else(|| root(place.shape));
                xml::write(call.model, place, root, of_service, value)?
            }
            _ => return Ok(request),
        },
        Body::Members(_, members) if members.is_empty() => return Ok(request),
        Body::Members(shape, members) => {
            let place = Place {
                member: None,
                shape,
            };
            let own = of_operation.xml_root.as_deref();
            let root = own.unwrap_or_else(|| root(shape));
            let namespace = of_operation.xml_namespace.as_deref().or(of_service);
            xml::write(call.model, place, root, namespace, &Value::Object(members))?
        }
    };
    request.body = text.into_bytes();
    Ok(request)
}

fn root(shape: &Shape) -> &str {
    let own = shape.traits.wire.xml_root.as_deref();
    own.unwrap_or_else(|| shape.id.name())
}

pub fn response(call: Call<'_>, response: &HttpResponse) -> Result<Answer, NotUnderstood> {
    let elsewhere = |shape: &_| http::read(call.model, shape, response);
    if !is_success(response) {
        let root = Node::parse(&response.body)?;
        return xml::error(call, response, root.as_ref(), elsewhere);
    }
    let output = call.operation.output.as_ref();
    let Some(shape) = output.and_then(|id| call.model.shape(id)) else {
        return Ok(Answer::Output(Map::new()));
    };
    let mut members = elsewhere(shape);
    let payload = http::payload(call.model, shape, response);
    if let Some((payload, Some(raw))) = payload {
        members.insert(payload.name.clone(), raw);
        return Ok(Answer::Output(members));
    }
    let Some(root) = Node::parse(&response.body)? else {
        return Ok(Answer::Output(members));
    };
    // S3 finds out too late for another status that something went wrong.
    if root.name == "Error" && root.child("Code").is_some() {
        return xml::error(call, response, Some(&root), elsewhere);
    }
    match payload {
        Some((payload, _)) => {
            if let Some(place) = call.model.place(payload) {
                let value = xml::read(call.model, place, &root);
                members.insert(payload.name.clone(), value);
            }
        }
        None => members.extend(body(call, shape, &root)),
    }
    Ok(Answer::Output(members))
}

fn body(call: Call<'_>, shape: &Shape, root: &Node) -> Map<String, Value> {
    let place = Place {
        member: None,
        shape,
    };
    // An output that is one text and has no element around it, as S3 has for a bucket's location.
    let mut members = shape.members().iter();
    let alone = members.find(|member| {
        let is_body = member.traits.wire.binding == Binding::Body;
        is_body && member.name == root.name && root.children.is_empty()
    });
    if let Some(member) = alone {
        let text = root.text.trim();
        let value = (!text.is_empty()).then(|| (member.name.clone(), text.into()));
        return value.into_iter().collect();
    }
    match xml::read(call.model, place, root) {
        Value::Object(members) => xml::without_metadata(shape, members),
        _ => Map::new(),
    }
}
