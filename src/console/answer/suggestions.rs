//! The members that a query could go on with, in a list beneath its field.

use super::query::{QUERY_ID, Query};
use crate::browser::{focus, task};
use crate::ui::{FieldAria, Markup, el, live, reveal, turned};
use formsmith_query::Completion;
use formsmith_words as words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, MouseEvent};

const LIST_ID: &str = "answer-query-list";

/// More would not be looked through.
const MOST: usize = 50;

#[derive(Clone, Copy)]
pub struct Suggestions {
    query: Query,
    offered: RwSignal<Completion>,
    /// The one that Enter takes, if the arrow keys have gone to any.
    active: RwSignal<Option<usize>>,
}

fn option_id(at: usize) -> String {
    format!("{LIST_ID}-{at}")
}

fn field() -> Option<HtmlInputElement> {
    document().get_element_by_id(QUERY_ID)?.dyn_into().ok()
}

/// Where the cursor is in a text, in bytes: the browser counts in UTF-16.
fn cursor(field: &HtmlInputElement, text: &str) -> usize {
    let units = field.selection_start().ok().flatten();
    let Some(mut units) = units.map(|units| units as usize) else {
        return text.len();
    };
    for (at, c) in text.char_indices() {
        if units == 0 {
            return at;
        }
        units = units.saturating_sub(c.len_utf16());
    }
    text.len()
}

impl Suggestions {
    pub fn new(query: Query) -> Self {
        Self {
            query,
            offered: RwSignal::new(Completion::default()),
            active: RwSignal::new(None),
        }
    }

    fn count(self) -> usize {
        self.offered.with(|it| it.names.len())
    }

    fn close(self) {
        self.offered.set(Completion::default());
        self.active.set(None);
    }

    /// Asks what there is at the cursor.
    fn ask(self) {
        let Some(field) = field() else { return };
        let text = field.value();
        let cursor = cursor(&field, &text);
        task::spawn(async move {
            let found = self.query.complete(text.clone(), cursor).await;
            // The page may show something else by now, or the person have written on.
            let is_its = self.query.text().try_get_untracked().as_ref() == Some(&text);
            if let Some(mut found) = found.filter(|_| is_its) {
                found.names.truncate(MOST);
                self.active.try_set(None);
                self.offered.try_set(found);
            }
        });
    }

    pub fn input(self, aria: FieldAria) -> Markup {
        let is_open = move || self.count() > 0;
        let active = move || self.active.get().map(option_id);
        el("input")
            .class("input mono")
            .attr("type", "text")
            .attr("id", &aria.id)
            .attr("role", "combobox")
            .attr("aria-autocomplete", "list")
            .attr("aria-controls", LIST_ID)
            .attr("placeholder", words::query_hint())
            .attr("autocomplete", "off")
            .attr("autocapitalize", "none")
            .attr("spellcheck", "false")
            .attr_live("aria-expanded", move || Some(is_open().to_string()))
            .attr_live("aria-activedescendant", active)
            .attr_while("aria-invalid", "true", move || aria.invalid.get())
            .attr_live("aria-describedby", move || aria.described_by.get())
            .value(self.query.text().into())
            .on("input", move |event: Event| {
                self.query.text().set(event_target_value(&event));
                self.ask();
            })
            .on("blur", move |_: Event| self.close())
            .on("keydown", move |event: KeyboardEvent| self.press(&event))
            .into()
    }

    fn press(self, event: &KeyboardEvent) {
        let count = untrack(|| self.count());
        let active = self.active.get_untracked();
        match (&*event.key(), active) {
            ("ArrowDown", None) if count == 0 => self.ask(),
            (key @ ("ArrowDown" | "ArrowUp"), at) if count > 0 => {
                self.active.set(Some(turned(key == "ArrowDown", at, count)));
            }
            ("Enter" | "Tab", Some(at)) => self.take(at),
            ("Enter", None) => {
                self.close();
                self.query.apply(self.query.text().get_untracked());
            }
            ("Escape", _) if count > 0 => self.close(),
            _ => return,
        }
        event.prevent_default();
        if let Some(at) = self.active.get_untracked() {
            reveal(LIST_ID, &option_id(at));
        }
    }

    /// Writes a member in the place of the word at the cursor.
    fn take(self, at: usize) {
        let Completion { from, names } = self.offered.get_untracked();
        let (Some(field), Some(name)) = (field(), names.get(at)) else {
            return;
        };
        let text = field.value();
        let cursor = cursor(&field, &text);
        let (Some(before), Some(after)) = (text.get(..from), text.get(cursor..)) else {
            return;
        };
        let written = [before, name].concat();
        let end = written.encode_utf16().count() as u32;
        self.query.text().set([&written, after].concat());
        self.close();
        focus::soon(QUERY_ID);
        request_animation_frame(move || {
            let _ = field.set_selection_range(end, end);
        });
    }

    pub fn list(self) -> Markup {
        let options = live(move || {
            let names = self.offered.with(|it| it.names.clone());
            let options = names.into_iter().enumerate().map(|(at, name)| {
                let is_active = move || Some((self.active.get() == Some(at)).to_string());
                // A press must not take the focus from the field before it is heard.
                let hold = move |event: MouseEvent| event.prevent_default();
                el("li")
                    .attr("role", "option")
                    .attr("id", &option_id(at))
                    .attr_live("aria-selected", is_active)
                    .on("mousedown", hold)
                    .on("click", move |_: MouseEvent| self.take(at))
                    .child(name)
            });
            options.collect::<Vec<_>>()
        });
        el("ul")
            .class("query-list")
            .attr("id", LIST_ID)
            .attr("role", "listbox")
            .attr("aria-label", words::query_suggestions())
            .attr_while("hidden", "", move || self.count() == 0)
            .child(options)
            .into()
    }
}
