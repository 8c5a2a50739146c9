//! Several pages as one answer.

use crate::json;
use crate::model::{Operation, Paginated};
use serde_json::{Map, Value};

/// The pages of an operation's answer as one: lists go on, numbers that count what a page has are
/// added up, and of anything else the last page says how it is.
#[must_use]
pub fn joined(operation: &Operation, pages: &[&Map<String, Value>]) -> Map<String, Value> {
    let mut all = Map::new();
    for (at, page) in pages.iter().enumerate() {
        join_page(operation, &mut all, page, at == 0);
    }
    all
}

/// The same, page by page: one more after those that are joined.
pub fn join_page(
    operation: &Operation,
    all: &mut Map<String, Value>,
    page: &Map<String, Value>,
    is_first: bool,
) {
    if is_first {
        all.clone_from(page);
        return;
    }
    let paginated = operation.traits.paginated.as_ref();
    // A token that the last page lacks is one of a page before.
    let tokens = paginated.into_iter().flat_map(|it| &it.output_tokens);
    for token in tokens.filter(|token| !page.contains_key(*token)) {
        all.shift_remove(token);
    }
    for (name, value) in page {
        join(paginated, name, all, name, value);
    }
}

fn join(
    paginated: Option<&Paginated>,
    path: &str,
    all: &mut Map<String, Value>,
    name: &str,
    value: &Value,
) {
    let is_result = paginated.is_some_and(|it| it.results().any(|result| result == path));
    match (all.get_mut(name), value) {
        // What every page repeats is no further item.
        (Some(Value::Array(items)), Value::Array(more)) if is_result || items != more => {
            items.extend(more.iter().cloned());
        }
        (Some(Value::Object(object)), Value::Object(more)) => {
            for (name, value) in more {
                join(paginated, &[path, ".", name].concat(), object, name, value);
            }
        }
        (Some(Value::Number(sum)), Value::Number(more)) if is_result => {
            let added = json_sum(sum, more);
            all.insert(name.to_owned(), added);
        }
        (Some(Value::Array(_)), Value::Array(_)) => {}
        _ => {
            all.insert(name.to_owned(), value.clone());
        }
    }
}

fn json_sum(one: &serde_json::Number, other: &serde_json::Number) -> Value {
    match (one.as_i64(), other.as_i64()) {
        (Some(one), Some(other)) => (one + other).into(),
        _ => {
            let number = |it: &serde_json::Number| json::float(&Value::Number(it.clone()));
            (number(one).unwrap_or_default() + number(other).unwrap_or_default()).into()
        }
    }
}
