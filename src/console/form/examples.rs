//! Inputs worth trying: the built-in ones, offered where nothing that is sent lasts, and AWS's own.

use crate::browser::task;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::Form;
use crate::ui::{
    ExpandableSection, Kind, Markup, StatusIndicator, description_of, el, live, text_link, when,
};
use formsmith_api::model::Example;
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn Examples(form: Form) -> Markup {
    let (console, operation) = (form.console, form.operation);
    if !console.is_built_in(&form.service.name, operation.name()) {
        return lazy_view(console, move || aws_examples(form));
    }
    let examples = &operation.traits.examples;
    let entries = move || {
        view! {
            <ExpandableSection summary=words::examples() caption=words::examples_hint()>
                {list(form, examples)}
            </ExpandableSection>
        }
    };
    when(
        move || console.target().is_sandbox() && !examples.is_empty(),
        entries,
    )
}

fn list(form: Form, examples: &'static [Example]) -> Markup {
    let mut entries = el("ul").class("examples").attr("role", "list");
    for example in examples {
        let press = Callback::new(move |()| form.load_example(example));
        let explained = example.documentation.as_deref().map(description_of);
        let entry = el("li")
            .child(text_link(&example.title, press))
            .child(explained);
        entries = entries.child(entry);
    }
    entries.into()
}

lazy! { in all_services: fn aws_examples(form: Form) -> Markup = of_aws(form); }

/// They are fetched when they are asked for: the file has those of the whole service.
fn of_aws(form: Form) -> Markup {
    let has_any = RwSignal::new(false);
    task::spawn(async move {
        let has = form.has_examples().await;
        has_any.try_set(has);
    });
    let found = RwSignal::new(None::<Option<&'static [Example]>>);
    let open = Callback::new(move |()| {
        task::spawn(async move {
            let examples = form.load_examples().await;
            found.try_set(Some(examples));
        });
    });
    let shown = move || -> Markup {
        match found.get() {
            None => view! { <StatusIndicator kind=Kind::Loading text=words::opening() /> }.into(),
            Some(None) => el("p").child(words::aws_examples_missing()).into(),
            Some(Some([])) => el("p").child(words::aws_examples_none()).into(),
            Some(Some(examples)) => list(form, examples),
        }
    };
    when(
        move || has_any.get(),
        move || {
            view! {
                <ExpandableSection
                    summary=words::examples()
                    caption=words::aws_examples_hint()
                    on_open=open
                >
                    {live(shown)}
                </ExpandableSection>
            }
        },
    )
}
