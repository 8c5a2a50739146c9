//! Placeholders: names that stand in an input where a value is still to be written.
//!
//! A placeholder is a whole text, `{{name}}`: never a part of one, so that templates with such
//! names in them are no placeholders, and neither is anything with spaces or colons between the
//! brackets.

use crate::json;
use serde_json::Value;
use std::collections::HashSet;

/// A longer name is none, in bytes.
const MAX_NAME: usize = 64;

/// The name, where a text is a placeholder.
pub fn name(text: &str) -> Option<&str> {
    let name = text.strip_prefix("{{")?.strip_suffix("}}")?;
    is_name(name).then_some(name)
}

/// A letter or underscore, then letters, digits, underscores, hyphens and dots.
pub fn is_name(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    let goes_on = |c: char| is_letter(c) || c.is_ascii_digit() || c == '-' || c == '.';
    name.len() <= MAX_NAME && name.starts_with(is_letter) && name.chars().all(goes_on)
}

/// The placeholder of a name.
pub fn of(name: &str) -> String {
    ["{{", name, "}}"].concat()
}

/// What of a text can be a name, or a name of its own where nothing can.
pub fn name_from(text: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let name: String = text.chars().filter(|c| fits(*c)).take(MAX_NAME).collect();
    match is_name(&name) {
        true => name,
        false => "value".to_owned(),
    }
}

/// A name with a number behind it, and no longer than one may be.
pub fn name_from_numbered(name: &str, number: usize) -> String {
    let number = number.to_string();
    let room = MAX_NAME.saturating_sub(number.len());
    [name.get(..room).unwrap_or(name), &number].concat()
}

/// The names of all placeholders in a value, each once, in order; those of keys as well.
pub fn names(value: &Value) -> Vec<String> {
    let mut found = Found::default();
    found.collect(value);
    found.names
}

#[derive(Default)]
struct Found {
    names: Vec<String>,
    known: HashSet<String>,
}

impl Found {
    fn collect(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.add(text),
            Value::Array(items) => items.iter().for_each(|it| self.collect(it)),
            Value::Object(members) => members.iter().for_each(|(key, it)| {
                self.add(key);
                self.collect(it);
            }),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(name) = name(text)
            && self.known.insert(name.to_owned())
        {
            self.names.push(name.to_owned());
        }
    }
}

/// The same for a text that is JSON.
pub fn names_in_json(text: &str) -> Vec<String> {
    match text.contains("{{") {
        true => json::parse(text.as_bytes()).map_or_else(|_| Vec::new(), |it| names(&it)),
        false => Vec::new(),
    }
}

/// A value with a text in the place of each placeholder of this name.
pub fn filled(value: &Value, of: &str, with: &str) -> Value {
    let text = |text: &String| match name(text) {
        Some(name) if name == of => with.to_owned(),
        _ => text.clone(),
    };
    match value {
        Value::String(own) => text(own).into(),
        Value::Array(items) => items.iter().map(|it| filled(it, of, with)).collect(),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(key, it)| (text(key), filled(it, of, with)));
            Value::Object(members.collect())
        }
        value => value.clone(),
    }
}
