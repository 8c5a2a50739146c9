//! A call with AWS's SDK for JavaScript, version 3.

use super::literal::{Syntax, text, wrapped};
use super::{Call, NotWritable, given};
use crate::names;
use formsmith_api::model::{Place, ShapeKind};
use serde_json::Value;

const SYNTAX: Syntax = Syntax {
    truth: ["false", "true"],
    nothing: "null",
    key,
    indent: "  ",
};

/// The largest number up to which JavaScript has every whole one.
const LARGEST_WHOLE: u64 = (1 << 53) - 1;

pub fn write(call: &Call<'_>) -> Result<String, NotWritable> {
    let sdk_id = &call.service.sdk_id;
    let client = names::javascript_client(sdk_id);
    let package = text(&names::javascript_package(sdk_id));
    let region = text(call.region);
    let command = format!("{}Command", call.operation.name());
    let place = call.operation.input.as_ref();
    let place = place.and_then(|id| call.model.root(id));
    let input = value(call, place, call.input, "\n", "")?;
    Ok(format!(
        "import {{ {client}, {command} }} from {package};\n\n\
         const client = new {client}({{ region: {region} }});\n\
         const response = await client.send(new {command}({input}));\n\
         console.log(response);\n"
    ))
}

fn key(name: &str) -> String {
    let is_word = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$');
    if name == "__proto__" {
        // As a plain key it would set what the object inherits from.
        return "[\"__proto__\"]: ".into();
    }
    match is_word && !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("{name}: "),
        false => format!("{}: ", text(name)),
    }
}

/// A value as the SDK wants it: moments are dates there.
fn value(
    call: &Call<'_>,
    place: Option<Place<'_>>,
    given_value: &Value,
    line: &str,
    at: &str,
) -> Result<String, NotWritable> {
    let inner = format!("{line}{}", SYNTAX.indent);
    let kind = place.map(|place| &place.shape.kind);
    Ok(match (kind, given_value) {
        (Some(ShapeKind::Structure(members)), Value::Object(object)) => {
            let mut parts = Vec::new();
            for (name, part) in given(Some(object)) {
                let member = members.iter().find(|member| member.name == *name);
                let place = member.and_then(|member| call.model.place(member));
                let at = format!("{at}.{name}");
                parts.push(key(name) + &value(call, place, part, &inner, &at)?);
            }
            wrapped(("{", "}"), parts.into_iter(), line, SYNTAX.indent)
        }
        (Some(ShapeKind::Map { value: member, .. }), Value::Object(entries)) => {
            let mut parts = Vec::new();
            for (name, part) in entries {
                let at = format!("{at}.{name}");
                let place = call.model.place(member);
                parts.push(key(name) + &value(call, place, part, &inner, &at)?);
            }
            wrapped(("{", "}"), parts.into_iter(), line, SYNTAX.indent)
        }
        (Some(ShapeKind::List(member)), Value::Array(items)) => {
            let mut parts = Vec::new();
            for (number, item) in items.iter().enumerate() {
                let at = format!("{at}.{number}");
                parts.push(value(call, call.model.place(member), item, &inner, &at)?);
            }
            wrapped(("[", "]"), parts.into_iter(), line, SYNTAX.indent)
        }
        (Some(ShapeKind::Timestamp), Value::Number(seconds)) => {
            format!("new Date({seconds} * 1000)")
        }
        (_, Value::String(moment)) if place.is_some_and(is_moment) => {
            format!("new Date({})", text(moment))
        }
        (_, Value::Number(number)) if !is_exact(number) => {
            return Err(NotWritable::OtherType {
                at: at.trim_start_matches('.').into(),
                expected: "number of at most 2^53",
            });
        }
        _ => SYNTAX.value(given_value, line),
    })
}

pub fn is_moment(place: Place<'_>) -> bool {
    matches!(place.shape.kind, ShapeKind::Timestamp)
}

fn is_exact(number: &serde_json::Number) -> bool {
    let size = number
        .as_u64()
        .or_else(|| number.as_i64().map(i64::unsigned_abs));
    size.is_none_or(|size| size <= LARGEST_WHOLE)
}
