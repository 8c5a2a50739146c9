//! The verdict at the top of the page.

use super::next;
use crate::lazy::lazy;
use crate::state::Form;
use crate::tone;
use crate::ui::{Flash, Markup, clamped, el, live};
use crate::watch::listen;
use formsmith_words as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

lazy! { pub fn result_flash(form: Form) -> Markup = view(form); }

/// Stays in view until it is dismissed or another request is sent. The status region has said it
/// already, so it has no role of its own.
fn view(form: Form) -> Markup {
    let now = Memo::new(move |_| form.verdict().filter(|_| !form.is_dismissed()));
    let flash = live(move || {
        let verdict = now.get()?;
        let action: Markup = untrack(|| form.shown()).map(next::beside_verdict).into();
        Some(view! {
            <Flash
                kind=tone::kind(verdict.tone)
                title=verdict.title
                action
                on_dismiss=move |()| form.dismiss_result()
                dismiss_label=words::dismiss()
            >
                {clamped(&verdict.detail, words::show_all())}
            </Flash>
        })
    });
    let place = el("div").class("verdict").child(flash);
    shrink_when_stuck(place.element().clone());
    place.into()
}

/// How high a verdict is that sticks, for what sticks beneath it and for the browser's scrolling.
const HEIGHT: &str = "--verdict";

/// While it sticks, only its headline and its buttons show. Its place keeps its height meanwhile:
/// else all that comes after would move, and the browser would scroll to even that out.
fn shrink_when_stuck(place: Element) {
    listen(&document(), "scroll", move |_: Event| {
        let Some(flow) = place.parent_element() else {
            return;
        };
        let sticks_at = window().get_computed_style(&flow).ok().flatten();
        let sticks_at = sticks_at.and_then(|style| style.get_property_value("top").ok());
        let sticks_at = sticks_at.and_then(|top| top.trim_end_matches("px").parse::<i32>().ok());
        let is_at = flow.get_bounding_client_rect().top();
        let is_stuck = sticks_at.is_some_and(|top| is_at <= f64::from(top));
        if is_stuck == place.has_attribute("data-stuck") {
            return;
        }
        let style = place.unchecked_ref::<HtmlElement>().style();
        let _ = match is_stuck {
            true => {
                // In whole pixels: numbers with a fraction cost the page kilobytes.
                let height = place.get_bounding_client_rect().height().round() as i32;
                let height = format!("{height}px");
                let _ = style.set_property("min-block-size", &height);
                let stuck = place.set_attribute("data-stuck", "");
                let flash = place.first_element_child();
                let height = flash.map(|it| it.get_bounding_client_rect().height().ceil() as i32);
                if let Some(height) = height.filter(|height| *height > 0) {
                    set_height(height);
                }
                stuck
            }
            false => {
                let _ = style.remove_property("min-block-size");
                place.remove_attribute("data-stuck")
            }
        };
    });
}

fn set_height(pixels: i32) {
    let root = document().document_element();
    if let Some(root) = root.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = root.style().set_property(HEIGHT, &format!("{pixels}px"));
    }
}
