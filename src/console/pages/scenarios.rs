//! Stories to play in the sandbox.

use super::sandbox_data::sandbox_data;
use crate::browser::focus;
use crate::lazy_view::lazy_view;
use crate::state::Console;
use crate::ui::{Button, Container, Markup, description_of, el, switch, text_link, when};
use formsmith_words as words;
use leptos::prelude::*;

/// So many are shown at first on a phone; the style sheet knows it, too.
const FEW: usize = 3;

#[component]
pub fn Scenarios(console: Console) -> Markup {
    let are_all_shown = RwSignal::new(false);
    let mut list =
        el("ul")
            .class("scenarios")
            .attr("role", "list")
            .attr_while("data-all", "", move || are_all_shown.get());
    for id in words::SCENARIOS {
        let (title, summary) = words::scenario_card(id).unwrap_or_default();
        let press = Callback::new(move |()| console.begin(id));
        let card = el("li")
            .child(text_link(title, press))
            .child(description_of(summary));
        list = list.child(card);
    }
    // A wide window shows all of them.
    let more = when(
        move || !are_all_shown.get(),
        move || {
            let press = move |()| {
                are_all_shown.set(true);
                // The button goes with its press.
                focus::soon_selected(".scenarios > :nth-child(4) button".into(), String::new());
            };
            let text = words::show_more_scenarios(words::SCENARIOS.len() - FEW);
            view! { <Button on_click=press>{text}</Button> }
        },
    );
    let is_shown = RwSignal::new(false);
    // What AWS has can't be reset.
    let is_sandbox = move || console.target().is_sandbox();
    let data = when(
        move || is_sandbox() && is_shown.get(),
        move || lazy_view(console, move || sandbox_data(console)),
    );
    let turn = when(is_sandbox, move || {
        let words = (
            words::sandbox_data().into(),
            words::hide_sandbox_data().into(),
        );
        switch(is_shown, words)
    });
    view! {
        <Container title=words::scenarios() description=words::scenarios_hint() actions=turn>
            {data}
            {Markup::from(list)}
            {more}
        </Container>
    }
    .into()
}
