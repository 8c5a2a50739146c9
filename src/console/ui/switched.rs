use leptos::prelude::*;

use super::{Button, Markup, el, live};

/// What is drawn otherwise when the person asks for it, and as before when they ask again; with the
/// words for either on the button.
pub fn switched(words: (String, String), drawn: impl Fn(bool) -> Markup + 'static) -> Markup {
    let is_shown = RwSignal::new(false);
    let body = live(move || drawn(is_shown.get()));
    el("div")
        .class("switched")
        .child(el("div").child(body))
        .child(switch(is_shown, words))
        .into()
}

/// A button that shows something and hides it again, with the words for either.
pub fn switch(is_shown: RwSignal<bool>, (show, hide): (String, String)) -> Markup {
    let label = live(move || match is_shown.get() {
        true => hide.clone(),
        false => show.clone(),
    });
    let press = move |()| is_shown.update(|it| *it = !*it);
    view! { <Button on_click=press>{label}</Button> }.into()
}
