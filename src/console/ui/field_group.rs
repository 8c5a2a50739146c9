use leptos::prelude::*;

use super::{ApiName, Markup, description_of, el, suffix};

/// A structure within a form: its members under one legend.
#[component]
pub fn FieldGroup(
    #[prop(into)] legend: String,
    suffix: &'static str,
    #[prop(into)] api_name: String,
    #[prop(into)] description: String,
    described_by: Signal<Option<String>>,
    children: Markup,
) -> Markup {
    el("fieldset")
        .class("field-group")
        .attr_live("aria-describedby", move || described_by.get())
        .child(el("legend").child(legend).child(self::suffix(suffix)))
        .child(view! { <ApiName name=api_name /> })
        .child(description_of(&description))
        .child(el("div").class("field-group-body").child(children))
        .into()
}
