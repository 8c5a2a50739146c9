//! The search over services, operations, what was used, the history and the pages.

use super::nearest::link;
use super::run::{place_text, time};
use super::search_groups::{self, Group, Used, UsedRun};
use crate::browser::pointer::opens_elsewhere;
use crate::browser::{database, page, task};
use crate::lazy::lazy;
use crate::lazy_view::lazy_dialog;
use crate::state::{
    Console, CopyStatus, EARLIER, Listing, NameScope, Route, all_own_models, all_presets,
    known_name, latest_runs,
};
use crate::tone;
use crate::ui::{
    CopyButton, Dialog, Glyph, Icon, Markup, MarkupFn, el, live, reveal, small, turned,
};
use crate::watch::watch;
use formsmith_run::Head;
use formsmith_words as words;
use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use std::pin::Pin;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

const INPUT_ID: &str = "search";
const LIST_ID: &str = "search-results";

#[component]
pub fn SearchDialog(console: Console) -> Markup {
    lazy_dialog(
        console,
        move || console.is_searching(),
        move || async move {
            // Also for who tries again, once it has not come.
            console.open_search();
            console.note_search(false);
            let made = dialog(console).await;
            console.note_search(made.is_err());
            made
        },
    )
}

type Reading = Pin<Box<dyn Future<Output = Vec<UsedRun>>>>;

lazy! { in search: fn dialog(console: Console) -> Markup = search(console); }
// The history is in a part that is here already where anything is stored.
lazy! { fn read_used() -> Reading = Box::pin(async { latest_runs(EARLIER).await.iter().map(used_run).collect() }); }

fn used_run(head: &Head) -> UsedRun {
    let verdict = words::verdict(None, &head.verdict);
    let scope = NameScope::of(&head.place, &head.service);
    let identifiers = &head.subject.first;
    let names = identifiers.iter().filter_map(|it| known_name(&scope, it));
    let about = identifiers.iter().cloned().chain(names);
    let sent = words::list_comma(&time(Some(head.started_ms)), &place_text(&head.place));
    UsedRun {
        id: head.id.clone(),
        service: head.service.clone(),
        operation: head.operation.clone(),
        about: about.map(|it| small(&it)).collect(),
        detail: match head.subject.count {
            0 => sent,
            _ => words::list_comma(&words::subject(&head.subject), &sent),
        },
        kind: tone::kind(verdict.tone),
        verdict: verdict.title,
    }
}

#[derive(Clone, Copy)]
struct Search {
    console: Console,
    text: Signal<String>,
    found: Memo<(Vec<Group>, usize)>,
    /// The choice that Enter opens, by its place among all.
    active: RwSignal<usize>,
    /// What was sought when search was closed last.
    before: StoredValue<String>,
}

fn search(console: Console) -> Markup {
    let (runs, presets) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
    let own = RwSignal::new(Vec::new());
    let active = RwSignal::new(0);
    watch(move || {
        if console.is_searching() {
            active.set(0);
            // It may be had by now.
            if untrack(|| console.all_services()) == Listing::Missing {
                console.load_index();
            }
            task::spawn(async move {
                if !database::exists().await {
                    return;
                }
                presets.set(all_presets().await);
                own.set(all_own_models().await.unwrap_or_default());
                if let Ok(reading) = read_used().await {
                    runs.set(reading.await);
                }
            });
        }
    });
    let text = console.sought();
    let used = Memo::new(move |_| {
        // There may be drafts by now that there were not.
        console.is_searching();
        Used::of(console.searchable(), runs.get(), presets.get(), own.get())
    });
    let found = Memo::new(move |_| {
        used.with(|used| text.with(|text| search_groups::groups(console, text, used)))
    });
    watch(move || {
        found.track();
        active.set(0);
        if let Some(list) = document().get_element_by_id(LIST_ID) {
            list.set_scroll_top(0);
        }
    });
    let before = StoredValue::new(String::new());
    watch(move || {
        if !console.is_searching() {
            before.set_value(text.get_untracked());
        }
    });
    let search = Search {
        console,
        text,
        found,
        active,
        before,
    };
    let footer = MarkupFn::new(move || search.footer());
    view! {
        <Dialog
            open=Signal::derive(move || console.is_searching())
            on_close=move |()| console.close_search()
            title=words::search()
            close_label=words::close()
            focus=INPUT_ID
            footer
        >
            {search.field()}
            {search.list()}
        </Dialog>
    }
    .into()
}

fn option_id(at: usize) -> String {
    format!("{LIST_ID}-{at}")
}

impl Search {
    fn count(self) -> usize {
        self.found
            .with(|(groups, _)| groups.iter().map(|group| group.choices.len()).sum())
    }

    fn field(self) -> Markup {
        let Self {
            console,
            text,
            active,
            ..
        } = self;
        // What was sought before gives way to what is typed; what was typed to open this goes on.
        let select = move |event: Event| {
            let input = event
                .target()
                .and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
            let is_old = self
                .before
                .with_value(|before| text.with_untracked(|text| text == before));
            if let Some(input) = input.filter(|_| is_old) {
                input.select();
            }
        };
        let active_id = move || (self.count() > 0).then(|| option_id(active.get()));
        let input = el("input")
            .class("input")
            .attr("type", "text")
            .attr("id", INPUT_ID)
            .attr("role", "combobox")
            .attr("aria-label", words::search_all())
            .attr("placeholder", words::search_all())
            .attr("aria-autocomplete", "list")
            .attr_live("aria-expanded", move || {
                Some((self.count() > 0).to_string())
            })
            .attr("aria-controls", LIST_ID)
            .attr("autocomplete", "off")
            .attr("autocapitalize", "none")
            .attr("spellcheck", "false")
            .attr_live("aria-activedescendant", active_id)
            .value(text)
            .on("input", move |event: Event| {
                console.seek(event_target_value(&event))
            })
            .on("focus", select)
            .on("keydown", move |event: KeyboardEvent| self.press(&event));
        el("div")
            .class("search")
            .child(view! { <Icon glyph=Glyph::Search /> })
            .child(input)
            .into()
    }

    fn press(self, event: &KeyboardEvent) {
        let count = untrack(|| self.count());
        let at = self.active.get_untracked();
        if count == 0 || event.is_composing() {
            return;
        }
        let next = match &*event.key() {
            key @ ("ArrowDown" | "ArrowUp") => turned(key == "ArrowDown", Some(at), count),
            "Enter" => {
                event.prevent_default();
                if let Some(choice) = element(at) {
                    choice.click();
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.active.set(next);
        show(next);
    }

    fn list(self) -> Markup {
        let groups = live(move || {
            let mut at = 0;
            self.found.with(|(groups, _)| {
                let query = self.text.get_untracked();
                let groups = groups.iter().enumerate().map(|(number, group)| {
                    let first = at;
                    at += group.choices.len();
                    self.group(&format!("{LIST_ID}-group-{number}"), group, first, &query)
                });
                groups.collect::<Vec<_>>()
            })
        });
        // A link of the page that one is on already leads nowhere, and nothing would close it.
        let close = move |event: MouseEvent| {
            let pressed = event.target().and_then(|it| it.dyn_into::<Element>().ok());
            let is_link = pressed.is_some_and(|it| matches!(it.closest("a"), Ok(Some(_))));
            // With one of these it opens beside this page.
            let is_beside = opens_elsewhere(&event);
            if is_link && !is_beside {
                request_animation_frame(move || {
                    self.console.close_search();
                    self.console.open_sent_form();
                });
            }
        };
        el("div")
            .class("search-list")
            .attr("id", LIST_ID)
            .attr("role", "listbox")
            .attr("aria-label", words::search_results())
            .on("click", close)
            .child(groups)
            .into()
    }

    fn group(self, id: &str, group: &Group, first: usize, query: &str) -> Markup {
        let title = el("div")
            .class("search-group")
            .attr("role", "presentation")
            .attr("id", id)
            .child(group.title);
        let mut choices = el("div")
            .attr("role", "group")
            .attr("aria-labelledby", id)
            .child(title);
        for (at, choice) in group.choices.iter().enumerate() {
            let at = first + at;
            let is_active = move || self.active.get() == at;
            let point = move |_: MouseEvent| {
                if self.active.get_untracked() != at {
                    self.active.set(at);
                }
            };
            let option = link(choice, query)
                .class("search-choice")
                .attr("id", &option_id(at))
                .attr("role", "option")
                .attr("tabindex", "-1")
                .on("mousemove", point)
                .attr_live("aria-selected", move || Some(is_active().to_string()));
            choices = choices.child(option);
        }
        choices.into()
    }

    fn footer(self) -> Markup {
        let Self { console, text, .. } = self;
        let status = CopyStatus::new();
        let copy = move |()| {
            let address = Route::of_search(&page::encoded(&text.get_untracked()));
            console.copy(words::search_link().into(), page::address(&address), status);
        };
        let is_listing = move || console.all_services() == Listing::Underway;
        let said = Signal::derive(move || {
            let (is_empty, count) = self
                .found
                .with(|(groups, count)| (groups.is_empty(), *count));
            match is_empty {
                true if is_listing() => words::search_listing().to_owned(),
                true => words::search_nothing().to_owned(),
                false => words::search_count(count),
            }
        });
        let hint = el("span").class("description").child(words::search_hint());
        let link = view! { <CopyButton label=words::search_link_copy() on_copy=copy status /> };
        watch(move || console.announce(said.get()));
        (el("span").child(Markup::from(said)), hint, link).into()
    }
}

fn element(at: usize) -> Option<web_sys::HtmlElement> {
    let element = document().get_element_by_id(&option_id(at))?;
    element.dyn_into().ok()
}

/// Scrolls the list no further than it takes to see a choice.
fn show(at: usize) {
    match document().get_element_by_id(LIST_ID) {
        // With the title of its group.
        Some(list) if at == 0 => list.set_scroll_top(0),
        _ => reveal(LIST_ID, &option_id(at)),
    }
}
