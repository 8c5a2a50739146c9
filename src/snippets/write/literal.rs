//! Values as literals of languages that look like JSON.

use super::quote;
use serde_json::Value;

/// What such a language does in its own way.
pub struct Syntax {
    pub truth: [&'static str; 2],
    pub nothing: &'static str,
    /// A key of an object with what follows it.
    pub key: fn(&str) -> String,
    /// What each level is indented by.
    pub indent: &'static str,
}

/// A text as such a language writes it.
pub fn text(text: &str) -> String {
    quote::double(text, quote::four_digits)
}

impl Syntax {
    /// A value, each item and member on a line of its own. `line` is a line's end with the
    /// indentation of the line that the value begins in.
    pub fn value(&self, value: &Value, line: &str) -> String {
        let inner = format!("{line}{}", self.indent);
        match value {
            Value::Null => self.nothing.into(),
            Value::Bool(value) => self.truth[usize::from(*value)].into(),
            Value::Number(number) => number.to_string(),
            Value::String(content) => text(content),
            Value::Array(items) => {
                let items = items.iter().map(|item| self.value(item, &inner));
                wrapped(("[", "]"), items, line, self.indent)
            }
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| (self.key)(name) + &self.value(value, &inner));
                wrapped(("{", "}"), members, line, self.indent)
            }
        }
    }
}

/// Parts between brackets, one a line.
pub fn wrapped(
    (open, close): (&str, &str),
    parts: impl Iterator<Item = String>,
    line: &str,
    indent: &str,
) -> String {
    let mut out = String::from(open);
    let mut is_empty = true;
    for part in parts {
        is_empty = false;
        for piece in [line, indent, &part, ","] {
            out.push_str(piece);
        }
    }
    if !is_empty {
        out.push_str(line);
    }
    out.push_str(close);
    out
}
