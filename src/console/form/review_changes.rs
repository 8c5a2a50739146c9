//! What a reviewed request changes, by name: its entries as rows, and all its other members.

use super::review_values::{Values, item_place};
use crate::state::NameScope;
use crate::ui::{self, El, Markup, el, key_values};
use formsmith_api::class::Class;
use formsmith_api::model::{Member, Place};
use formsmith_api::secret::{Secret, masked};
use formsmith_run::{Intent, OperationRef};
use formsmith_words as words;
use serde_json::Value;

/// What `intent` sends, in names that `names` knows. Tokens name nothing.
pub fn changes(op: OperationRef, intent: &Intent, names: NameScope) -> Markup {
    let model = op.model;
    let place = model.input(op.operation);
    let sent = masked(model, place, &intent.input, Secret::Parts);
    let values = Values::new(model, names);
    let input = op.operation.input.as_ref().and_then(|id| model.shape(id));
    let members = input.map(|shape| shape.members()).unwrap_or_default();
    let listed = listed(op, members, &sent);
    let rows = listed.map(|member| entries(op, member, &sent));
    let rows = rows.filter(|entries| !entries.is_empty());
    let count = rows.as_ref().map(Vec::len);
    let rows = rows.zip(listed).map(|(entries, member)| {
        let head = match op.operation.traits.batch {
            Some(_) => words::capitalised(&words::entry_words(op.model, op.operation).0),
            None => model.title(member),
        };
        values.items(
            item_place(model, model.place(member)),
            &entries,
            Some(&head),
        )
    });
    // A line each for what fits in one; the others, below, have all their parts.
    let mut lines = Vec::new();
    let mut nested = Vec::new();
    for member in members {
        let is_above = count.is_some() && listed.is_some_and(|it| it.name == member.name);
        let value = &sent[&member.name];
        if value.is_null() || is_above || member.traits.idempotency_token {
            continue;
        }
        let (title, place) = (model.title(member), model.place(member));
        match values.line(place, value) {
            Some(line) => lines.push((title, line)),
            None => nested.push(part(&values, &title, place, value)),
        }
    }
    let has_any = count.is_some() || !lines.is_empty() || !nested.is_empty();
    let lines: Vec<_> = lines
        .iter()
        .map(|(title, line)| (&**title, &**line))
        .collect();
    let lines = (!lines.is_empty()).then(|| key_values(&lines));
    let title = match op.operation.class {
        Class::Read | Class::Secret => words::what_is_read(),
        _ => words::what_changes(),
    };
    let head = has_any.then(|| el("h3").child(title).child(count.map(counter)));
    (head, rows, lines, nested).into()
}

/// A member with parts of its own, under its title.
fn part(values: &Values, title: &str, place: Option<Place<'static>>, value: &Value) -> Markup {
    let count = value.as_array().map(Vec::len);
    let head = el("h4").child(title).child(count.map(counter));
    let parts = values.parts(place, value);
    el("div")
        .class("review-part")
        .child(head)
        .child(parts)
        .into()
}

fn counter(count: usize) -> El {
    ui::counter(words::counter(0, count))
}

/// The member whose entries or values are what the request is about.
fn listed<'a>(op: OperationRef, members: &'a [Member], sent: &Value) -> Option<&'a Member> {
    let batch = op.operation.traits.batch.as_ref();
    let is_of_texts = |member: &&Member| {
        let values = sent[&member.name].as_array();
        let is_plain = |value: &Value| !value.is_array() && !value.is_object();
        let is_listed = values.is_some_and(|all| !all.is_empty() && all.iter().all(is_plain));
        member.traits.required && is_listed
    };
    match batch {
        Some(batch) => members.iter().find(|it| it.name == batch.entries),
        None => members.iter().find(is_of_texts),
    }
}

fn entries(op: OperationRef, member: &Member, sent: &Value) -> Vec<Value> {
    match &op.operation.traits.batch {
        Some(batch) => batch.sent(sent),
        None => sent[&member.name].as_array().cloned().unwrap_or_default(),
    }
}
