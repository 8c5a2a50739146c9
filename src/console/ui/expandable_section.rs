use leptos::prelude::*;

use super::{Markup, el};
use web_sys::Event;

/// A native disclosure.
#[component]
pub fn ExpandableSection(
    summary: &'static str,
    #[prop(into)] caption: String,
    /// Runs the first time it is opened.
    #[prop(optional)]
    on_open: Option<Callback<()>>,
    children: Markup,
) -> Markup {
    let summary = el("summary")
        .child(el("span").class("expandable-title").child(summary))
        .child(el("span").class("description").child(caption));
    let mut on_open = on_open;
    el("details")
        .class("expandable")
        .on("toggle", move |_: Event| {
            if let Some(open) = on_open.take() {
                open.run(());
            }
        })
        .child(summary)
        .child(el("div").class("expandable-body").child(children))
        .into()
}
