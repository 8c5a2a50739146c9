//! Which entries an item of an answer can be about.

use crate::json;
use crate::model::{Join, KEY};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// So many pairs of entries and items are looked at.
const MOST_PAIRS: usize = 1_000_000;

/// An item of a list, or of a map with its key.
pub struct Item<'a> {
    pub key: Option<&'a str>,
    pub value: &'a Value,
    /// It is one of the items of a list that the key leads to.
    pub is_listed: bool,
    /// The group that it stands in, which may say why.
    pub group: Option<&'a Value>,
}

/// The places of the entries that each item can be about: one, several that only the caller can
/// tell apart, or none.
pub fn places(join: &Join, sent: &[Value], items: &[Item<'_>]) -> Vec<Vec<usize>> {
    match join {
        Join::None => items.iter().map(|_| Vec::new()).collect(),
        Join::Order if items.len() == sent.len() => (0..sent.len()).map(|at| vec![at]).collect(),
        Join::Order => items.iter().map(|_| Vec::new()).collect(),
        Join::Index(member) => {
            let place = |item: &Item<'_>| {
                let at = item.value.get(member).and_then(Value::as_u64);
                let at = at.map(|at| at as usize).filter(|at| *at < sent.len());
                Vec::from_iter(at)
            };
            items.iter().map(place).collect()
        }
        Join::AnyOf(pairs) => by_text(pairs, sent, items),
        Join::Members(_) | Join::Entry(_) => by_members(join, sent, items),
    }
}

/// Of so many entries at most an item is told; they are alike, and batches are smaller.
fn most(items: &[Item<'_>]) -> usize {
    MOST_PAIRS / items.len().max(1)
}

/// What is compared as text: a text, a number, or an item's key.
fn text(item: &Item<'_>, path: &str) -> Option<String> {
    match path {
        KEY => item.key.map(str::to_owned),
        path => text_of(item.value, path),
    }
}

fn text_of(value: &Value, path: &str) -> Option<String> {
    let value = if path.is_empty() {
        Some(value)
    } else {
        value.get(path)
    };
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn by_text(pairs: &[[String; 2]], sent: &[Value], items: &[Item<'_>]) -> Vec<Vec<usize>> {
    // By each member of an entry, where the text stands, whole or as the end of an ARN.
    let mut of_entry: HashMap<String, Vec<usize>> = HashMap::new();
    let keyed = |path: &str, form: &str| [path, form].join("\n");
    for (at, entry) in sent.iter().enumerate() {
        for [path, _] in pairs {
            for form in text_of(entry, path).iter().flat_map(|text| forms(text)) {
                let places = of_entry.entry(keyed(path, form)).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
    }
    of_entry.retain(|_, places| places.len() <= most(items));
    let find = |item: &Item<'_>| {
        pairs.iter().find_map(|[path, member]| {
            let value = text(item, member)?;
            let own = |at: &usize| text_of(&sent[*at], path).unwrap_or_default();
            let found = |form: &str| of_entry.get(&keyed(path, form));
            let exact = found(&value).into_iter().flatten().copied();
            let exact: Vec<usize> = exact.filter(|at| own(at) == value).collect();
            if !exact.is_empty() {
                return Some(exact);
            }
            // An ARN and what it ends in; not two that only end alike.
            let is_other = |at: &usize| own(at).starts_with("arn:") != value.starts_with("arn:");
            forms(&value).find_map(|form| {
                let places = found(form).into_iter().flatten().copied();
                let places: Vec<usize> = places.filter(is_other).collect();
                (!places.is_empty()).then_some(places)
            })
        })
    };
    items
        .iter()
        .map(|item| find(item).unwrap_or_default())
        .collect()
}

/// A text, and of an ARN what follows its last slash or colon.
fn forms(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.starts_with("arn:").then(|| {
        [text.rsplit('/').next(), text.rsplit(':').next()]
            .into_iter()
            .flatten()
    });
    std::iter::once(text).chain(ends.into_iter().flatten().filter(move |end| *end != text))
}

fn by_members(join: &Join, sent: &[Value], items: &[Item<'_>]) -> Vec<Vec<usize>> {
    let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, entry) in sent.iter().enumerate() {
        exact.entry(whole(join, entry)).or_default().push(at);
    }
    exact.retain(|_, places| places.len() <= most(items));
    let is_small = sent.len() <= most(items);
    let find = |item: &Item<'_>| {
        let value = about(join, item);
        let Some(value) = value else {
            return Vec::new();
        };
        if let Some(found) = exact.get(&answered(join, &value)) {
            return found.clone();
        }
        let all = sent.iter().enumerate();
        // Of what a key leads to a part may have come back.
        if let Some(key) = item.key.filter(|_| !item.is_listed) {
            let of_key = all.filter(|(_, entry)| entry.get(key).is_some());
            return of_key.map(|(at, _)| at).collect();
        }
        let fitting = all.filter(|(_, entry)| is_small && agrees(join, entry, &value));
        fitting.map(|(at, _)| at).collect()
    };
    items.iter().map(find).collect()
}

/// What of an item is compared with entries.
fn about(join: &Join, item: &Item<'_>) -> Option<Value> {
    match (join, item.key) {
        (Join::Entry(path), None) if path.is_empty() => Some(item.value.clone()),
        // A part of a map as the entry has it.
        (Join::Entry(_), Some(key)) => {
            let value = match item.is_listed {
                true => vec![item.value.clone()].into(),
                false => item.value.clone(),
            };
            Some(Value::Object(Map::from_iter([(key.to_owned(), value)])))
        }
        (Join::Entry(path), None) => item.value.get(path).cloned(),
        // One that has nothing of what is compared says nothing.
        (Join::Members(pairs), _) => {
            let mut own = pairs
                .iter()
                .filter_map(|[_, member]| item.value.get(member));
            own.any(|value| !value.is_null())
                .then(|| item.value.clone())
        }
        _ => Some(item.value.clone()),
    }
}

fn whole(join: &Join, entry: &Value) -> String {
    match join {
        Join::Members(pairs) => parts(entry, pairs.iter().map(|[own, _]| own)),
        _ => json::compact(entry),
    }
}

fn answered(join: &Join, value: &Value) -> String {
    match join {
        Join::Members(pairs) => parts(value, pairs.iter().map(|[_, other]| other)),
        _ => json::compact(value),
    }
}

fn parts<'a>(value: &Value, names: impl Iterator<Item = &'a String>) -> String {
    let parts = names.map(|name| value.get(name).cloned().unwrap_or_default());
    json::compact(&parts.collect::<Vec<_>>().into())
}

/// All that both have is the same, and they have something.
fn agrees(join: &Join, entry: &Value, value: &Value) -> bool {
    let Join::Members(pairs) = join else {
        return is_same(entry, value) == Some(true);
    };
    all_same(
        pairs
            .iter()
            .map(|[own, other]| is_same(entry.get(own)?, value.get(other)?)),
    )
}

/// Nothing where the two can't be compared: one has it and the other hasn't, or a moment is a text
/// in the one and a number in the other.
fn is_same(one: &Value, other: &Value) -> Option<bool> {
    match (one, other) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Object(one), Value::Object(other)) => {
            let same = one
                .iter()
                .map(|(name, value)| is_same(value, other.get(name)?));
            all_same(same).then_some(true).or(Some(false))
        }
        (Value::Array(one), Value::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            Some(one.len() == other.len() && pairs.all(|(a, b)| is_same(a, b) != Some(false)))
        }
        (Value::String(one), Value::String(other)) => {
            let is_arn = |text: &str| text.starts_with("arn:");
            let ends =
                |arn: &str, id: &str| is_arn(arn) && !is_arn(id) && forms(arn).any(|it| it == id);
            Some(one == other || ends(one, other) || ends(other, one))
        }
        (Value::String(text), Value::Number(number))
        | (Value::Number(number), Value::String(text)) => {
            (*text == number.to_string()).then_some(true)
        }
        _ => Some(one == other),
    }
}

fn all_same(same: impl Iterator<Item = Option<bool>>) -> bool {
    let mut same = same.flatten();
    same.next() == Some(true) && same.all(|it| it)
}
