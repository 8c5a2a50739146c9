//! Inputs worth trying, offered where nothing that is sent lasts.

use crate::state::Form;
use crate::ui::{ExpandableSection, Markup, description_of, el, text_link, when};
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn Examples(form: Form) -> Markup {
    let examples = &form.operation.traits.examples;
    let entries = move || {
        let mut entries = el("ul").class("examples").attr("role", "list");
        for example in examples {
            let press = Callback::new(move |()| form.load_example(example));
            let explained = example.documentation.as_deref().map(description_of);
            let entry = el("li")
                .child(text_link(&example.title, press))
                .child(explained);
            entries = entries.child(entry);
        }
        view! {
            <ExpandableSection summary=words::examples() caption=words::examples_hint()>
                {Markup::from(entries)}
            </ExpandableSection>
        }
    };
    when(
        move || form.console.target().is_sandbox() && !examples.is_empty(),
        entries,
    )
}
