//! A field that can be filled from a list: all that is there of it before the list is opened.

use super::field_labels;
use super::pick_list;
use crate::browser::task;
use crate::lazy::{NotLoaded, lazy};
use crate::state::Form;
use crate::ui::{Markup, el};
use crate::watch::{listen, watch};
use formsmith_api::draft::NodeId;
use formsmith_words as words;
use leptos::ev::{Event, InputEvent, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use std::cell::OnceCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// What was picked for a field last. It is told beneath the field while that stands there.
pub type Called = RwSignal<Option<Picked>>;

#[derive(Clone, PartialEq, Eq)]
pub struct Picked {
    pub value: String,
    pub name: Option<String>,
    /// Other fields whose texts the list was asked with, and the texts.
    pub of: Vec<(NodeId, String)>,
}

/// What an input says that has a list. The style draws an arrow in it.
const COMBOBOX: [(&str, &str); 4] = [
    ("role", "combobox"),
    ("aria-haspopup", "listbox"),
    ("aria-autocomplete", "list"),
    ("aria-expanded", "false"),
];

/// The field, with the way to its list as soon as it is known that there is one.
///
/// A form has many fields, and a box or a button in each would be paid for with every key. So there
/// is only the arrow that the input draws itself, and a button in the field one is in.
pub fn pickable(form: Form, node: NodeId, called: Called, input: Markup) -> Markup {
    if form.picks().is_some() && !form.can_pick(node) {
        return input;
    }
    let Some(element) = input.element() else {
        return input;
    };
    let combobox = element.clone();
    watch(move || {
        if form.can_pick(node) {
            for (name, value) in COMBOBOX {
                // Fails for no name of these.
                let _ = combobox.set_attribute(name, value);
            }
        }
    });
    let can_open = move || untrack(|| form.can_pick(node)) && !is_open(node);
    let open = move |typed: Option<String>| {
        let opening = ScopedFuture::new_untracked(async move {
            if let Err(NotLoaded) = open_list(form, node, called, typed).await {
                form.console.announce(words::part_missing().to_owned());
            }
        });
        task::spawn(opening);
    };
    listen(&element, "keydown", move |event: KeyboardEvent| {
        if event.key() == "ArrowDown" && !event.is_composing() && can_open() {
            event.prevent_default();
            open(None);
        }
    });
    let typed = element.clone();
    listen(&element, "input", move |event: InputEvent| {
        // A key: what comes whole, by pasting or from the browser, isn't looked for.
        let is_key = event.data().is_some_and(|it| it.chars().count() == 1);
        if is_key && !event.is_composing() && can_open() {
            let typed = typed.dyn_ref::<HtmlInputElement>();
            open(typed.map(HtmlInputElement::value));
        }
    });
    // The focus alone opens nothing: who goes through the fields by keyboard reads no list.
    listen(&element, "click", move |_: MouseEvent| {
        if can_open() {
            open(None);
        }
    });
    let (entered, made) = (element, OnceCell::new());
    listen(&entered.clone(), "focus", move |_: Event| {
        if untrack(|| form.can_pick(node)) {
            put_button(&entered, made.get_or_init(|| button(move || open(None))));
        }
    });
    input
}

fn button(open: impl Fn() + 'static) -> Element {
    el("button")
        .class("pick-button")
        .attr("type", "button")
        // The arrow key does the same in the field itself.
        .attr("tabindex", "-1")
        .attr("aria-label", words::pick_open())
        // The field keeps the focus.
        .on("mousedown", |event: MouseEvent| event.prevent_default())
        .on("click", move |_: MouseEvent| open())
        .element()
        .clone()
}

/// Puts the button where the arrow of this field is, and takes that of another field away.
fn put_button(input: &Element, button: &Element) {
    if let Ok(Some(other)) = document().query_selector(".pick-button") {
        other.remove();
    }
    let _ = input.after_with_node_1(button);
}

/// The element around a field and its list.
pub fn whole(node: NodeId) -> Option<Element> {
    control(node)?.parent_element()
}

fn control(node: NodeId) -> Option<Element> {
    document().get_element_by_id(&field_labels::control_id(node))
}

fn is_open(node: NodeId) -> bool {
    let expanded = control(node).and_then(|input| input.get_attribute("aria-expanded"));
    expanded.as_deref() == Some("true")
}

lazy! {
    in picks: fn open_list(form: Form, node: NodeId, called: Called, typed: Option<String>) =
        pick_list::open(form, node, called, typed);
}
