//! The switch between the ways to show a value.

use crate::ui::{Markup, el};
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::MouseEvent;

pub fn views<V: Copy + PartialEq + Send + Sync + 'static>(
    all: [(V, &'static str); 3],
    shown: RwSignal<V>,
) -> Markup {
    let mut views = el("div")
        .class("tabs views")
        .attr("role", "group")
        .attr("aria-label", words::answer_view());
    for (view, title) in all {
        let is_it = move || Some((shown.get() == view).to_string());
        let button = el("button")
            .attr("type", "button")
            .class("tab")
            .attr_live("aria-pressed", is_it)
            .on("click", move |_: MouseEvent| shown.set(view))
            .child(title);
        views = views.child(button);
    }
    views.into()
}
