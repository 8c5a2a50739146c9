//! What can be done with the items that a person has selected in an answer's table.

use super::use_in::use_in_button;
use super::values::plain;
use crate::state::{CopyStatus, ShownRun};
use crate::ui::{CopyButton, Markup, el, live, when};
use formsmith_api::answer::value_at;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

/// What is selected of a list of the answer.
#[derive(Clone)]
pub struct Selected {
    /// Its operation is the one that gave the list.
    pub shown: ShownRun,
    /// The path of the list within the output, such as `Reservations[].Instances[]`.
    pub list: String,
    /// The path within an item of what identifies it.
    pub identifier: String,
    pub items: Signal<Vec<Known>>,
}

/// An item that is selected.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub item: Value,
    /// What people know it by; its identifier where it has no name.
    pub name: String,
}

/// The actions on what is selected; nothing while nothing is.
pub fn actions(selected: Selected) -> Markup {
    let items = selected.items;
    when(
        move || items.with(|items| !items.is_empty()),
        move || {
            el("div")
                .class("actions")
                .child(copy(&selected))
                .child(use_in_button(selected.clone()))
        },
    )
}

/// Copies the identifiers, a line each.
fn copy(selected: &Selected) -> Markup {
    let (console, items) = (selected.shown.console, selected.items);
    let identifier = StoredValue::new(selected.identifier.clone());
    live(move || {
        let label = words::copy_identifiers(items.with(Vec::len));
        let (what, status) = (label.clone(), CopyStatus::new());
        let press = move |()| {
            let texts = items.with_untracked(|items| {
                let of =
                    |it: &Known| identifier.with_value(|key| value_at(&it.item, key).map(plain));
                items.iter().filter_map(of).collect::<Vec<_>>()
            });
            console.copy(what.clone(), texts.join("\n"), status);
        };
        view! { <CopyButton label on_copy=press status labelled=true /> }
    })
}
