//! Moving the focus.

use super::call_with;
use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Is an element with this id focused?
pub fn is_at(id: &str) -> bool {
    document()
        .active_element()
        .is_some_and(|element| element.id() == id)
}

/// Has the element that a selector finds the focus?
pub fn is_within(selector: &str) -> bool {
    let focused = document().active_element();
    focused.is_some_and(|element| element.matches(selector).unwrap_or(false))
}

/// Is there anything that a selector finds?
pub fn is_there(selector: &str) -> bool {
    matches!(document().query_selector(selector), Ok(Some(_)))
}

/// Is a dialog open, so that nothing else can have the focus?
pub fn is_held_by_dialog() -> bool {
    is_there("dialog[open]")
}

/// To an element by its id, once what has just changed is drawn.
pub fn soon(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || {
        to(document().get_element_by_id(&id));
    });
}

/// To an element by its id, whose beginning comes into view beneath what sticks to the top of the
/// page: `sticking` is a selector of that. Where all of it is in view, nothing moves; where it fits into the
/// first screen, the page is scrolled to its top, so that its heading is in view, too.
pub fn soon_beneath(id: &'static str, sticking: &'static str) {
    let element = move || document().get_element_by_id(id);
    request_animation_frame(move || {
        to_unmoved(element());
        // What it is about to have above it and within is drawn by then.
        request_animation_frame(move || {
            let Some(element) = element().filter(|it| !is_in_view(it, sticking)) else {
                return;
            };
            let bottom = element.get_bounding_client_rect().bottom();
            let above = window().scroll_y().unwrap_or_default();
            if bottom + above <= window_height() {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                return;
            }
            element.scroll_into_view();
            // What sticks has its height once the page has been scrolled.
            request_animation_frame(move || request_animation_frame(move || align(id, sticking)));
        });
    });
}

/// To an element, without scrolling to it.
fn to_unmoved(element: Option<Element>) {
    if let Some(element) = element {
        call_with(&element, "focus", "preventScroll", true.into());
    }
}

/// Is all of an element beneath what sticks, and above the window's end?
fn is_in_view(element: &Element, sticking: &str) -> bool {
    let at = element.get_bounding_client_rect();
    at.top() >= bottom_of(sticking) && at.bottom() <= window_height()
}

fn window_height() -> f64 {
    let height = window().inner_height().ok();
    height.and_then(|it| it.as_f64()).unwrap_or_default()
}

/// Where what sticks ends.
fn bottom_of(sticking: &str) -> f64 {
    let all = document().query_selector_all(sticking).ok();
    let all = all
        .iter()
        .flat_map(|all| (0..all.length()).filter_map(|at| all.get(at)));
    let all = all.filter_map(|it| it.dyn_into::<Element>().ok());
    let bottoms = all.map(|it| it.get_bounding_client_rect().bottom());
    bottoms.fold(0.0, f64::max)
}

fn align(id: &str, sticking: &str) {
    const GAP: f64 = 12.0;
    let Some(element) = document().get_element_by_id(id) else {
        return;
    };
    // What stands beside all else scrolls by itself.
    let style = window().get_computed_style(&element).ok().flatten();
    if style.is_some_and(|it| it.get_property_value("position").as_deref() == Ok("fixed")) {
        return;
    }
    let bottom = bottom_of(sticking);
    let top = element.get_bounding_client_rect().top();
    window().scroll_by_with_x_and_y(0.0, top - bottom - GAP);
}

/// To the first element that is found by one of the selectors and drawn, in their order.
pub fn soon_on_first(selectors: &'static [&'static str]) {
    request_animation_frame(move || on_first(selectors));
}

/// The same, if by then nothing has the focus.
pub fn soon_on_first_if_lost(selectors: &'static [&'static str]) {
    request_animation_frame(move || {
        if is_lost() {
            on_first(selectors);
        }
    });
}

/// To an element by its id, if by then nothing has the focus.
pub fn soon_if_lost(id: &'static str) {
    request_animation_frame(move || {
        if is_lost() {
            to(document().get_element_by_id(id));
        }
    });
}

fn is_lost() -> bool {
    // A dialog that Escape has closed loses the focus only later.
    is_within("body, dialog:not([open]) *") || document().active_element().is_none()
}

fn on_first(selectors: &[&str]) {
    for selector in selectors {
        if at_first(selector) && is_within(selector) {
            return;
        }
    }
}

/// To the first element a selector finds, or else to an element by its id.
pub fn soon_selected(selector: String, otherwise: String) {
    request_animation_frame(move || {
        if !to(document().query_selector(&selector).ok().flatten()) {
            to(document().get_element_by_id(&otherwise));
        }
    });
}

/// To the first element a selector finds, at once; false where there is none.
pub fn at_first(selector: &str) -> bool {
    to(document().query_selector(selector).ok().flatten())
}

/// To the heading of the page that has just been opened.
pub fn soon_on_heading() {
    soon_selected("h1".to_owned(), String::new());
}

/// To the same field of the next row, as in a spreadsheet, and from the last row to an element by
/// its id.
pub fn next_row(field: &Element, rows: &str, otherwise: &str) {
    let fields_of = |row: Element| row.query_selector_all("input, select, textarea").ok();
    let row = field.closest(rows).ok().flatten();
    let next = row.and_then(|row| {
        let next = fields_of(row.next_element_sibling()?)?;
        let fields = fields_of(row)?;
        let at =
            (0..fields.length()).find(|&at| fields.get(at).as_ref() == Some(field.as_ref()))?;
        next.get(at)?.dyn_into().ok()
    });
    to(next.or_else(|| document().get_element_by_id(otherwise)));
}

fn to(element: Option<Element>) -> bool {
    element
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok())
}
