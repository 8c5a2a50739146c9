//! A button with a panel that opens in the top layer. The browser closes it: with Escape, and with a
//! press beside it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use super::identity::fresh_id;
use super::{Glyph, Icon, Markup, PopupSize, el, place_popup};
use crate::watch::listen;

const SIZE: PopupSize = PopupSize {
    width: ("max-width", 420.0),
    max_height: 480.0,
    enough_below: 240.0,
};

/// `label` is on the button, `content` in the panel.
pub fn popup_panel(label: impl Into<Markup>, content: Markup) -> Markup {
    let (id, opener) = (fresh_id("panel"), fresh_id("opener"));
    let button = el("button")
        .attr("type", "button")
        .attr("id", &opener)
        .class("button button-normal")
        .attr("popovertarget", &id)
        .attr("aria-haspopup", "dialog")
        .child(el("span").class("button-text").child(label))
        .child(view! { <Icon glyph=Glyph::Angle /> });
    let panel = el("div")
        .class("pick-popup popup-panel")
        .attr("id", &id)
        .attr("popover", "auto")
        .attr("role", "dialog")
        .attr("aria-labelledby", &opener)
        .child(content);
    let (popup, beside) = (panel.element().clone(), button.element().clone());
    let is_open = {
        let popup = popup.clone();
        move || popup.matches(":popover-open").unwrap_or(false)
    };
    let place = move || {
        if is_open() {
            place_popup(&popup, &beside, SIZE);
        }
    };
    for name in ["scroll", "resize"] {
        let place = place.clone();
        listen(&window(), name, move |_: Event| place());
    }
    let panel = panel.on("toggle", move |event: Event| {
        place();
        // Who opens it goes on in it.
        let panel = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let panel = panel.filter(|it| it.matches(":popover-open").unwrap_or(false));
        let first = panel.and_then(|it| it.query_selector("input, a, button").ok().flatten());
        if let Some(first) = first.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = first.focus();
        }
    });
    (button, panel).into()
}
