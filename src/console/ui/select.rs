use leptos::prelude::*;
use wasm_bindgen::UnwrapThrowExt;
use web_sys::{Event, HtmlOptionElement};

use super::{FieldAria, FieldControl, FieldShell, Markup, el};

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

impl From<Choice> for Markup {
    fn from(choice: Choice) -> Self {
        // A large form has thousands: one call makes one.
        let option = HtmlOptionElement::new_with_text_and_value(&choice.text, &choice.value);
        Self::new(option.unwrap_throw())
    }
}

/// A native list to choose one value from. An empty value is a choice as well.
#[component]
pub fn Select(
    aria: FieldAria,
    /// The `Choice`s.
    #[prop(into)]
    choices: Markup,
    value: Signal<String>,
    on_change: Callback<String>,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
    #[prop(optional)] required: bool,
) -> Markup {
    let select = el("select")
        .class("input")
        .on("change", move |event: Event| {
            on_change.run(event_target_value(&event))
        })
        .child(choices)
        .value(value);
    el("span")
        .class("select")
        .child(aria.on(select, required, on_blur))
        .into()
}

/// A list with its label, where no choice can be wrong.
pub fn select_field(
    id: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
    value: Signal<String>,
    on_change: Callback<String>,
) -> Markup {
    let control =
        FieldControl::new(move |aria: FieldAria| view! { <Select aria choices value on_change /> });
    view! { <FieldShell id label hint="" error=Signal::stored(None) control /> }.into()
}
