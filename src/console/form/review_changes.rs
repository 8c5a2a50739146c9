//! What a reviewed request changes, by name: its entries as rows, and its other members.

use crate::ui::{Markup, el, expandable, key_values, once};
use formsmith_api::model::{Member, ShapeKind};
use formsmith_api::secret::{Secret, masked};
use formsmith_run::{Intent, OperationRef};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use web_sys::Event;

/// So many rows stand there; the others open.
const FIRST: usize = 10;

/// So many columns fit beside each other.
const MOST_COLUMNS: usize = 4;

/// Texts for people: a title for each column, and a text in each for every row.
struct Rows {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Tokens name nothing.
pub fn changes(op: OperationRef, intent: &Intent) -> Markup {
    let model = op.model;
    let input = model.input(op.operation);
    let sent = masked(model, input, &intent.input, Secret::Parts);
    let input = op.operation.input.as_ref().and_then(|id| model.shape(id));
    let members = input.map(|shape| shape.members()).unwrap_or_default();
    let listed = listed(op, members, &sent);
    let rows = listed.and_then(|member| rows(op, member, &sent));
    let texts = members
        .iter()
        .filter(|member| !member.traits.idempotency_token)
        .filter(|member| rows.is_none() || listed.is_none_or(|it| it.name != member.name))
        .filter_map(|member| {
            let text = text_of(&sent[&member.name])?;
            Some((model.title(member), words::reviewed_text(&text)))
        });
    let texts: Vec<_> = texts.collect();
    let texts: Vec<_> = texts
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let count = rows.as_ref().map(|rows| rows.rows.len());
    let counter = count.map(|count| {
        let counter = el("span").class("counter").child(" ");
        counter.child(words::counter(0, count))
    });
    let has_any = count.is_some() || !texts.is_empty();
    let head = has_any.then(|| el("h3").child(words::what_changes()).child(counter));
    let texts = (!texts.is_empty()).then(|| key_values(&texts));
    (head, rows.map(table), texts).into()
}

/// The member whose entries or values are what the request is about.
fn listed<'a>(op: OperationRef, members: &'a [Member], sent: &Value) -> Option<&'a Member> {
    let batch = op.operation.traits.batch.as_ref();
    let is_of_texts = |member: &&Member| {
        let values = sent[&member.name].as_array();
        let is_listed = values.is_some_and(|all| !all.is_empty() && all.iter().all(is_scalar));
        member.traits.required && is_listed
    };
    match batch {
        Some(batch) => members.iter().find(|it| it.name == batch.entries),
        None => members.iter().find(is_of_texts),
    }
}

fn rows(op: OperationRef, member: &Member, sent: &Value) -> Option<Rows> {
    let batch = op.operation.traits.batch.as_ref();
    let entries = match batch {
        Some(batch) => batch.sent(sent),
        None => sent[&member.name].as_array()?.clone(),
    };
    if entries.is_empty() {
        return None;
    }
    let columns = columns(op, member, &entries);
    if columns.is_empty() {
        let head = match batch {
            Some(_) => words::capitalised(&words::entry_words(op.model, op.operation).0),
            None => op.model.title(member),
        };
        let rows = entries.iter().map(|entry| vec![name_of(entry)]);
        return Some(Rows {
            heads: vec![head],
            rows: rows.collect(),
        });
    }
    let of = |entry: &Value| {
        let text = |(name, _): &(String, String)| text_of(&entry[name]).unwrap_or_default();
        columns.iter().map(text).collect()
    };
    Some(Rows {
        rows: entries.iter().map(of).collect(),
        heads: columns.iter().map(|(_, title)| title.clone()).collect(),
    })
}

/// The name and title of each member that is to be read in any entry; none where there are too many.
fn columns(op: OperationRef, member: &Member, entries: &[Value]) -> Vec<(String, String)> {
    let shape = op.model.shape(&member.target);
    let item = shape.and_then(|shape| match &shape.kind {
        ShapeKind::List(item) => op.model.shape(&item.target),
        _ => None,
    });
    let members = item.map(|item| item.members()).unwrap_or_default();
    let is_given = |member: &&Member| {
        entries
            .iter()
            .any(|it| text_of(&it[&member.name]).is_some())
    };
    let columns = members.iter().filter(is_given);
    let columns = columns.map(|member| (member.name.clone(), op.model.title(member)));
    let columns: Vec<_> = columns.collect();
    match columns.len() > MOST_COLUMNS {
        true => Vec::new(),
        false => columns,
    }
}

fn table(rows: Rows) -> Markup {
    let rows = Arc::new(rows);
    let more = rows.rows.len().saturating_sub(FIRST);
    let first = part(&rows, 0, FIRST);
    let more = (more > 0).then(|| {
        let is_open = RwSignal::new(false);
        let body = once(
            move || is_open.get(),
            move || part(&rows, FIRST, usize::MAX),
        );
        let opened = move |_: Event| is_open.set(true);
        expandable(words::more(more).into(), Markup::default(), body).on("toggle", opened)
    });
    (first, more).into()
}

fn part(rows: &Rows, from: usize, most: usize) -> Markup {
    let cell = |tag| move |text: &String| el(tag).child(text.as_str());
    let heads: Vec<_> = rows
        .heads
        .iter()
        .map(cell("th"))
        .map(Markup::from)
        .collect();
    let line = |row: &Vec<String>| -> Markup {
        let cells: Vec<_> = row.iter().map(cell("td")).map(Markup::from).collect();
        el("tr").child(cells).into()
    };
    let lines: Vec<_> = rows.rows.iter().skip(from).take(most).map(line).collect();
    el("table")
        .class("review-rows")
        .child(el("thead").child(el("tr").child(heads)))
        .child(el("tbody").child(lines))
        .into()
}

fn is_scalar(value: &Value) -> bool {
    scalar(value).is_some()
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A value, a list of values, or a map of them; what has more parts stands in the request.
fn text_of(value: &Value) -> Option<String> {
    let parts: Option<Vec<String>> = match value {
        Value::Array(items) => items.iter().map(scalar).collect(),
        Value::Object(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| Some([key, ": ", &scalar(value)?].concat()));
            entries.collect()
        }
        value => return scalar(value),
    };
    let mut parts = parts.filter(|parts| !parts.is_empty())?;
    let more = parts.len().saturating_sub(FIRST);
    parts.truncate(FIRST);
    parts.extend((more > 0).then(|| words::more(more)));
    Some(parts.join(", "))
}

/// An entry by its own texts.
fn name_of(entry: &Value) -> String {
    match entry {
        Value::String(text) => text.clone(),
        Value::Object(members) => {
            let texts: Vec<_> = members.values().filter_map(Value::as_str).collect();
            match texts.is_empty() {
                true => entry.to_string(),
                false => texts.join(", "),
            }
        }
        other => other.to_string(),
    }
}
