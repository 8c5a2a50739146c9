//! The part of the settings that lets a page from elsewhere use a proxy on this computer. What the
//! browser is about to ask is said before it does.

use crate::browser::{page, task};
use crate::state::{Console, NotUsed};
use crate::ui::{
    Button, Container, FieldAria, FieldControl, FieldShell, Markup, TextInput, description_of, el,
    live,
};
use formsmith_words as words;
use leptos::prelude::*;

/// Nothing where this page has no use for one.
pub fn local_proxy(console: Console) -> Option<Markup> {
    if !untrack(move || console.may_use_local_proxy()) {
        return None;
    }
    let used = RwSignal::new(console.local_proxy());
    let content = live(move || match used.get() {
        Some(address) => in_use(console, &address),
        None => form(console, used),
    });
    let container = view! {
        <Container
            title=words::local_proxy()
            description=words::local_proxy_description(&page::origin())
        >
            {content}
        </Container>
    };
    Some(container.into())
}

fn in_use(console: Console, address: &str) -> Markup {
    let leave = move |()| console.leave_local_proxy();
    (
        el("p").child(words::local_proxy_used(address)),
        actions(view! { <Button on_click=leave>{words::local_proxy_stop()}</Button> }.into()),
    )
        .into()
}

fn form(console: Console, used: RwSignal<Option<String>>) -> Markup {
    let address = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let is_asked = RwSignal::new(false);
    let use_it = move |()| {
        if is_asked.get_untracked() {
            return;
        }
        is_asked.set(true);
        error.set(None);
        let typed = address.get_untracked();
        task::spawn(async move {
            let done = console.use_local_proxy(typed).await;
            // The page may be gone by now: the browser's question waits as long as the person does.
            is_asked.try_set(false);
            match done {
                Ok(()) => drop(used.try_set(console.local_proxy())),
                Err(why) => drop(error.try_set(Some(in_words(why)))),
            }
        });
    };
    let on_input = Callback::new(move |text| {
        address.set(text);
        error.set(None);
    });
    let value = address.into();
    let control = FieldControl::new(move |aria: FieldAria| {
        view! { <TextInput aria value on_input mono=true /> }
    });
    let button = view! {
        <Button on_click=use_it loading=Signal::derive(move || is_asked.get())>
            {words::local_proxy_use()}
        </Button>
    };
    (
        description_of(words::local_proxy_question()),
        view! {
            <FieldShell
                id="local-proxy"
                label=words::local_proxy_address()
                hint=words::local_proxy_hint()
                error=Signal::derive(move || error.get())
                control
            />
        },
        actions(button.into()),
    )
        .into()
}

fn actions(button: Markup) -> Markup {
    el("div").class("actions").child(button).into()
}

fn in_words(why: NotUsed) -> String {
    match why {
        NotUsed::Malformed => words::local_proxy_malformed().into(),
        NotUsed::Unreachable => words::local_proxy_unreachable(&page::origin()),
    }
}
