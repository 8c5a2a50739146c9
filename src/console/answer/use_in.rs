//! The operations that take what is selected, each with the way to its form.

use super::selected::{Known, Selected};
use crate::badges::class_badge;
use crate::browser::pointer::opens_elsewhere;
use crate::browser::task;
use crate::state::{ShownRun, Taker, trail};
use crate::ui::{
    ApiName, ExpandableSection, Markup, el, fresh_id, has_words, live, popup_panel, search_field,
    small, when,
};
use formsmith_words as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

/// Beyond so many they can be searched.
const MANY: usize = 8;

/// Beneath a title, which opens. Nothing as long as no operation is known that takes them.
pub fn use_in(selected: Selected) -> Markup {
    when_known(selected, |list| {
        view! { <ExpandableSection summary=words::use_in_title() caption="">{list}</ExpandableSection> }
            .into()
    })
}

/// Behind a button beside what they take.
pub fn use_it_in_button(selected: Selected) -> Markup {
    when_known(selected, move |list| popup_panel(words::use_it_in(), list))
}

/// Behind a button that says how many there are.
pub fn use_in_button(selected: Selected) -> Markup {
    let items = selected.items;
    let count = move || words::use_in(items.with(Vec::len));
    when_known(selected, move |list| popup_panel(live(count), list))
}

fn when_known(selected: Selected, drawn: impl Fn(Markup) -> Markup + 'static) -> Markup {
    let (console, op) = (selected.shown.console, selected.shown.op);
    let (list, identifier) = (selected.list, selected.identifier);
    let (shown, items) = (selected.shown, selected.items);
    let found = RwSignal::new(Vec::<Taker>::new());
    task::spawn(async move {
        let takers = console.takers(op, &list, &identifier).await;
        // The table may be gone by now.
        found.try_set(takers);
    });
    when(
        move || found.with(|found| !found.is_empty()),
        move || drawn(listed(shown, found, items)),
    )
}

fn listed(shown: ShownRun, all: RwSignal<Vec<Taker>>, items: Signal<Vec<Known>>) -> Markup {
    let sought = RwSignal::new(String::new());
    let write = Callback::new(move |text| sought.set(text));
    let is_long = all.with_untracked(Vec::len) > MANY;
    // The table has them, and the item beside it.
    let id = fresh_id("use-in");
    let search = is_long.then(|| search_field(&id, words::find_operation(), sought.into(), write));
    let place = el("div").class("takers-place");
    let found = place.element().clone();
    let search = search.map(|search| {
        search.on("keydown", move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                event.prevent_default();
                open_only(&found);
            }
        })
    });
    let list = live(move || {
        let (sought, items) = (small(&sought.get()), items.get());
        let values: Vec<_> = items.iter().map(|it| it.item.clone()).collect();
        let name = items.first().map_or("", |it| &it.name);
        let named = words::named(name, items.len());
        let mut list = el("ul").class("takers").attr("role", "list");
        let mut last = String::new();
        for taker in all.get() {
            let title = shown
                .console
                .operation_title(&taker.service, &taker.operation);
            let names = small(&[&*title, &taker.operation].join("\n"));
            let address = taker.address(&values).filter(|_| taker.operation != last);
            let Some(address) = address.filter(|_| has_words(&names, &sought)) else {
                continue;
            };
            last.clone_from(&taker.operation);
            let (goal, named) = (taker.clone(), named.clone());
            let go_on = move |event: MouseEvent| {
                if !opens_elsewhere(&event) {
                    trail::go_on(shown, &goal, &named);
                }
            };
            let link = el("a")
                .attr("href", &address)
                .on("click", go_on)
                .child(title);
            let line = el("li")
                .child(link)
                .child(view! { <ApiName name=taker.operation /> });
            list = list.child(line.child(class_badge(taker.class)));
        }
        list
    });
    (search, place.child(list)).into()
}

/// Opens the operation that is found, if it is the only one.
fn open_only(found: &Element) {
    let Ok(links) = found.query_selector_all("a") else {
        return;
    };
    let only = (links.length() == 1).then(|| links.get(0)).flatten();
    if let Some(link) = only.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        link.click();
    }
}
