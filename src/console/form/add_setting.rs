//! The list of the members that can be added to a structure.

use super::field_labels;
use super::members::Members;
use crate::browser::focus;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::ui::{Markup, el, has_words, live, search_field, small, when};
use formsmith_api::draft::NodeId;
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent};

/// Fewer are taken in at a glance.
const SEARCHED: usize = 8;

/// The button that opens the list, as long as there is anything to add; the list comes with the
/// first press.
pub fn add_setting(members: Members) -> Markup {
    let is_open = RwSignal::new(false);
    let left = Memo::new(move |_| members.left().len());
    let console = members.form.console;
    when(
        move || left.get() > 0,
        move || {
            let press = move |_: MouseEvent| is_open.update(|is_open| *is_open = !*is_open);
            let label = live(move || words::add_setting(left.get()));
            let list = when(
                move || is_open.get(),
                move || lazy_view(console, move || list(members, is_open)),
            );
            let button = el("button")
                .attr("type", "button")
                .class("button button-normal")
                .attr("id", &members.way())
                .attr_live("aria-expanded", move || Some(is_open.get().to_string()))
                .on("click", press)
                .child(el("span").class("button-text").child(label));
            el("div").class("settings").child(button).child(list)
        },
    )
}

lazy! {
    in all_services: fn list(members: Members, is_open: RwSignal<bool>) -> Markup =
        view(members, is_open);
}

fn view(members: Members, is_open: RwSignal<bool>) -> Markup {
    let query = RwSignal::new(String::new());
    let id = format!("{}-find", members.way());
    let is_long = members.left().len() > SEARCHED;
    let close = move || {
        is_open.set(false);
        focus::soon(members.way());
    };
    let search = is_long.then(|| {
        let write = Callback::new(move |text| query.set(text));
        search_field(&id, words::find_setting(), query.into(), write)
    });
    let found = move || {
        let query = small(&query.get());
        let mut left = members.left();
        left.retain(|&node| {
            let (title, name) = names(members, node);
            has_words(&small(&[title, name].join("\n")), &query)
        });
        left
    };
    let choices = live(move || {
        let found = found();
        if found.is_empty() {
            return el("p").child(words::no_setting());
        }
        let choice = move |node| {
            let (title, name) = names(members, node);
            let press = move |_: MouseEvent| {
                is_open.set(false);
                members.add(node);
            };
            let button = el("button")
                .attr("type", "button")
                .class("setting-choice")
                .on("click", press)
                .child(el("span").child(title))
                .child(el("code").class("api-name").child(name));
            el("li").child(button)
        };
        let choices: Vec<Markup> = found.into_iter().map(choice).map(Into::into).collect();
        el("ul").class("setting-choices").child(choices)
    });
    // Enter takes the first that is found, and sends no form.
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => close(),
        "Enter" if is_within_search(&event) => {
            event.prevent_default();
            // In a row it would go to the next.
            event.stop_propagation();
            if let Some(&node) = untrack(found).first() {
                is_open.set(false);
                members.add(node);
            }
        }
        _ => {}
    };
    focus::soon_selected(format!("#{id}"), members.way());
    el("div")
        .class("setting-list")
        .attr("role", "group")
        .attr("aria-label", words::settings_to_add())
        .on("keydown", key)
        .child(search)
        .child(choices)
        .into()
}

fn is_within_search(event: &KeyboardEvent) -> bool {
    !event.is_composing() && focus::is_within("input[type=search]")
}

/// What a member is called, and its name in the API.
fn names(members: Members, node: NodeId) -> (String, String) {
    let form = members.form;
    (
        field_labels::title(form, node),
        field_labels::api_name(form, node),
    )
}
