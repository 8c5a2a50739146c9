//! The button that opens the search over everything.

use crate::state::Console;
use crate::ui::{El, Glyph, Icon, el};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

pub fn search_button(console: Console, text: &str) -> El {
    el("button")
        .attr("type", "button")
        .class("app-search")
        .on("click", move |_: MouseEvent| console.open_search())
        .child(view! { <Icon glyph=Glyph::Search /> })
        .child(el("span").child(text))
}
