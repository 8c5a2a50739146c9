//! A call with boto3, AWS's SDK for Python.

use super::Call;
use super::literal::{Syntax, text, wrapped};
use crate::names;

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

pub fn write(call: &Call<'_>) -> String {
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
    let arguments = match call.members().all(|(name, _)| is_argument(name)) {
        true => {
            let arguments = call
                .members()
                .map(|(name, value)| format!("{name}={}", SYNTAX.value(value, "\n    ")));
            wrapped(("(", ")"), arguments, "\n", SYNTAX.indent)
        }
        // Any text can be a key of a dictionary.
        false => format!("(**{})", SYNTAX.value(call.input, "\n")),
    };
    format!(
        "import boto3\n\nclient = boto3.client({service}, region_name={region})\n\
         response = client.{method}{arguments}\nprint(response)\n"
    )
}
