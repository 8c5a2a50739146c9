//! Values as literals of languages that look like JSON.

use super::{Call, NotWritable, given, quote};
use formsmith_api::model::{Place, ShapeKind};
use serde_json::Value;

/// Writes a value that a language has an own way for; none where it is written like any other. The
/// last is where it stands, for who has to say so.
pub type Special = dyn Fn(Option<Place<'_>>, &Value, &str) -> Result<Option<String>, NotWritable>;

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
    /// A value of a shape, with what `special` writes in its own way.
    pub fn value_of(
        &self,
        call: &Call<'_>,
        place: Option<Place<'_>>,
        value: &Value,
        (line, at): (&str, &str),
        special: &Special,
    ) -> Result<String, NotWritable> {
        if let Some(text) = special(place, value, at.trim_start_matches('.'))? {
            return Ok(text);
        }
        let inner = format!("{line}{}", self.indent);
        let part = |name: &str, place: Option<Place<'_>>, value: &Value| {
            let at = format!("{at}.{name}");
            self.value_of(call, place, value, (&inner, &at), special)
        };
        let mut parts = Vec::new();
        let brackets = match (place.map(|place| &place.shape.kind), value) {
            (
                Some(ShapeKind::Structure(members) | ShapeKind::Union(members)),
                Value::Object(object),
            ) => {
                for (name, value) in given(Some(object)) {
                    let member = members.iter().find(|member| member.name == *name);
                    let place = member.and_then(|member| call.model.place(member));
                    parts.push((self.key)(name) + &part(name, place, value)?);
                }
                ("{", "}")
            }
            (Some(ShapeKind::Map { value: member, .. }), Value::Object(entries)) => {
                for (name, value) in entries {
                    let place = call.model.place(member);
                    parts.push((self.key)(name) + &part(name, place, value)?);
                }
                ("{", "}")
            }
            (Some(ShapeKind::List(member)), Value::Array(items)) => {
                for (number, value) in items.iter().enumerate() {
                    parts.push(part(&number.to_string(), call.model.place(member), value)?);
                }
                ("[", "]")
            }
            _ => return Ok(self.value(value, line)),
        };
        Ok(wrapped(brackets, parts.into_iter(), line, self.indent))
    }

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
