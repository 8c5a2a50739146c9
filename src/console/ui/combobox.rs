use leptos::ev::ClipboardEvent;
use leptos::{html, prelude::*};

use super::{Choice, FieldAria, TextInput};

/// A text field that offers known values and takes any other as well.
#[component]
pub fn Combobox(
    aria: FieldAria,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
    #[prop(optional, into)] on_paste: Option<Callback<ClipboardEvent>>,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional)] required: bool,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let list = format!("{}-list", aria.id);
    let blurred = move |()| {
        if let Some(on_blur) = on_blur {
            on_blur.run(());
        }
    };
    let pasted = move |event: ClipboardEvent| {
        if let Some(on_paste) = on_paste {
            on_paste.run(event);
        }
    };
    view! {
        <TextInput
            aria=aria
            value=value
            on_input=on_input
            on_blur=blurred
            on_paste=pasted
            placeholder=placeholder
            required=required
            list=list.clone()
            node_ref=node_ref
        />
        <datalist id=list>
            {move || {
                choices
                    .get()
                    .into_iter()
                    .map(|choice| view! { <option value=choice.value>{choice.text}</option> })
                    .collect_view()
            }}
        </datalist>
    }
}
