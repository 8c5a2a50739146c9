use leptos::prelude::*;

use super::{Button, Markup, el, live};

/// What is drawn otherwise when the person asks for it, and as before when they ask again; with the
/// words for either on the button.
pub fn switched(
    (show, hide): (String, String),
    drawn: impl Fn(bool) -> Markup + 'static,
) -> Markup {
    let is_shown = RwSignal::new(false);
    let label = live(move || match is_shown.get() {
        true => hide.clone(),
        false => show.clone(),
    });
    let press = move |()| is_shown.update(|it| *it = !*it);
    let body = live(move || drawn(is_shown.get()));
    let button = view! { <Button on_click=press>{label}</Button> };
    el("div")
        .class("switched")
        .child(el("div").child(body))
        .child(button)
        .into()
}
