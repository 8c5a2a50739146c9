//! What opens in the top layer, below the element that opened it, or above that.

use crate::browser::page;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// Between the two, and between a popup and the window's edge.
const GAP: f64 = 4.0;

/// How large a popup gets, in pixels; never larger than the window.
#[derive(Clone, Copy)]
pub struct PopupSize {
    /// `width`, or `max-width` for one that is as wide as what stands in it; and how wide.
    pub width: (&'static str, f64),
    pub max_height: f64,
    /// With so much room below it opens there, even if there is more above.
    pub enough_below: f64,
}

/// Opens a popup where there is room beside an element.
pub fn open_popup(popup: &Element, beside: &Element, size: PopupSize) {
    if let Some(popup) = popup.dyn_ref::<HtmlElement>() {
        // Where the browser has no top layer, it is drawn as it is.
        let _ = popup.show_popover();
    }
    place_popup(popup, beside, size);
}

/// Moves a popup to where there is room beside an element.
pub fn place_popup(popup: &Element, beside: &Element, size: PopupSize) {
    let length = |length: Result<JsValue, JsValue>| {
        length.ok().and_then(|it| it.as_f64()).unwrap_or_default()
    };
    let (width, height) = (
        length(window().inner_width()),
        length(window().inner_height()),
    );
    let Some(style) = popup.dyn_ref::<HtmlElement>().map(HtmlElement::style) else {
        return;
    };
    let at = beside.get_bounding_client_rect();
    let below = height - at.bottom() - 2.0 * GAP;
    let above = at.top() - 2.0 * GAP;
    let is_below = below >= size.enough_below || below >= above;
    let tall = size.max_height.min(if is_below { below } else { above });
    let px = |length: f64| format!("{length}px");
    let (top, bottom) = match is_below {
        true => (px(at.bottom() + GAP), "auto".to_owned()),
        false => ("auto".to_owned(), px(height - at.top() + GAP)),
    };
    let set = |name: &str, value: &str| {
        // Fails for no property of these.
        let _ = style.set_property(name, value);
    };
    let (property, wide) = size.width;
    set(property, &px(wide.min(width - 2.0 * GAP)));
    set("max-height", &px(tall));
    set("top", &top);
    set("bottom", &bottom);
    let wide = popup.get_bounding_client_rect().width();
    let begins = match page::is_from_right() {
        true => at.right() - wide,
        false => at.left(),
    };
    set("left", &px(begins.min(width - wide - GAP).max(GAP)));
}
