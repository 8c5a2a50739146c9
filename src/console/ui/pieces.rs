//! Elements that several components have in common.

use leptos::ev::MouseEvent;
use leptos::prelude::{Callable, Callback};

use super::{El, Markup, el};

/// What follows a label; nothing if empty.
pub fn suffix(text: &str) -> Option<El> {
    let suffix = || el("span").class("field-suffix").child(" ").child(text);
    (!text.is_empty()).then(suffix)
}

/// A paragraph of explanation; nothing if empty.
pub fn description_of(text: &str) -> Option<El> {
    (!text.is_empty()).then(|| el("p").class("description").child(text))
}

/// What can be done, at the end of a row.
pub fn actions_of(actions: Option<Markup>) -> Option<El> {
    actions.map(|actions| el("div").class("actions").child(actions))
}

/// A button that looks like a link.
pub fn text_link(text: &str, press: Callback<()>) -> El {
    el("button")
        .attr("type", "button")
        .class("text-link")
        .on("click", move |_: MouseEvent| press.run(()))
        .child(text)
}

/// How many there are, behind a heading.
pub fn counter(count: impl Into<Markup>) -> El {
    el("span").class("counter").child(" ").child(count)
}
