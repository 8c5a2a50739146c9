//! The list of the members that can be added to a structure.

use super::control::documentation;
use super::field_labels;
use super::members::Members;
use crate::browser::{clock, focus, scroll, task};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Documentation, Form};
use crate::ui::{self, El, Markup, el, has_words, in_order, live, search_field, small, when};
use crate::watch::{listen, watch};
use formsmith_api::draft::NodeId;
use formsmith_api::picks;
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::{FocusEvent, KeyboardEvent, MouseEvent};

/// Fewer are taken in at a glance.
const SEARCHED: usize = 8;

/// So many milliseconds after the form a list beside it is drawn: by then it can be written in.
const REST_MS: f64 = 150.0;

/// The button that opens the list, as long as there is anything to add; the list comes with the
/// first press. With a place for it beside the form, it is there by itself.
pub fn add_setting(members: Members, beside: Option<RwSignal<bool>>) -> Markup {
    let left = Memo::new(move |_| members.left().len());
    let is_beside = move || beside.is_some_and(|it| it.get());
    when(
        move || left.get() > 0,
        move || {
            let content = live(move || match is_beside() {
                true => column(members),
                false => folded(members, left),
            });
            el("div").class("settings").child(content)
        },
    )
}

fn folded(members: Members, left: Memo<usize>) -> Markup {
    let is_open = RwSignal::new(false);
    let press = move |_: MouseEvent| is_open.update(|is_open| *is_open = !*is_open);
    let label = live(move || words::add_setting(left.get()));
    let console = members.form.console;
    let list = when(
        move || is_open.get(),
        move || lazy_view(console, move || list(members, Some(is_open))),
    );
    let button = el("button")
        .attr("type", "button")
        .class("button button-normal")
        .attr("id", &members.way())
        .attr_live("aria-expanded", move || Some(is_open.get().to_string()))
        .on("click", press)
        .child(el("span").class("button-text").child(label));
    (button, list).into()
}

/// The list beside the form: drawn after it, when the browser has nothing else to do.
fn column(members: Members) -> Markup {
    let is_time = RwSignal::new(false);
    task::spawn(async move {
        clock::pause(REST_MS).await;
        is_time.try_set(true);
    });
    let console = members.form.console;
    when(
        move || is_time.get(),
        move || lazy_view(console, move || list(members, None)),
    )
}

lazy! {
    in help: fn list(members: Members, is_open: Option<RwSignal<bool>>) -> Markup =
        view(members, is_open);
}

/// A member that can be added, as it was when the list was opened or its documentation came.
#[derive(Clone, PartialEq)]
struct Setting {
    node: NodeId,
    title: String,
    /// Its name in the API.
    name: String,
    about: String,
    /// What it is found by: names first, and with what is said of it.
    names: String,
    words: String,
    is_used: bool,
}

/// `is_open` is there where the list opens under its button, and not where it stands beside the form.
fn view(members: Members, is_open: Option<RwSignal<bool>>) -> Markup {
    let form = members.form;
    let query = RwSignal::new(String::new());
    let is_long = untrack(|| members.left().len() > SEARCHED);
    let id = match is_open {
        Some(_) => format!("{}-find", members.way()),
        // Who has removed a setting can go on here.
        None => members.way(),
    };
    let said = RwSignal::new_local(None::<Documentation>);
    // Whoever only looks at a form is spared what AWS says of all its members, half a megabyte of some.
    let is_wanted = RwSignal::new(is_open.is_some());
    if is_open.is_none() {
        listen(&document(), "focusin", move |_: FocusEvent| {
            if focus::is_within("form *") && !is_wanted.get_untracked() {
                is_wanted.set(true);
            }
        });
    }
    watch(move || {
        if !is_wanted.get() {
            return;
        }
        task::spawn(async move {
            // Without AWS's words the names are all there is.
            let documentation = form.load_documentation().await;
            said.try_set(documentation);
        });
    });
    let used = form.used_settings();
    let all = Signal::derive_local(move || {
        said.with(|said| {
            let path = |node: &NodeId| form.peek(|draft| picks::path(draft, *node));
            let mut others = members.left();
            let mut settings = Vec::new();
            // What was sent last comes first.
            for path_used in &used {
                if let Some(at) = others
                    .iter()
                    .position(|it| path(it).as_ref() == Some(path_used))
                {
                    settings.push(setting(form, others.remove(at), said.as_ref(), true));
                }
            }
            let other = |node| setting(form, node, said.as_ref(), false);
            let others: Vec<Setting> = others.into_iter().map(other).collect();
            let order = in_order(others.iter().map(|it| it.title.as_str()));
            settings.extend(order.into_iter().map(|at| others[at].clone()));
            settings
        })
    });
    let close = move || {
        query.set(String::new());
        if let Some(is_open) = is_open {
            is_open.set(false);
            focus::soon(members.way());
        }
    };
    let add = move |node| {
        query.set(String::new());
        if let Some(is_open) = is_open {
            is_open.set(false);
        }
        members.add(node);
    };
    let search = is_long.then(|| {
        let write = Callback::new(move |text| query.set(text));
        search_field(&id, words::find_setting(), query.into(), write)
    });
    // What has the name that is looked for comes before what only tells of it.
    let found = move || {
        let query = small(&query.get());
        let mut named = all.get();
        let mut told = named.clone();
        named.retain(|it| has_words(&it.names, &query));
        told.retain(|it| !has_words(&it.names, &query) && has_words(&it.words, &query));
        named.append(&mut told);
        named
    };
    let choices = live(move || {
        let found = found();
        let is_sought = query.with(|query| !query.is_empty());
        let used = found.iter().take_while(|it| it.is_used && !is_sought);
        let count = used.count();
        let (used, others) = found.split_at(count);
        match (used, others) {
            ([], []) => el("p").child(words::no_setting()).into(),
            ([], others) => choices(others, add).into(),
            (used, others) => {
                let head = |text| el("h3").child(text);
                let others = (!others.is_empty())
                    .then(|| (head(words::settings_others()), choices(others, add)));
                let used = (head(words::settings_used()), choices(used, add));
                Markup::from((Markup::from(used), others.map(Markup::from)))
            }
        }
    });
    // Enter takes the first that is found, and sends no form.
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => close(),
        "Enter" if is_within_search(&event) => {
            event.prevent_default();
            // In a row it would go to the next.
            event.stop_propagation();
            if let Some(first) = untrack(found).first() {
                add(first.node);
            }
        }
        _ => {}
    };
    let choices = el("div").class("setting-choices").child(choices);
    let list = el("div").class("setting-list");
    let head = match is_open {
        Some(_) => {
            focus::soon_selected(format!("#{id}"), members.way());
            let whole = list.element().clone();
            watch(move || {
                // What AWS says makes it higher.
                all.track();
                // Else it could lie behind the bar that ends the form.
                scroll::soon_into_view(&whole);
            });
            None
        }
        None => {
            let count = Memo::new(move |_| members.left().len());
            let counter = live(move || words::counter(0, count.get()));
            let title = el("h2")
                .child(words::add_a_setting())
                .child(ui::counter(counter));
            Some(match is_long {
                true => title,
                false => title.attr("id", &id).attr("tabindex", "-1"),
            })
        }
    };
    list.attr("role", "group")
        .attr("aria-label", words::settings_to_add())
        .on("keydown", key)
        .child(head)
        .child(search)
        .child(choices)
        .into()
}

fn setting(form: Form, node: NodeId, said: Option<&Documentation>, is_used: bool) -> Setting {
    let title = field_labels::title(form, node);
    let name = field_labels::api_name(form, node);
    let about = documentation(form, node);
    let about = about.or_else(|| said.and_then(|said| said.sentence(form, node)));
    let about = about.unwrap_or_default();
    Setting {
        node,
        names: small(&[&*title, &name].join("\n")),
        words: small(&[&*title, &name, &about].join("\n")),
        title,
        name,
        about,
        is_used,
    }
}

fn choices(settings: &[Setting], add: impl Fn(NodeId) + Copy + 'static) -> El {
    let mut list = el("ul").attr("role", "list");
    for setting in settings {
        let node = setting.node;
        let id = format!("{}-about", field_labels::control_id(node));
        let about = (!setting.about.is_empty()).then(|| {
            el("span")
                .class("description")
                .attr("id", &id)
                .child(setting.about.as_str())
        });
        let button = el("button")
            .attr("type", "button")
            .class("setting-choice")
            .attr_if("aria-describedby", about.is_some().then_some(id.as_str()))
            .child(el("span").child(setting.title.as_str()))
            .child(el("code").class("api-name").child(setting.name.as_str()));
        // What is said of it is no part of its name, and can be pressed too.
        let choice = el("li")
            .on("click", move |_: MouseEvent| add(node))
            .child(button)
            .child(about);
        list = list.child(choice);
    }
    list
}

fn is_within_search(event: &KeyboardEvent) -> bool {
    !event.is_composing() && focus::is_within("input[type=search]")
}
