use leptos::ev::ClipboardEvent;
use leptos::{html, prelude::*};

use super::FieldAria;

/// Several lines of text, exactly as typed.
#[component]
pub fn TextArea(
    aria: FieldAria,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
    #[prop(optional, into)] on_paste: Option<Callback<ClipboardEvent>>,
    #[prop(optional, into)] placeholder: String,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] mono: bool,
    #[prop(optional)] required: bool,
    #[prop(optional)] node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    view! {
        <textarea
            class="input textarea"
            class:mono=mono
            id=aria.id
            rows=rows.to_string()
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
        ></textarea>
    }
}
