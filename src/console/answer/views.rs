//! The switch between the ways to show a value.

use crate::browser::focus;
use crate::ui::{Markup, el};
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::MouseEvent;

/// Each button has an id that begins with `id`: where the switch is drawn anew, the one that was pressed
/// keeps the focus.
pub fn views<V: Copy + PartialEq + Send + Sync + 'static>(
    id: &'static str,
    all: [(V, &'static str); 3],
    shown: RwSignal<V>,
) -> Markup {
    let mut views = el("div")
        .class("tabs views")
        .attr("role", "group")
        .attr("aria-label", words::answer_view());
    for (at, (view, title)) in all.into_iter().enumerate() {
        let id = format!("{id}-{at}");
        let is_it = move || Some((shown.get() == view).to_string());
        let button = el("button")
            .attr("type", "button")
            .class("tab")
            .attr("id", &id)
            .attr_live("aria-pressed", is_it)
            .on("click", move |_: MouseEvent| {
                focus::soon(&*id);
                shown.set(view);
            })
            .child(title);
        views = views.child(button);
    }
    views.into()
}
