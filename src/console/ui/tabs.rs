use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use super::{Markup, MarkupFn, el, when};
use crate::browser::{focus, page};

/// One view of the same thing, such as the form or its JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TabItem {
    pub key: &'static str,
    pub title: &'static str,
}

fn tab_id(key: &str) -> String {
    format!("tab-{key}")
}

fn panel_id(key: &str) -> String {
    format!("panel-{key}")
}

/// A segmented control. Keys are page-wide unique. Arrow keys, Home and End
/// move the selection and the focus together.
#[component]
pub fn Tabs(
    label: &'static str,
    items: Vec<TabItem>,
    selected: Signal<String>,
    #[prop(into)] on_select: Callback<String>,
) -> Markup {
    let keys: Vec<&'static str> = items.iter().map(|item| item.key).collect();
    let press = move |event: KeyboardEvent| {
        let count = keys.len();
        let here = selected.with_untracked(|now| keys.iter().position(|key| key == now));
        let at = here.unwrap_or(0);
        let to = match page::key_from_left(event.key()).as_str() {
            "ArrowRight" | "ArrowDown" => (at + 1) % count,
            "ArrowLeft" | "ArrowUp" => (at + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        on_select.run(keys[to].to_owned());
        focus::soon(tab_id(keys[to]));
    };
    let mut tabs = el("div")
        .class("tabs")
        .attr("role", "tablist")
        .attr("aria-label", label)
        .on("keydown", press);
    for TabItem { key, title } in items {
        let chosen = move || selected.with(|now| now == key);
        let tab = el("button")
            .attr("type", "button")
            .attr("role", "tab")
            .class("tab")
            .attr("id", &tab_id(key))
            .attr("aria-controls", &panel_id(key))
            .attr_live("aria-selected", move || Some(chosen().to_string()))
            .attr_live("tabindex", move || {
                Some(if chosen() { "0" } else { "-1" }.into())
            })
            .on("click", move |_: MouseEvent| on_select.run(key.to_owned()))
            .child(title);
        tabs = tabs.child(tab);
    }
    tabs.into()
}

/// What stands under one tab; its content exists only while the tab is selected.
#[component]
pub fn TabPanel(key: &'static str, selected: Signal<String>, children: MarkupFn) -> Markup {
    let is_shown = move || selected.with(|now| now == key);
    el("div")
        .class("tab-panel")
        .attr("role", "tabpanel")
        .attr("id", &panel_id(key))
        .attr("aria-labelledby", &tab_id(key))
        .attr_while("hidden", "", move || !is_shown())
        .child(when(is_shown, move || children.run()))
        .into()
}
