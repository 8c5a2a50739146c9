//! Forms as a codec: `Filter.1.Name=state&Filter.1.Value.1=running`.

use super::http::encode;
use super::{Call, NotSendable, base64, not_sendable, number, timestamp};
use crate::http::HttpRequest;
use crate::json;
use crate::model::{Member, Model, Place, ShapeKind, TimestampFormat};
use serde_json::Value;

/// How a dialect names keys.
pub trait Dialect {
    /// What a member of a structure is called.
    fn member(model: &Model, member: &Member) -> String;

    /// What the keys of a list's items begin with.
    fn list(model: &Model, place: Place<'_>, item: &Member, key: &str) -> String;

    /// Is a list without items a key without a value?
    const HAS_EMPTY_LISTS: bool;
}

/// The request that both dialects send: the operation and its version stand before its input.
pub fn request<D: Dialect>(call: Call<'_>, input: &Value) -> Result<HttpRequest, NotSendable> {
    let mut form = Form {
        model: call.model,
        body: String::new(),
    };
    form.pair("Action", call.operation.name());
    form.pair("Version", &call.service.version);
    let root = call.operation.input.as_ref();
    if let Some(root) = root.and_then(|id| call.model.root(id)) {
        form.value::<D>(root, "", input)?;
    }
    let content_type = call.service.protocol.content_type();
    Ok(HttpRequest {
        host_prefix: String::new(),
        method: "POST".to_owned(),
        // Whatever the model of a time before this protocol says.
        path: "/".to_owned(),
        headers: vec![("Content-Type".to_owned(), content_type.to_owned())],
        body: form.body.into_bytes(),
        file: None,
    })
}

struct Form<'a> {
    model: &'a Model,
    body: String,
}

impl Form<'_> {
    fn pair(&mut self, key: &str, value: &str) {
        if !self.body.is_empty() {
            self.body.push('&');
        }
        encode(key, false, &mut self.body);
        self.body.push('=');
        encode(value, false, &mut self.body);
    }

    fn value<D: Dialect>(
        &mut self,
        place: Place<'_>,
        key: &str,
        value: &Value,
    ) -> Result<(), NotSendable> {
        match (&place.shape.kind, value) {
            (_, Value::Null) => {}
            (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
                for (name, value) in object {
                    let member = place.shape.member(name);
                    let unknown = || not_sendable("the model has no member", name);
                    let member = member.ok_or_else(unknown)?;
                    let key = below(key, &D::member(self.model, member));
                    self.member::<D>(member, &key, value)?;
                }
            }
            (ShapeKind::List(item), Value::Array(items)) => {
                if items.is_empty() && D::HAS_EMPTY_LISTS {
                    self.pair(key, "");
                }
                let key = D::list(self.model, place, item, key);
                for (at, value) in items.iter().enumerate() {
                    self.member::<D>(item, &below(&key, &(at + 1).to_string()), value)?;
                }
            }
            (ShapeKind::Map { key: name, value }, Value::Object(entries)) => {
                let is_flattened = place.has(|traits| traits.wire.xml_flattened);
                let key = match is_flattened {
                    true => key.to_owned(),
                    false => below(key, "entry"),
                };
                for (at, (entry, entry_value)) in entries.iter().enumerate() {
                    let key = below(&key, &(at + 1).to_string());
                    let text = Value::from(entry.as_str());
                    self.member::<D>(name, &below(&key, &D::member(self.model, name)), &text)?;
                    self.member::<D>(
                        value,
                        &below(&key, &D::member(self.model, value)),
                        entry_value,
                    )?;
                }
            }
            _ => {
                let text = scalar(place, value, TimestampFormat::DateTime)?;
                self.pair(key, &text);
            }
        }
        Ok(())
    }

    fn member<D: Dialect>(
        &mut self,
        member: &Member,
        key: &str,
        value: &Value,
    ) -> Result<(), NotSendable> {
        match self.model.place(member) {
            Some(place) => self.value::<D>(place, key, value),
            None => Err(not_sendable("there is no shape for", &member.name)),
        }
    }
}

pub fn below(key: &str, name: &str) -> String {
    match key {
        "" => name.to_owned(),
        key => [key, ".", name].concat(),
    }
}

/// A simple value as the text that forms and XML have for it.
pub fn scalar(
    place: Place<'_>,
    value: &Value,
    format: TimestampFormat,
) -> Result<String, NotSendable> {
    let name = place.shape.id.name();
    Ok(match (&place.shape.kind, value) {
        (ShapeKind::Timestamp, value) => {
            let own = place.find(|traits| traits.wire.timestamp_format);
            timestamp::text(value, own.unwrap_or(format), name)?
        }
        (ShapeKind::Blob, value) => base64::text(&base64::blob(value, name)?),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(value)) => number::text(value),
        (_, Value::Bool(_)) => json::compact(value),
        _ => return Err(not_sendable("this is no simple value:", name)),
    })
}
