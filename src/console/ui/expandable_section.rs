use leptos::prelude::*;

use super::{Markup, el};

/// A native disclosure.
#[component]
pub fn ExpandableSection(
    summary: &'static str,
    #[prop(into)] caption: String,
    children: Markup,
) -> Markup {
    let summary = el("summary")
        .child(el("span").class("expandable-title").child(summary))
        .child(el("span").class("description").child(caption));
    el("details")
        .class("expandable")
        .child(summary)
        .child(el("div").class("expandable-body").child(children))
        .into()
}
