//! JSON text and the values it stands for. One way in and one way out, so that a page that
//! uses this crate carries one parser and one writer.

use crate::decimal;
use serde_json::{Map, Value};

/// Where and why a text is not JSON. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotJson {
    pub line: usize,
    pub column: usize,
    /// The text ends in the middle of JSON.
    pub is_cut_off: bool,
}

/// Reads the bytes of a body.
pub fn parse(bytes: &[u8]) -> Result<Value, NotJson> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = &bytes[..error.valid_up_to()];
        let mut lines = valid.split(|&byte| byte == b'\n');
        NotJson {
            column: lines.next_back().unwrap_or_default().len() + 1,
            line: lines.count() + 1,
            is_cut_off: error.error_len().is_none(),
        }
    })?;
    serde_json::from_str(text).map_err(|error| NotJson {
        line: error.line(),
        column: error.column(),
        is_cut_off: error.is_eof(),
    })
}

/// The value at names joined by dots; `null` counts as absent.
pub fn at<'a>(object: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let (name, rest) = path.split_once('.').unzip();
    let value = object
        .get(name.unwrap_or(path))
        .filter(|it| !it.is_null())?;
    match rest {
        Some(rest) => at(value.as_object()?, rest),
        None => Some(value),
    }
}

/// A number as the float nearest to it.
pub fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => decimal::float(&number.to_string()),
        _ => None,
    }
}

/// A value as text without white space.
pub fn compact(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A value as text for people: a line for each item and member, two spaces a level.
pub fn indented(value: &Value) -> String {
    let mut text = String::new();
    write(value, "\n", &mut text);
    text
}

/// One item of such a list, with the line's end before it.
pub fn indented_item(value: &Value) -> String {
    let mut text = "\n  ".to_owned();
    write(value, "\n  ", &mut text);
    text
}

/// `line` is a line's end and the indentation of the line after it.
fn write(value: &Value, line: &str, out: &mut String) {
    let inner = format!("{line}  ");
    match value {
        Value::Array(items) if !items.is_empty() => {
            let mut open = '[';
            for item in items {
                out.push(std::mem::replace(&mut open, ','));
                out.push_str(&inner);
                write(item, &inner, out);
            }
            out.push_str(line);
            out.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            let mut open = '{';
            for (name, member) in members {
                out.push(std::mem::replace(&mut open, ','));
                out.push_str(&inner);
                out.push_str(&quoted(name));
                out.push_str(": ");
                write(member, &inner, out);
            }
            out.push_str(line);
            out.push('}');
        }
        _ => out.push_str(&compact(value)),
    }
}

/// A text as a JSON string.
pub fn quoted(text: &str) -> String {
    compact(&Value::from(text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn indented_text_is_what_people_expect() {
        let text = r#"{"a":[1,{"b":null}],"c":{},"d":[],"e":"two\nlines"}"#;
        let value = parse(text.as_bytes()).unwrap();
        assert_eq!(
            indented(&value),
            serde_json::to_string_pretty(&value).unwrap()
        );
        assert_eq!(compact(&value), text);
    }

    #[test]
    fn bytes_that_are_no_text_are_no_json() {
        let place = |bytes: &[u8]| {
            let error = parse(bytes).unwrap_err();
            (error.line, error.column, error.is_cut_off)
        };
        assert_eq!(place(b"{\n  \"a\": \"\xff\"}"), (2, 9, false));
        assert_eq!(place(b"\"\xe2\x82"), (1, 2, true));
        assert_eq!(place(b"{\"a\": 1,}"), (1, 9, false));
        assert_eq!(place(b"{\"a\": "), (1, 6, true));
    }
}
