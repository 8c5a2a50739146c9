//! What can be done with the items that a person has selected in an answer's table.

use super::use_in::use_in;
use crate::state::{CopyStatus, ShownRun};
use crate::ui::{CopyButton, Markup, el, live, when};
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
    /// The identifiers of the items that are selected.
    pub values: Signal<Vec<Value>>,
}

/// The actions on what is selected; nothing while nothing is.
pub fn actions(selected: Selected) -> Markup {
    let values = selected.values;
    when(
        move || values.with(|values| !values.is_empty()),
        move || {
            el("div")
                .class("actions")
                .child(copy(&selected))
                .child(use_in(selected.clone()))
        },
    )
}

/// Copies the identifiers, a line each.
fn copy(selected: &Selected) -> Markup {
    let (console, values) = (selected.shown.console, selected.values);
    live(move || {
        let label = words::copy_identifiers(values.with(Vec::len));
        let (what, status) = (label.clone(), CopyStatus::new());
        let press = move |()| {
            let texts = values.with_untracked(|values| {
                let texts = values.iter().map(super::values::plain);
                texts.collect::<Vec<_>>()
            });
            console.copy(what.clone(), texts.join("\n"), status);
        };
        view! { <CopyButton label on_copy=press status labelled=true /> }
    })
}
