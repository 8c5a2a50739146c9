use leptos::prelude::*;

use super::{Markup, actions_of, el};

/// Text to be read exactly: a request, a response, a command.
#[component]
pub fn CodeBlock(
    #[prop(into)] label: String,
    #[prop(into)] text: String,
    #[prop(optional, into)] actions: Option<Markup>,
) -> Markup {
    let text = el("pre")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", &label)
        .child(el("code").child(text));
    el("div")
        .class("code-block")
        .child(actions_of(actions))
        .child(text)
        .into()
}
