//! Members that an error names without a model that marks where: in lists, alone, and in the
//! sentences that services write. What is named only counts where the input has such a place.

use crate::model::words_of;
use crate::protocol::ServiceError;
use serde_json::{Map, Value};

/// Members of an item that name a place, and those that say what is wrong with it.
const PLACES: [&[&str]; 6] = [
    &["field", "name"],
    &["field"],
    &["name"],
    &["path"],
    &["property", "path"],
    &["element", "path"],
];
const REASONS: [&[&str]; 4] = [
    &["message"],
    &["error", "message"],
    &["validation", "issue"],
    &["reason"],
];
/// Members of an error that name the one member it is about.
const ALONE: [&[&str]; 6] = [
    &["field", "name"],
    &["field"],
    &["parameter", "name"],
    &["parameter", "names"],
    &["parameter"],
    &["invalid", "parameter"],
];

fn words(name: &str) -> Vec<String> {
    let words = words_of(name).into_iter();
    words.map(str::to_ascii_lowercase).collect()
}

fn find<'a>(object: &'a Map<String, Value>, names: &[&[&str]]) -> Option<&'a Value> {
    let named = |name: &&[&str]| object.iter().find(|(it, _)| words(it) == **name);
    names.iter().find_map(named).map(|(_, value)| value)
}

/// What lists of fields say: `fieldList: [{name, message}]`, `ValidationErrors: [{elementPath, …}]`.
pub fn listed(error: &ServiceError) -> Vec<(&str, &str)> {
    let is_of_fields = |name: &str| {
        let words = words(name);
        let is_it = |word: &String| {
            matches!(
                word.as_str(),
                "field" | "fields" | "property" | "validation"
            )
        };
        words.iter().any(is_it)
    };
    let lists = error.members.iter().filter(|(name, _)| is_of_fields(name));
    let items = lists.filter_map(|(_, list)| list.as_array()).flatten();
    let found = items.filter_map(|item| {
        let item = item.as_object()?;
        let place = find(item, &PLACES)?.as_str()?;
        let reason = find(item, &REASONS).and_then(Value::as_str);
        Some((place, reason.or(error.message.as_deref())?))
    });
    found.collect()
}

/// What an error names in a member of its own, with the error's message.
pub fn alone(error: &ServiceError) -> Vec<(&str, &str)> {
    let Some(message) = error.message.as_deref() else {
        return Vec::new();
    };
    let names = match find(&error.members, &ALONE) {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    names.into_iter().map(|name| (name, message)).collect()
}

/// The names that a message puts behind the word *parameter* and the like:
/// `Value (x) for parameter instanceId is invalid.`, `Missing required parameter: Name`. A word of
/// the language is no name: it has to be quoted, have a capital, or follow a colon.
pub fn in_message(message: &str) -> Vec<&str> {
    const LEADS: [&str; 6] = [
        "parameter",
        "parameters",
        "required field",
        "specified value for",
        "invalid value for",
        "validation error at",
    ];
    let message = after_value(message);
    let lower = message.to_ascii_lowercase();
    let mut found = Vec::new();
    for lead in LEADS {
        for (at, _) in lower.match_indices(lead) {
            let is_whole = !message[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
            let name = name(&message[at + lead.len()..]);
            if let Some(name) = name.filter(|_| is_whole)
                && !found.contains(&name)
            {
                found.push(name);
            }
        }
    }
    found
}

/// What comes after the value that a message begins with, which is the person's own and may hold
/// anything: `Value (…) for parameter`, `Invalid value '…' for`.
fn after_value(message: &str) -> &str {
    let begins = message
        .split_once(['(', '\'', '"', '`', '['])
        .map(|(it, _)| it);
    let begins_with_value = begins.is_some_and(|begin| {
        let words = begin.trim_end().rsplit(' ').next().unwrap_or_default();
        words.eq_ignore_ascii_case("value")
    });
    let ends = [") for ", "' for ", "\" for ", "` for ", "] for "];
    let end = ends.iter().filter_map(|end| message.rfind(end)).max();
    match end.filter(|_| begins_with_value) {
        Some(at) => &message[at + 1..],
        None => message,
    }
}

fn name(rest: &str) -> Option<&str> {
    let spaced = rest.trim_start_matches(' ');
    let named = spaced.trim_start_matches(':').trim_start_matches(' ');
    let follows_colon = spaced.starts_with(':');
    if rest.len() == named.len() {
        return None;
    }
    let quote = named
        .chars()
        .next()
        .filter(|c| matches!(c, '\'' | '"' | '`' | '['));
    let named = &named[quote.map_or(0, char::len_utf8)..];
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '[' | ']');
    let end = named.find(|c| !is_part(c)).unwrap_or(named.len());
    let text = named[..end].trim_end_matches(['.', ']', '-']);
    let is_index = named[..end].ends_with(']') && text.contains('[');
    let text = if is_index { &named[..end] } else { text };
    let has_capital = text.chars().any(|c| c.is_ascii_uppercase());
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && (quote.is_some() || follows_colon || has_capital)).then_some(text)
}
