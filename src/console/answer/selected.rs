//! What can be done with the items that a person has selected in an answer's table.

use super::use_in::use_in;
use crate::state::{CopyStatus, ShownRun};
use crate::ui::{CopyButton, Markup, el};
use formsmith_api::answer::{Column, Role, value_at};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

/// The items that are selected of the list at a path of the answer's output, such as
/// `Reservations[].Instances[]`; `shown.op` is the operation that gave them.
pub struct Selected {
    pub shown: ShownRun,
    pub list_path: String,
    pub items: Vec<Value>,
}

/// The actions on what is selected; nothing while nothing is.
pub fn actions(selected: &Selected, columns: &[Column<'static>]) -> Markup {
    if selected.items.is_empty() {
        return Markup::default();
    }
    let identifier = columns.iter().find(|it| it.role == Role::Identifier);
    let copy = identifier.map(|column| copy(selected, &column.key));
    let use_in = identifier.map(|column| use_in(selected, &column.key));
    el("div")
        .class("actions")
        .attr("data-list", &selected.list_path)
        .child(copy)
        .child(use_in)
        .into()
}

/// Copies what other operations know the items by, a line each.
fn copy(selected: &Selected, key: &str) -> Markup {
    let texts = selected.items.iter().filter_map(|item| value_at(item, key));
    let texts: Vec<String> = texts.map(super::values::plain).collect();
    let (console, status) = (selected.shown.console, CopyStatus::new());
    let label = words::copy_identifiers(texts.len());
    let (what, text) = (label.clone(), texts.join("\n"));
    let press = move |()| console.copy(what.clone(), text.clone(), status);
    view! { <CopyButton label on_copy=press status labelled=true /> }.into()
}
