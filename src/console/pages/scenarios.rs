//! Stories to play in the sandbox.

use super::sandbox_data::sandbox_data;
use crate::lazy_view::lazy_view;
use crate::state::Console;
use crate::ui::{Container, Markup, description_of, el, switch, text_link, when};
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn Scenarios(console: Console) -> Markup {
    let mut list = el("ul").class("scenarios").attr("role", "list");
    for id in words::SCENARIOS {
        let (title, summary) = words::scenario_card(id).unwrap_or_default();
        let press = Callback::new(move |()| console.begin(id));
        let card = el("li")
            .child(text_link(title, press))
            .child(description_of(summary));
        list = list.child(card);
    }
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
        </Container>
    }
    .into()
}
