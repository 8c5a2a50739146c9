//! What stands in an input.

use serde_json::Value;

/// Adds what isn't there yet.
pub fn note<T: PartialEq>(all: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for it in more {
        if !all.contains(&it) {
            all.push(it);
        }
    }
}

/// The texts of a list.
pub fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// A text, number or flag as IAM compares it.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// The keys and values of tags, which are items with both or entries of a map.
pub fn tags_at(input: &Value, path: &str) -> Vec<(String, String)> {
    if let Some(map) = path.strip_suffix("{}") {
        let maps = values(input, map);
        let entries = maps.iter().filter_map(Value::as_object).flatten();
        let tags = entries.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.into())));
        return tags.collect();
    }
    let tag = |item: &Value| {
        let members = item.as_object()?;
        let named = |names: [&str; 2]| {
            let is_it = |it: &str| names.iter().any(|name| it.eq_ignore_ascii_case(name));
            let (_, value) = members.iter().find(|(it, _)| is_it(it))?;
            value.as_str().map(str::to_owned)
        };
        Some((named(["key", "tagkey"])?, named(["value", "tagvalue"])?))
    };
    values(input, path).iter().filter_map(tag).collect()
}

/// What an input has at a path: `Associations[].ProductId`, `Tags{}`, `keys(RequestItems)`.
pub fn values(input: &Value, path: &str) -> Vec<Value> {
    if let Some(map) = path
        .strip_prefix("keys(")
        .and_then(|it| it.strip_suffix(')'))
    {
        let entries = input[map].as_object().into_iter().flatten();
        return entries.map(|(key, _)| key.clone().into()).collect();
    }
    let mut found = vec![input.clone()];
    for step in path.split('.') {
        let name = step.trim_end_matches(['[', ']', '{', '}']);
        let mut next: Vec<Value> = found.iter().map(|it| it[name].clone()).collect();
        if step.ends_with("[]") {
            let items = next.into_iter().filter_map(|it| match it {
                Value::Array(items) => Some(items),
                _ => None,
            });
            next = items.flatten().collect();
        } else if step.ends_with("{}") {
            let entries = next.iter().filter_map(Value::as_object).flatten();
            next = entries.map(|(_, value)| value.clone()).collect();
        }
        found = next;
    }
    found.retain(|it| !it.is_null());
    found
}

/// The ARNs in a value.
pub fn collect_arns<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) if text.starts_with("arn:") => note(found, [text.as_str()]),
        Value::Array(items) => items.iter().for_each(|it| collect_arns(it, found)),
        Value::Object(members) => members.values().for_each(|it| collect_arns(it, found)),
        _ => {}
    }
}
