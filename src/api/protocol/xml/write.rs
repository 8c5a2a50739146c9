//! Values of an input as elements.

use super::{given_name, name, name_of_flattened};
use crate::model::{Member, Model, Place, ShapeKind, TimestampFormat, XmlNamespace};
use crate::protocol::form::scalar;
use crate::protocol::{NotSendable, not_sendable};
use serde_json::{Map, Value};

/// A document whose root has this name, and this namespace where the place has none.
pub fn write(
    model: &Model,
    place: Place<'_>,
    root: &str,
    namespace: Option<&XmlNamespace>,
    value: &Value,
) -> Result<String, NotSendable> {
    let mut writer = Writer {
        model,
        out: String::new(),
    };
    writer.element(place, root, namespace, value)?;
    Ok(writer.out)
}

struct Writer<'a> {
    model: &'a Model,
    out: String,
}

impl Writer<'_> {
    /// The element, or elements, of a value.
    fn element(
        &mut self,
        place: Place<'_>,
        name: &str,
        namespace: Option<&XmlNamespace>,
        value: &Value,
    ) -> Result<(), NotSendable> {
        let is_flattened = place.has(|traits| traits.wire.xml_flattened);
        match (&place.shape.kind, value) {
            (ShapeKind::List(item), Value::Array(items)) if is_flattened => {
                let name = name_of_flattened(place).unwrap_or(name);
                items.iter().try_for_each(|it| self.member(item, name, it))
            }
            (ShapeKind::Map { key, value }, Value::Object(entries)) if is_flattened => {
                entries.iter().try_for_each(|entry| {
                    let tag = self.open(place, name, namespace);
                    self.entry(key, value, entry)?;
                    self.close(name, tag);
                    Ok(())
                })
            }
            _ => {
                let tag = self.open(place, name, namespace);
                self.content(place, value)?;
                self.close(name, tag);
                Ok(())
            }
        }
    }

    /// What stands within an element whose start tag is not closed yet.
    fn content(&mut self, place: Place<'_>, value: &Value) -> Result<(), NotSendable> {
        match (&place.shape.kind, value) {
            (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
                self.structure(place, object)
            }
            (ShapeKind::List(item), Value::Array(items)) => {
                let name = given_name(self.model, item).unwrap_or("member");
                items.iter().try_for_each(|it| self.member(item, name, it))
            }
            (ShapeKind::Map { key, value }, Value::Object(entries)) => {
                entries.iter().try_for_each(|entry| {
                    let at = self.open_plain("entry");
                    self.entry(key, value, entry)?;
                    self.close("entry", at);
                    Ok(())
                })
            }
            (_, Value::Null) => Ok(()),
            _ => {
                let text = scalar(place, value, TimestampFormat::DateTime)?;
                escape_text(&text, &mut self.out);
                Ok(())
            }
        }
    }

    fn structure(
        &mut self,
        place: Place<'_>,
        object: &Map<String, Value>,
    ) -> Result<(), NotSendable> {
        let model = self.model;
        let mut members = Vec::new();
        for (own, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            let member = place.shape.member(own);
            members.push((
                member.ok_or_else(|| not_sendable("the model has no member", own))?,
                value,
            ));
        }
        let (attributes, elements): (Vec<_>, Vec<_>) = members
            .into_iter()
            .partition(|(member, _)| member.traits.wire.xml_attribute);
        if !attributes.is_empty() {
            // The start tag is open again for them.
            self.out.pop();
            for (member, value) in attributes {
                if let Some(place) = self.model.place(member) {
                    let text = scalar(place, value, TimestampFormat::DateTime)?;
                    self.attribute(name(model, member), &text);
                }
            }
            self.out.push('>');
        }
        let mut elements = elements.into_iter();
        elements.try_for_each(|(member, value)| self.member(member, name(model, member), value))
    }

    fn entry(
        &mut self,
        key: &Member,
        value: &Member,
        (entry_key, entry_value): (&String, &Value),
    ) -> Result<(), NotSendable> {
        let text = Value::from(entry_key.as_str());
        self.member(key, name(self.model, key), &text)?;
        self.member(value, name(self.model, value), entry_value)
    }

    fn member(&mut self, member: &Member, name: &str, value: &Value) -> Result<(), NotSendable> {
        match self.model.place(member) {
            Some(place) => self.element(place, name, None, value),
            None => Err(not_sendable("there is no shape for", &member.name)),
        }
    }

    /// Writes a start tag; what comes back is where its content begins.
    fn open(&mut self, place: Place<'_>, name: &str, namespace: Option<&XmlNamespace>) -> usize {
        let own = place.find(|traits| traits.wire.xml_namespace.as_deref());
        self.out.push('<');
        self.out.push_str(name);
        if let Some(namespace) = own.or(namespace) {
            let prefix = namespace.prefix.as_deref().unwrap_or_default();
            match prefix {
                "" => self.attribute("xmlns", &namespace.uri),
                prefix => self.attribute(&["xmlns:", prefix].concat(), &namespace.uri),
            }
        }
        self.out.push('>');
        self.out.len()
    }

    fn open_plain(&mut self, name: &str) -> usize {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
        self.out.len()
    }

    /// An element without content is one tag.
    fn close(&mut self, name: &str, content: usize) {
        if self.out.len() == content {
            self.out.pop();
            self.out.push_str(" />");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        for c in value.chars() {
            match c {
                '"' => self.out.push_str("&quot;"),
                '\n' => self.out.push_str("&#10;"),
                '\t' => self.out.push_str("&#09;"),
                c => escape(c, &mut self.out),
            }
        }
        self.out.push('"');
    }
}

fn escape_text(text: &str, out: &mut String) {
    text.chars().for_each(|c| escape(c, out));
}

/// A carriage return by itself would reach the service as a line feed.
fn escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\r' => out.push_str("&#13;"),
        c => out.push(c),
    }
}
