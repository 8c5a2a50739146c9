use leptos::prelude::*;

use super::{Markup, el};

/// A turning ring for waits of one to ten seconds; the words beside it come from the caller.
#[component]
pub fn Spinner() -> Markup {
    el("span")
        .class("spinner")
        .attr("aria-hidden", "true")
        .into()
}
