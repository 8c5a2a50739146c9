//! A call with AWS's SDK for JavaScript, version 3.

use super::literal::{Syntax, text};
use super::{Call, NotWritable};
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
    let input = SYNTAX.value_of(call, call.input_place(), call.input, ("\n", ""), &special)?;
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

/// A value as the SDK wants it: moments are dates there, and bytes are bytes.
fn special(
    place: Option<Place<'_>>,
    value: &Value,
    at: &str,
) -> Result<Option<String>, NotWritable> {
    let kind = place.map(|place| &place.shape.kind);
    Ok(match (kind, value) {
        (Some(ShapeKind::Timestamp), Value::Number(seconds)) => {
            Some(format!("new Date({seconds} * 1000)"))
        }
        (Some(ShapeKind::Timestamp), Value::String(moment)) => {
            Some(format!("new Date({})", text(moment)))
        }
        (Some(ShapeKind::Blob), Value::String(bytes)) => {
            Some(format!("Buffer.from({}, \"base64\")", text(bytes)))
        }
        (_, Value::Number(number)) if !is_exact(number) => {
            return Err(NotWritable::OtherType {
                at: at.into(),
                expected: "number of at most 2^53",
            });
        }
        _ => None,
    })
}

fn is_exact(number: &serde_json::Number) -> bool {
    let size = number
        .as_u64()
        .or_else(|| number.as_i64().map(i64::unsigned_abs));
    size.is_none_or(|size| size <= LARGEST_WHOLE)
}
