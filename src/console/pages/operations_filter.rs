//! What is asked of the operations of a service: a text and a class, which stand in the address.

use super::service::Operations;
use crate::browser::page;
use crate::state::{Route, take};
use crate::ui::{El, Markup, el, search_field};
use crate::watch::listen;
use formsmith_api::class::Class;
use formsmith_words as words;
use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;
use std::sync::Arc;

const FILTER_ID: &str = "operations-filter";

/// What is asked for; an empty text asks for nothing.
#[derive(Clone, Copy)]
pub struct Asked {
    pub filter: RwSignal<String>,
    /// The word of a class.
    pub class: RwSignal<String>,
}

impl Asked {
    pub fn of_address() -> Self {
        let asked = Self {
            filter: RwSignal::new(String::new()),
            class: RwSignal::new(String::new()),
        };
        asked.read();
        asked
    }

    fn read(self) {
        let address = page::fragment();
        let value = |name: &str| {
            let value = take(&address, name).and_then(|(value, _)| page::decoded(&value));
            value.unwrap_or_default()
        };
        self.filter.set(value("filter="));
        let class = Class::from_word(&value("class="));
        self.class.set(class.map_or("", Class::word).to_owned());
    }

    /// Puts it into the address of a service's page.
    fn write(self, service: &str) {
        let address = Route::of_service(service);
        let mut fragment = address.trim_start_matches('#').to_owned();
        let parts = [("filter=", self.filter), ("class=", self.class)];
        let mut sign = "?";
        for (name, value) in parts {
            let value = value.get_untracked();
            if !value.is_empty() {
                fragment = [&fragment, sign, name, &page::encoded(&value)].concat();
                sign = "&";
            }
        }
        page::replace_fragment(&fragment);
    }
}

/// The line above the operations.
pub fn filter(operations: &Arc<Operations>, service: String) -> Markup {
    let asked = operations.asked;
    let service: Arc<str> = service.into();
    // A link may lead to this page as it is, and ask something else of it.
    listen(&window(), "hashchange", move |_: Event| asked.read());
    let of = Arc::clone(&service);
    let write = Callback::new(move |text| {
        asked.filter.set(text);
        asked.write(&of);
    });
    let label = words::operations_filter(operations.all.len());
    let search = search_field(FILTER_ID, &label, asked.filter.into(), write);
    let mut classes = el("div")
        .class("toggles")
        .attr("role", "group")
        .attr("aria-label", words::class_label());
    let choice = |word: &'static str, text: String| {
        let of = Arc::clone(&service);
        let press = move || {
            asked.class.set(word.to_owned());
            asked.write(&of);
        };
        toggle(
            &text,
            move || asked.class.with(|class| class == word),
            press,
        )
    };
    let count = operations.all.len();
    classes = classes.child(choice("", words::with_count(words::class_all(), count)));
    for class in Class::ALL {
        let count = operations.count_of(class);
        if count > 0 {
            let text = words::with_count(words::class_word(class), count);
            classes = classes.child(choice(class.word(), text));
        }
    }
    let first = operations.are_yours_first;
    let turn = move || first.update(|first| *first = !*first);
    let yours = operations.has_yours();
    let yours = yours.then(|| toggle(words::yours_first(), move || first.get(), turn));
    el("div")
        .class("table-tools")
        .child(search)
        .child(yours)
        .child(classes)
        .into()
}

/// A button that is pressed or not.
fn toggle(text: &str, is_pressed: impl Fn() -> bool + 'static, press: impl Fn() + 'static) -> El {
    el("button")
        .attr("type", "button")
        .class("toggle")
        .attr_live("aria-pressed", move || Some(is_pressed().to_string()))
        .on("click", move |_: MouseEvent| press())
        .child(text)
}
