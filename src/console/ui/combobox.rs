use leptos::ev::ClipboardEvent;
use leptos::prelude::*;

use super::{Choice, FieldAria, Markup, TextInput, el};

/// A text field that offers known values and takes any other as well.
#[component]
pub fn Combobox(
    aria: FieldAria,
    choices: Vec<Choice>,
    value: Signal<String>,
    on_input: Callback<String>,
    on_blur: Callback<()>,
    on_paste: Callback<ClipboardEvent>,
    required: bool,
) -> Markup {
    let list = format!("{}-list", aria.id);
    let mut known = el("datalist").attr("id", &list);
    for choice in choices {
        known = known.child(el("option").attr("value", &choice.value).child(choice.text));
    }
    view! {
        <TextInput aria value on_input on_blur on_paste required list />
        {Markup::from(known)}
    }
    .into()
}
