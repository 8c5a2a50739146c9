use leptos::{html, prelude::*};

use super::FieldAria;

/// A value to choose and the words it is shown as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub text: String,
}

impl Choice {
    /// A choice shown as `text`.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
        }
    }
}

/// A native list to choose one value from. An empty value is a choice as well.
#[component]
pub fn Select(
    aria: FieldAria,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
    #[prop(optional)] required: bool,
    #[prop(optional)] node_ref: NodeRef<html::Select>,
) -> impl IntoView {
    let entry = move |choice: Choice| {
        let own = choice.value.clone();
        view! {
            <option value=choice.value prop:selected=move || value.with(|value| *value == own)>
                {choice.text}
            </option>
        }
    };
    view! {
        <span class="select">
            <select
                class="input"
                id=aria.id
                node_ref=node_ref
                aria-required=required.then_some("true")
                aria-invalid=move || aria.invalid.get().then_some("true")
                aria-describedby=move || aria.described_by.get()
                on:change=move |event| on_change.run(event_target_value(&event))
                on:blur=move |_| {
                    if let Some(on_blur) = on_blur {
                        on_blur.run(());
                    }
                }
            >
                {move || choices.get().into_iter().map(entry).collect_view()}
            </select>
        </span>
    }
}
