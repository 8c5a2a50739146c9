//! A field that can be filled from a list: all that is there of it before the list is opened.

use super::field_labels;
use super::pick_list;
use crate::browser::task;
use crate::lazy::{NotLoaded, lazy};
use crate::state::Form;
use crate::ui::{Markup, el, when};
use formsmith_api::draft::NodeId;
use formsmith_words as words;
use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use web_sys::Element;

/// Set once its list was opened; from then on typing opens it again.
pub const OPENED: &str = "data-opened";

/// What an input says that has a list.
const COMBOBOX: [(&str, &str); 4] = [
    ("role", "combobox"),
    ("aria-haspopup", "listbox"),
    ("aria-autocomplete", "list"),
    ("aria-expanded", "false"),
];

/// The id of what is around the field and its list.
fn pick_id(node: NodeId) -> String {
    format!("pick-{}", node.number())
}

/// The field, with the way to its list as soon as it is known that there is one.
pub fn pickable(form: Form, node: NodeId, input: Markup) -> Markup {
    if form.picks().is_some() && !form.can_pick(node) {
        return input;
    }
    let open = move || {
        let opening = ScopedFuture::new_untracked(async move {
            if let Err(NotLoaded) = open_list(form, node).await {
                form.console.announce(words::part_missing().to_owned());
            }
        });
        task::spawn(opening);
    };
    let press = move |event: KeyboardEvent| {
        let is_asked = event.key() == "ArrowDown" && !event.is_composing();
        if is_asked && untrack(|| form.can_pick(node)) && !is_open(node) {
            event.prevent_default();
            open();
        }
    };
    let type_in = move |_: Event| {
        let was_opened = |it: Element| it.has_attribute(OPENED);
        if whole(node).is_some_and(was_opened) && !is_open(node) {
            open();
        }
    };
    let around = el("div")
        .class("pick")
        .attr("id", &pick_id(node))
        .on("keydown", press)
        .on("input", type_in)
        .child(input);
    let element = around.element().clone();
    let button = move || {
        if let Ok(Some(input)) = element.query_selector("input") {
            for (name, value) in COMBOBOX {
                // Fails for no name of these.
                let _ = input.set_attribute(name, value);
            }
        }
        el("button")
            .class("pick-button")
            .attr("type", "button")
            // The arrow key does the same in the field itself.
            .attr("tabindex", "-1")
            .attr("aria-label", words::pick_open())
            // The field keeps the focus.
            .on("mousedown", |event: MouseEvent| event.prevent_default())
            .on("click", move |_: MouseEvent| open())
    };
    around
        .child(when(move || form.can_pick(node), button))
        .into()
}

/// The element around a field and its list.
pub fn whole(node: NodeId) -> Option<Element> {
    document().get_element_by_id(&pick_id(node))
}

fn is_open(node: NodeId) -> bool {
    let input = document().get_element_by_id(&field_labels::control_id(node));
    let expanded = input.and_then(|input| input.get_attribute("aria-expanded"));
    expanded.as_deref() == Some("true")
}

lazy! { in picks: fn open_list(form: Form, node: NodeId) = pick_list::open(form, node); }
