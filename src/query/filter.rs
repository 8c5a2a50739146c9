//! Queries for people who choose what they look for: a field, a condition and a value.

use formsmith_api::json;

/// What of an item is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// The way to a value: `State.Name`. Is it a text, or a number or truth value?
    Value { path: String, is_text: bool },
    /// A tag, in the member that has them.
    Tag { member: String, key: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    Is,
    IsNot,
    Contains,
    IsMissing,
    IsThere,
}

/// The query that finds the items of a list for which a condition holds. `path` leads to the items:
/// `Reservations[].Instances[]`.
#[must_use]
pub fn filter(path: &str, field: &Field, condition: Condition, value: &str) -> String {
    let test = test(field, condition, value);
    let list = path.strip_suffix("[]").unwrap_or(path);
    // Of a list within another a filter finds a list each.
    let end = if list.contains("[]") { "[]" } else { "" };
    [list, "[?", &test, "]", end].concat()
}

fn test(field: &Field, condition: Condition, value: &str) -> String {
    match field {
        Field::Value { path, is_text } => {
            let path = quoted_path(path);
            let text = raw(value);
            let equal = match is_text {
                true => text.clone(),
                false => ["`", &value.replace('`', "\\`"), "`"].concat(),
            };
            match condition {
                Condition::Is => [&path, " == ", &equal].concat(),
                Condition::IsNot => [&path, " != ", &equal].concat(),
                Condition::Contains => ["contains(", &path, " || '', ", &text, ")"].concat(),
                Condition::IsMissing => [&path, " == `null`"].concat(),
                Condition::IsThere => [&path, " != `null`"].concat(),
            }
        }
        Field::Tag { member, key } => {
            let (member, key, text) = (quoted_path(member), raw(key), raw(value));
            let has = |more: &str| [&member, "[?Key == ", &key, more, "]"].concat();
            match condition {
                Condition::Is => has(&[" && Value == ", &text].concat()),
                Condition::IsNot => ["!(", &has(&[" && Value == ", &text].concat()), ")"].concat(),
                Condition::Contains => has(&[" && contains(Value, ", &text, ")"].concat()),
                Condition::IsMissing => {
                    ["!contains(", &member, "[].Key || `[]`, ", &key, ")"].concat()
                }
                Condition::IsThere => {
                    ["contains(", &member, "[].Key || `[]`, ", &key, ")"].concat()
                }
            }
        }
    }
}

/// A text as the language has it that means just that.
fn raw(text: &str) -> String {
    ["'", &text.replace('\\', "\\\\").replace('\'', "\\'"), "'"].concat()
}

/// Names with other characters than letters, digits and `_` stand in quotation marks.
fn quoted_path(path: &str) -> String {
    let names = path.split('.').map(quoted);
    names.collect::<Vec<_>>().join(".")
}

pub(crate) fn quoted(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    match begins && name.chars().all(is_plain) {
        true => name.to_owned(),
        false => json::quoted(name),
    }
}
