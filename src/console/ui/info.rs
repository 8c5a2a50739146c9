use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::identity::fresh_id;
use super::{Markup, MarkupFn, el, when};

/// Help behind a small button. Lives in a wrapping row: the button stands in
/// the row, the text takes the whole next line. `topic` completes the button's
/// name for those who cannot see what it stands beside.
#[component]
pub fn Info(label: &'static str, #[prop(into)] topic: String, content: MarkupFn) -> Markup {
    let open = RwSignal::new(false);
    let region = fresh_id("info");
    let topic = el("span").class("visually-hidden").child(" ").child(topic);
    let button = el("button")
        .attr("type", "button")
        .class("info-button")
        .attr("aria-controls", &region)
        .attr_live("aria-expanded", move || Some(open.get().to_string()))
        .on("click", move |_: MouseEvent| {
            open.set(!open.get_untracked())
        })
        .child(label)
        .child(topic);
    let text = el("div")
        .class("info-region")
        .attr("id", &region)
        .attr_while("hidden", "", move || !open.get())
        .child(when(move || open.get(), move || content.run()));
    (button, text).into()
}
