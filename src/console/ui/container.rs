use leptos::prelude::*;

use super::identity::fresh_id;
use super::{Markup, actions_of, description_of, el};

/// A titled box for one group of members or one result.
#[component]
pub fn Container(
    #[prop(into)] title: String,
    /// Shown after the title, with its brackets: "(4)".
    #[prop(optional, into)]
    counter: Option<Signal<String>>,
    #[prop(optional, into)] description: String,
    /// What can be done with all of it.
    #[prop(optional, into)]
    actions: Option<Markup>,
    children: Markup,
) -> Markup {
    let heading = fresh_id("container");
    let counter = counter.map(super::counter);
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
        .child(
            el("div")
                .class("container-header")
                .child(texts)
                .child(actions_of(actions)),
        )
        .child(el("div").class("container-body").child(children))
        .into()
}
