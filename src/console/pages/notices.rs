//! What the person should know of the proxy and of this page, wherever they are.

use super::run::time;
use super::switcher::close;
use crate::browser::focus;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Console, ProxyNotice, Toast, VERSION};
use crate::tone;
use crate::ui::{Button, El, Flash, Kind, Markup, StatusIndicator, description_of, el, live, when};
use crate::watch::watch;
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn ProxyNotices(console: Console) -> Markup {
    let is_any = move || !console.proxy_notices().is_empty() || console.has_update();
    when(is_any, move || lazy_view(console, move || notices(console)))
}

lazy! { fn notices(console: Console) -> Markup = content(console); }

fn content(console: Console) -> Markup {
    (newer_build(console), of_proxy(console)).into()
}

fn of_proxy(console: Console) -> Markup {
    let dismissed = RwSignal::new(Vec::new());
    let said = StoredValue::new(Vec::new());
    live(move || {
        let mut notices = console.proxy_notices();
        notices.retain(|notice| !dismissed.with(|them| them.contains(notice)));
        let flashes = notices.into_iter().map(|notice| {
            let (title, detail) = in_words(&notice);
            if !said.with_value(|said| said.contains(&notice)) {
                said.update_value(|said| said.push(notice.clone()));
                console.announce(words::spoken(&title, &detail));
            }
            let dismiss = move |()| dismissed.update(|them| them.push(notice.clone()));
            view! {
                <Flash
                    kind=Kind::Warning
                    title
                    on_dismiss=dismiss
                    dismiss_label=words::dismiss()
                >
                    {detail}
                </Flash>
            }
        });
        flashes.collect::<Vec<_>>()
    })
}

fn newer_build(console: Console) -> Markup {
    let is_dismissed = RwSignal::new(false);
    let is_shown = Memo::new(move |_| console.has_update() && !is_dismissed.get());
    watch(move || {
        if is_shown.get() {
            console.note_update();
        }
    });
    let dismiss = move |()| is_dismissed.set(true);
    when(
        move || is_shown.get(),
        move || -> Markup {
            view! {
                <Flash
                    kind=Kind::Info
                    title=words::update_ready()
                    action=take_update(console)
                    on_dismiss=dismiss
                    dismiss_label=words::dismiss()
                >
                    {words::update_ready_detail()}
                </Flash>
            }
            .into()
        },
    )
}

fn take_update(console: Console) -> Markup {
    let take = move |()| console.take_update();
    view! { <Button on_click=take>{words::update_take()}</Button> }.into()
}

lazy! { pub fn all_notices(console: Console) -> Markup = listed(console); }

/// What holds now, then what was told since the page was opened.
fn listed(console: Console) -> Markup {
    let list = live(move || -> Markup {
        console.read_notices();
        let (notices, told) = (console.proxy_notices(), console.told());
        let has_update = console.has_update();
        if notices.is_empty() && told.is_empty() && !has_update {
            return el("p").child(words::no_notices()).into();
        }
        let mut list = el("ul").class("notices").attr("role", "list");
        if has_update {
            let text = words::update_ready();
            let entry = el("li")
                .child(view! { <StatusIndicator kind=Kind::Info text /> })
                .child(description_of(words::update_ready_detail()))
                .child(take_update(console));
            list = list.child(entry);
        }
        for notice in &notices {
            let (text, detail) = in_words(notice);
            let entry = el("li")
                .child(view! { <StatusIndicator kind=Kind::Warning text /> })
                .child(description_of(&detail));
            list = list.child(entry);
        }
        for (ms, toast) in told {
            list = list.child(entry(ms, toast));
        }
        list.into()
    });
    focus::soon_selected("#notices h2".into(), String::new());
    let title = el("h2").attr("tabindex", "-1").child(words::notices());
    (title, list, close("notices")).into()
}

fn entry(ms: f64, toast: Toast) -> El {
    let (kind, text, href) = tone::of_toast(toast);
    let link = href.map(|href| el("a").attr("href", &href).child(words::show_run()));
    el("li")
        .child(view! { <StatusIndicator kind text /> })
        .child(description_of(&time(Some(ms))))
        .child(link)
}

/// What is so, and what to do.
fn in_words(notice: &ProxyNotice) -> (String, String) {
    match notice {
        ProxyNotice::Version { proxy } => words::other_version(VERSION, proxy),
        ProxyNotice::Origin { here, own, why } => words::shared_origin(here, own, why.as_deref()),
        ProxyNotice::Warning(warning) => (
            words::proxy_title(warning).into(),
            words::proxy_words(warning),
        ),
    }
}
