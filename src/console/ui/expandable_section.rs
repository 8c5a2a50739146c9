use leptos::prelude::*;

use super::{El, Markup, el};
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
    let caption = el("span").class("description").child(caption);
    let mut on_open = on_open;
    expandable(summary.into(), caption.into(), children)
        .on("toggle", move |_: Event| {
            if let Some(open) = on_open.take() {
                open.run(());
            }
        })
        .into()
}

/// A container that opens, with a line that sums up what stands in it.
pub fn expandable_container(title: &str, caption: &str, body: Markup) -> Markup {
    let caption = el("span").class("description").child(caption);
    expandable(title.into(), caption.into(), body)
        .class("expandable container")
        .into()
}

/// The same with any caption in its line, after the title.
pub fn expandable(title: Markup, caption: Markup, body: Markup) -> El {
    let summary = el("summary")
        .child(el("span").class("expandable-title").child(title))
        .child(caption);
    el("details")
        .class("expandable")
        .child(summary)
        .child(el("div").class("expandable-body").child(body))
}
