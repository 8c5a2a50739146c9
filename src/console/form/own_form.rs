//! The form that a field belongs to while one is in it.
//!
//! With each key Chromium looks at every field of the form that the one typed into belongs to, so
//! as to offer to fill it in, and leaves out forms of more than 200. At 50 rows of three fields that
//! was a fifth of a key. A field that is a form of its own is all that is looked at.

use crate::state::SEND_ID;
use crate::ui::{El, Markup, el};
use leptos::ev::{FocusEvent, SubmitEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const ID: &str = "own-form";

/// How many fields Chromium looks at. Where there are more, a form of one's own would make it look.
const LOOKED_AT: u32 = 200;

/// The form's content, whose text fields belong to a form of their own while one is in them.
pub fn with_own_form(whole: El) -> Markup {
    let enter = |event: FocusEvent| {
        let fields = document().query_selector_all("input, select, textarea");
        let is_looked_at = fields.is_ok_and(|fields| fields.length() <= LOOKED_AT);
        if let Some(field) = text_field(&event).filter(|_| is_looked_at) {
            let _ = field.set_attribute("form", ID);
        }
    };
    let leave = |event: FocusEvent| {
        if let Some(field) = text_field(&event) {
            let _ = field.remove_attribute("form");
        }
    };
    // Enter does what it does in a form with a button that sends.
    let submit = |event: SubmitEvent| {
        event.prevent_default();
        let button = document().get_element_by_id(SEND_ID);
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            button.click();
        }
    };
    let own = el("form")
        .attr("id", ID)
        .attr("novalidate", "")
        .attr("autocomplete", "off")
        .attr("hidden", "")
        .on("submit", submit);
    (whole.on("focusin", enter).on("focusout", leave), own).into()
}

fn text_field(event: &FocusEvent) -> Option<Element> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    element.closest("input[type=text], textarea").ok().flatten()
}
