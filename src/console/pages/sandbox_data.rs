//! What becomes of the sandbox's state, and the faults that it can be asked for.

use crate::browser::file::Chosen;
use crate::browser::task;
use crate::lazy::lazy;
use crate::state::Console;
use crate::ui::{Button, Confirm, FileButton, Flash, Kind, Markup, description_of, el, live, once};
use crate::ui_words;
use formsmith_words as words;
use leptos::prelude::*;

lazy! { pub fn sandbox_data(console: Console) -> Markup = content(console); }

fn content(console: Console) -> Markup {
    let load = move |files: Vec<Chosen>| {
        files
            .into_iter()
            .for_each(|file| console.load_sandbox(file))
    };
    let is_asked = RwSignal::new(false);
    let question = once(move || is_asked.get(), move || question(console, is_asked));
    let reset = move |()| is_asked.set(true);
    let save = move |()| console.save_sandbox();
    let actions = el("div")
        .class("actions")
        .child(view! { <Button on_click=reset>{words::reset_sandbox()}</Button> })
        .child(view! { <Button on_click=save>{words::save_sandbox()}</Button> })
        .child(view! { <FileButton label=words::load_sandbox() on_choose=load /> });
    (actions, faults(console), question).into()
}

fn faults(console: Console) -> Markup {
    let told = RwSignal::new(None);
    task::spawn(async move {
        let offer = console.sandbox_offer().await;
        told.try_set(Some(offer.map(|offer| offer.faults)));
    });
    live(move || -> Option<Markup> {
        Some(match told.get()? {
            Err(failure) => {
                view! { <Flash kind=Kind::Error title=words::failure_title(&failure) /> }.into()
            }
            Ok(faults) => {
                let faults = faults.iter();
                let faults =
                    faults.map(|(name, what)| words::fault(&format!("fault-{name}"), what));
                let faults: Vec<_> = faults.collect();
                description_of(&words::faults(&words::paragraph(&faults))).into()
            }
        })
    })
}

/// What was done in the sandbox can't be brought back, unless its state was saved.
fn question(console: Console, is_asked: RwSignal<bool>) -> Markup {
    view! {
        <Confirm
            is_asked
            on_yes=move |()| console.reset_sandbox()
            title=words::reset_sandbox()
            yes=words::reset()
            words=ui_words::confirm()
            question=words::reset_question()
        />
    }
    .into()
}
