use leptos::ev::ClipboardEvent;
use leptos::{html, prelude::*};

use super::FieldAria;

/// One line of text, exactly as typed.
#[component]
pub fn TextInput(
    aria: FieldAria,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
    #[prop(optional, into)] on_paste: Option<Callback<ClipboardEvent>>,
    #[prop(optional, into)] placeholder: String,
    /// The native type; "text" when empty.
    #[prop(optional, into)]
    kind: String,
    /// The on-screen keyboard: "numeric", "decimal", "url".
    #[prop(optional_no_strip)]
    mode: Option<String>,
    /// The id of a datalist.
    #[prop(optional, into)]
    list: Option<String>,
    #[prop(optional)] mono: bool,
    #[prop(optional)] required: bool,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    view! {
        <input
            class="input"
            class:mono=mono
            id=aria.id
            type=if kind.is_empty() { "text".to_owned() } else { kind }
            inputmode=mode
            list=list
            placeholder=(!placeholder.is_empty()).then_some(placeholder)
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            node_ref=node_ref
            aria-required=required.then_some("true")
            aria-invalid=move || aria.invalid.get().then_some("true")
            aria-describedby=move || aria.described_by.get()
            prop:value=value
            on:input=move |event| on_input.run(event_target_value(&event))
            on:blur=move |_| {
                if let Some(on_blur) = on_blur {
                    on_blur.run(());
                }
            }
            on:paste=move |event| {
                if let Some(on_paste) = on_paste {
                    on_paste.run(event);
                }
            }
        />
    }
}
