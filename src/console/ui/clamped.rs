use leptos::prelude::*;
use web_sys::MouseEvent;

use super::{Markup, el, live};

/// Longer texts are clamped: a person reads the beginning, and asks for the rest.
const MAX: usize = 600;

/// A text, of which the beginning is shown if it is long; `show_all` asks for the rest.
pub fn clamped(text: &str, show_all: &'static str) -> Markup {
    let Some((end, _)) = text.char_indices().nth(MAX) else {
        return text.into();
    };
    let (beginning, whole) = (format!("{}…", &text[..end]), text.to_owned());
    let is_open = RwSignal::new(false);
    live(move || -> Markup {
        if is_open.get() {
            return whole.as_str().into();
        }
        let button = el("button")
            .attr("type", "button")
            .class("text-link")
            .on("click", move |_: MouseEvent| is_open.set(true))
            .child(show_all);
        (beginning.as_str(), button).into()
    })
}
