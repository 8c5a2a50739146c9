use leptos::prelude::*;

use super::text_input::typing;
use super::{El, Glyph, Icon, el};

/// A line that something is searched with; `label` names it and stands in it while it is empty.
pub fn search_field(id: &str, label: &str, text: Signal<String>, write: Callback<String>) -> El {
    let input = el("input")
        .class("input")
        .attr("id", id)
        .attr("type", "search")
        .attr("aria-label", label)
        .attr("placeholder", label);
    el("span")
        .class("search")
        .child(view! { <Icon glyph=Glyph::Search /> })
        .child(typing(input, text, write))
}
