//! The button that makes an operation a favorite.

use crate::state::{Console, Favorite};
use crate::ui::{Glyph, Icon, Markup, el};
use formsmith_words as words;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// `title` is what the operation is called.
pub fn star(console: Console, title: &str, favorite: Favorite) -> Markup {
    let (service, operation) = (favorite.service.clone(), favorite.operation.clone());
    let is_pressed = move || console.is_favorite(&service, &operation).to_string();
    el("button")
        .attr("type", "button")
        .class("button button-icon star")
        .attr("aria-label", &words::favorite(title))
        .attr_live("aria-pressed", move || Some(is_pressed()))
        .on("click", move |_: MouseEvent| {
            console.turn_favorite(&favorite)
        })
        .child(view! { <Icon glyph=Glyph::Star /> })
        .into()
}
