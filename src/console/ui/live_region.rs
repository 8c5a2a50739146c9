use leptos::prelude::*;

use super::{Markup, el};

/// The page's polite status, beside which only the search dialog has one: present from the start, so that a change of
/// its text is announced.
#[component]
pub fn LiveRegion(message: Signal<String>) -> Markup {
    el("div")
        .class("visually-hidden")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .attr("aria-atomic", "true")
        .child(message)
        .into()
}
