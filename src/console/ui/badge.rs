use leptos::prelude::*;

use super::{Markup, el};

/// A word that sets one thing apart from its like; the colour only repeats it.
#[component]
pub fn Badge(
    #[prop(into)] text: String,
    /// The word the style sheet knows its colour by.
    tone: &'static str,
) -> Markup {
    el("span")
        .class("badge")
        .attr("data-tone", tone)
        .child(text)
        .into()
}
