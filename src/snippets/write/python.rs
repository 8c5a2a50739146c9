//! A call with boto3, AWS's SDK for Python.

use super::literal::{Syntax, text, wrapped};
use super::{Call, NotWritable};
use crate::names;
use formsmith_api::model::{Place, ShapeKind};
use serde_json::Value;

const SYNTAX: Syntax = Syntax {
    truth: ["False", "True"],
    nothing: "None",
    key: |name| format!("{}: ", text(name)),
    indent: "    ",
};

/// Words that can't be the name of an argument.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

pub fn write(call: &Call<'_>) -> Result<String, NotWritable> {
    let service = text(&call.service.name);
    let region = text(call.region);
    let method = names::separated(call.operation.name(), '_');
    let is_argument = |name: &str| {
        let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_word
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && !name.is_empty()
            && !KEYWORDS.contains(&name)
    };
    let place = call.input_place();
    let arguments = match call.members().all(|(name, _)| is_argument(name)) {
        true => {
            let mut arguments = Vec::new();
            for (name, value) in call.members() {
                let member = place.and_then(|place| place.shape.member(name));
                let member = member.and_then(|member| call.model.place(member));
                let value = SYNTAX.value_of(call, member, value, ("\n    ", name), &special)?;
                arguments.push(format!("{name}={value}"));
            }
            wrapped(("(", ")"), arguments.into_iter(), "\n", SYNTAX.indent)
        }
        // Any text can be a key of a dictionary.
        false => {
            let input = SYNTAX.value_of(call, place, call.input, ("\n", ""), &special)?;
            format!("(**{input})")
        }
    };
    let base64 = match arguments.contains(BYTES) {
        true => "import base64\n",
        false => "",
    };
    Ok(format!(
        "{base64}import boto3\n\nclient = boto3.client({service}, region_name={region})\n\
         response = client.{method}{arguments}\nprint(response)\n"
    ))
}

const BYTES: &str = "base64.b64decode(";

/// Bytes are bytes; a moment may be a number or a text.
fn special(
    place: Option<Place<'_>>,
    value: &Value,
    _: &str,
) -> Result<Option<String>, NotWritable> {
    let is_bytes = place.is_some_and(|it| matches!(it.shape.kind, ShapeKind::Blob));
    Ok(match value {
        Value::String(bytes) if is_bytes => Some(format!("{BYTES}{})", text(bytes))),
        _ => None,
    })
}
