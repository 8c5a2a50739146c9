use leptos::prelude::*;

use super::{ApiName, Markup, el};

/// The facts of one record, as pairs in columns.
#[component]
pub fn KeyValues(children: Markup) -> Markup {
    el("dl").class("key-values").child(children).into()
}

/// Facts that are plain texts.
pub fn key_values(facts: &[(&str, &str)]) -> Markup {
    let mut list = el("dl").class("key-values");
    for (label, text) in facts {
        list = list.child(view! { <KeyValue label=*label>{*text}</KeyValue> });
    }
    list.into()
}

/// One pair, with a place for a copy button before the value.
#[component]
pub fn KeyValue(
    #[prop(into)] label: String,
    #[prop(optional, into)] api_name: String,
    #[prop(optional)] copy: Markup,
    children: Markup,
) -> Markup {
    let term = el("dt")
        .child(label)
        .child(view! { <ApiName name=api_name /> });
    let value = el("dd")
        .child(copy)
        .child(el("span").class("key-value-text").child(children));
    el("div").class("key-value").child(term).child(value).into()
}
