use leptos::prelude::*;

use super::identity::fresh_id;
use super::{Markup, description_of, el};

/// A titled box for one group of members or one result.
#[component]
pub fn Container(
    #[prop(into)] title: String,
    /// Shown after the title, with its brackets: "(4)".
    #[prop(optional, into)]
    counter: String,
    #[prop(optional, into)] description: String,
    children: Markup,
) -> Markup {
    let heading = fresh_id("container");
    let counter =
        (!counter.is_empty()).then(|| el("span").class("counter").child(" ").child(counter));
    let title = el("h2")
        .attr("id", &heading)
        .attr("tabindex", "-1")
        .child(title)
        .child(counter);
    let texts = el("div")
        .class("container-heading")
        .child(title)
        .child(description_of(&description));
    el("section")
        .class("container")
        .attr("aria-labelledby", &heading)
        .child(el("div").class("container-header").child(texts))
        .child(el("div").class("container-body").child(children))
        .into()
}
