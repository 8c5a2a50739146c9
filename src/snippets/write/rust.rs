//! A call with AWS's SDK for Rust.

use super::{Call, NotWritable, given, quote};
use crate::names;
use formsmith_api::decimal::is_float;
use formsmith_api::model::{Member, Model, Place, ShapeKind};
use formsmith_api::validate;
use serde_json::{Map, Value};

pub fn write(call: &Call<'_>) -> Result<String, NotWritable> {
    let writer = Writer(call.model);
    let sdk = names::rust_crate(&call.service.sdk_id);
    let region = text(call.region);
    let operation = names::rust_method(call.operation.name());
    let input = call.operation.input.as_ref();
    let place = input.and_then(|id| call.model.root(id));
    let members = place.map(|place| place.shape.members()).unwrap_or_default();
    let line = "\n        ";
    let members = writer.members(members, call.input, line, "")?;
    Ok(format!(
        "use aws_config::{{BehaviorVersion, Region}};\nuse {sdk} as sdk;\n\n\
         #[tokio::main]\n\
         async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
             let config = aws_config::defaults(BehaviorVersion::latest())\n        \
                 .region(Region::new({region}))\n        \
                 .load()\n        \
                 .await;\n    \
             let client = sdk::Client::new(&config);\n    \
             let response = client{line}.{operation}(){members}{line}.send(){line}.await?;\n    \
             println!(\"{{response:#?}}\");\n    \
             Ok(())\n\
         }}\n"
    ))
}

/// A text as Rust writes it.
fn text(text: &str) -> String {
    quote::double(text, |code| format!("\\u{{{code:x}}}"))
}

/// Who takes a value.
#[derive(Clone, Copy, PartialEq)]
enum Taker {
    /// A builder's method, which takes anything that can become a text.
    Method,
    /// A place of exactly the type.
    Exact,
}

struct Writer<'a>(&'a Model);

impl Writer<'_> {
    /// The calls of a builder's methods. `line` is a line's end with the indentation of the
    /// calls.
    fn members(
        &self,
        members: &[Member],
        value: &Value,
        line: &str,
        at: &str,
    ) -> Result<String, NotWritable> {
        let object = value.as_object();
        if object.is_none() && !value.is_null() {
            return other_type(at, "structure");
        }
        let mut out = String::new();
        for (name, value) in given(object) {
            let at = below(at, name);
            let member = members.iter().find(|member| member.name == *name);
            let place = member.and_then(|member| self.0.place(member));
            let Some(place) = place else {
                return Err(NotWritable::UnknownMember { at });
            };
            out.push_str(&self.member(name, place, value, line, &at)?);
        }
        Ok(out)
    }

    fn member(
        &self,
        name: &str,
        place: Place<'_>,
        value: &Value,
        line: &str,
        at: &str,
    ) -> Result<String, NotWritable> {
        let method = names::rust_method(name);
        let setter = names::rust_setter(name);
        Ok(match (&place.shape.kind, value) {
            (ShapeKind::List(_), Value::Array(items)) if items.is_empty() => {
                format!("{line}.{setter}(Some(Vec::new()))")
            }
            (ShapeKind::Map { .. }, Value::Object(entries)) if entries.is_empty() => {
                format!("{line}.{setter}(Some(Default::default()))")
            }
            // A list's items and a map's entries are added one by one.
            (ShapeKind::List(member), Value::Array(items)) => {
                let mut out = String::new();
                for (number, item) in items.iter().enumerate() {
                    let at = below(at, &number.to_string());
                    let item = self.part(member, item, line, Taker::Method, &at)?;
                    out.push_str(&format!("{line}.{method}({item})"));
                }
                out
            }
            (ShapeKind::Map { key, value }, Value::Object(entries)) => {
                let mut out = String::new();
                for (name, part) in entries {
                    let at = below(at, name);
                    let key = self.key(key, name, Taker::Method, &at)?;
                    let part = self.part(value, part, line, Taker::Exact, &at)?;
                    out.push_str(&format!("{line}.{method}({key}, {part})"));
                }
                out
            }
            _ => {
                let value = self.value(place, value, line, Taker::Method, at)?;
                format!("{line}.{method}({value})")
            }
        })
    }

    /// An item, or the value of an entry.
    fn part(
        &self,
        member: &Member,
        value: &Value,
        line: &str,
        taker: Taker,
        at: &str,
    ) -> Result<String, NotWritable> {
        match self.0.place(member) {
            Some(place) => self.value(place, value, line, taker, at),
            None => Err(NotWritable::UnknownMember { at: at.into() }),
        }
    }

    fn key(
        &self,
        member: &Member,
        name: &str,
        taker: Taker,
        at: &str,
    ) -> Result<String, NotWritable> {
        self.part(member, &Value::from(name), "", taker, at)
    }

    fn value(
        &self,
        place: Place<'_>,
        value: &Value,
        line: &str,
        taker: Taker,
        at: &str,
    ) -> Result<String, NotWritable> {
        let inner = format!("{line}    ");
        Ok(match (&place.shape.kind, value) {
            (ShapeKind::Timestamp, Value::String(moment)) => format!(
                "sdk::primitives::DateTime::from_str({}, \
                 sdk::primitives::DateTimeFormat::DateTimeWithOffset)?",
                text(moment)
            ),
            (ShapeKind::String, Value::String(content)) => match taker {
                Taker::Method => text(content),
                Taker::Exact => format!("{}.into()", text(content)),
            },
            (ShapeKind::Enum(_), Value::String(word)) => format!("{}.into()", text(word)),
            (ShapeKind::Boolean, Value::Bool(value)) => value.to_string(),
            (ShapeKind::Integer { .. }, Value::Number(number)) if !is_float(number) => {
                number.to_string()
            }
            (ShapeKind::Float | ShapeKind::Double, Value::Number(number)) => decimal(number),
            (ShapeKind::Timestamp, Value::Number(number)) => {
                format!(
                    "sdk::primitives::DateTime::from_secs_f64({})",
                    decimal(number)
                )
            }
            (ShapeKind::Structure(members), Value::Object(_)) => {
                let name = names::rust_type(place.shape.id.name());
                let calls = self.members(members, value, &inner, at)?;
                let end = if self.may_fail(members) { "?" } else { "" };
                format!("sdk::types::{name}::builder(){calls}{inner}.build(){end}")
            }
            (ShapeKind::List(member), Value::Array(items)) => {
                let mut parts = Vec::new();
                for (number, item) in items.iter().enumerate() {
                    let at = below(at, &number.to_string());
                    parts.push(self.part(member, item, &inner, Taker::Exact, &at)?);
                }
                format!("vec![{}]", parts.join(", "))
            }
            (ShapeKind::Map { key, value }, Value::Object(entries)) => {
                format!(
                    "[{}].into()",
                    self.entries(key, value, entries, &inner, at)?
                )
            }
            (ShapeKind::Union(_), _) => {
                return Err(NotWritable::UnknownShape {
                    at: at.into(),
                    kind: "union".to_owned(),
                });
            }
            (kind, _) => {
                return match kind.json_type() {
                    Some(kind) => Err(NotWritable::UnknownShape {
                        at: at.into(),
                        kind: kind.to_owned(),
                    }),
                    None => other_type(at, validate::expected(kind)),
                };
            }
        })
    }

    fn entries(
        &self,
        key: &Member,
        value: &Member,
        entries: &Map<String, Value>,
        line: &str,
        at: &str,
    ) -> Result<String, NotWritable> {
        let mut parts = Vec::new();
        for (name, part) in entries {
            let at = below(at, name);
            let key = self.key(key, name, Taker::Exact, &at)?;
            let part = self.part(value, part, line, Taker::Exact, &at)?;
            parts.push(format!("({key}, {part})"));
        }
        Ok(parts.join(", "))
    }

    /// A builder's `build` gives a `Result` where a member has to be set. A structure or union
    /// never has to be, as the SDK sees it.
    fn may_fail(&self, members: &[Member]) -> bool {
        members.iter().any(|member| {
            let target = self.0.shape(&member.target).map(|shape| &shape.kind);
            let is_aggregate =
                matches!(target, Some(ShapeKind::Structure(_) | ShapeKind::Union(_)));
            member.traits.required && !is_aggregate
        })
    }
}

/// A number that is none of Rust's whole ones.
fn decimal(number: &serde_json::Number) -> String {
    let point = if is_float(number) { "" } else { ".0" };
    format!("{number}{point}")
}

fn below(at: &str, name: &str) -> String {
    match at {
        "" => name.to_owned(),
        at => format!("{at}.{name}"),
    }
}

fn other_type<T>(at: &str, expected: &'static str) -> Result<T, NotWritable> {
    let at = at.to_owned();
    Err(NotWritable::OtherType { at, expected })
}
