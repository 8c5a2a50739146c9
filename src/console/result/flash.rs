//! What stands at the top of the page: the verdict, and what a press came to that nothing else shows.

use super::next;
use super::verdict::{detail, is_quiet};
use crate::browser::task;
use crate::lazy::lazy;
use crate::state::{Console, Form};
use crate::tone;
use crate::ui::{Flash, Kind, Markup, el, live};
use crate::watch::{listen, watch};
use formsmith_words as words;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

lazy! {
    pub fn flashes(console: Console) -> Markup = {
        let verdict = live(move || console.form().map(verdict));
        (verdict, toast(console)).into()
    };
}

/// What a press came to that nothing else shows; the status region has said it. What needs nothing
/// done goes by itself.
fn toast(console: Console) -> Markup {
    live(move || {
        let toast = console.toast()?;
        untrack(|| console.note_toast(&toast));
        let (kind, title, run) = tone::of_toast(toast);
        if let Kind::Success | Kind::Info = kind
            && run.is_none()
        {
            task::spawn(console.end_toast());
        }
        let action: Markup = run
            .map(|href| {
                el("a")
                    .class("button button-normal")
                    .attr("href", &href)
                    .child(words::show_run())
            })
            .into();
        Some(view! {
            <Flash
                kind
                title
                action
                on_dismiss=move |()| console.dismiss_toast()
                dismiss_label=words::dismiss()
            />
        })
    })
}

/// Stays in view until it is dismissed or another request is sent. The status region has said it
/// already, so it has no role of its own.
fn verdict(form: Form) -> Markup {
    let now = Memo::new(move |_| {
        let is_quiet = form.run().is_some_and(|run| is_quiet(&run));
        let verdict = form.verdict().filter(|_| !is_quiet && !form.is_dismissed());
        // Another run may have come to the same.
        Some((form.result_key(), verdict?))
    });
    let flash = live(move || {
        let ((_, verdict), shown) = (now.get()?, untrack(|| form.shown())?);
        let action = next::beside_verdict(shown);
        let detail = detail(shown, &verdict);
        Some(view! {
            <Flash
                kind=tone::kind(verdict.tone)
                title=verdict.title
                action
                on_dismiss=move |()| form.dismiss_result()
                dismiss_label=words::dismiss()
            >
                {detail}
            </Flash>
        })
    });
    let place = el("div").class("verdict").child(flash);
    shrink_when_stuck(place.element().clone(), move || now.track());
    place.into()
}

/// How high a verdict is that sticks, for what sticks beneath it and for the browser's scrolling.
const HEIGHT: &str = "--verdict";

/// While it sticks, only its headline and its buttons show. Its place keeps its height meanwhile:
/// else all that comes after would move, and the browser would scroll to even that out. `track` follows
/// what is drawn.
fn shrink_when_stuck(place: Element, track: impl Fn() + 'static) {
    let fit = move || {
        let sticks = sticks(&place);
        if sticks != place.has_attribute("data-stuck") {
            let style = place.unchecked_ref::<HtmlElement>().style();
            let height = if sticks { height_of(&place) } else { None };
            let _ = match &height {
                Some(height) => style.set_property("min-block-size", height),
                None => style.remove_property("min-block-size").map(drop),
            };
            let _ = place.toggle_attribute_with_force("data-stuck", sticks);
        }
        let root = document().document_element();
        let root = root.and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let height = place
            .first_element_child()
            .and_then(|flash| height_of(&flash));
        if let Some(root) = root {
            let _ = match height {
                Some(height) => root.style().set_property(HEIGHT, &height),
                None => root.style().remove_property(HEIGHT).map(drop),
            };
        }
    };
    let fit = Rc::new(fit);
    for name in ["scroll", "resize"] {
        let fit = Rc::clone(&fit);
        listen(&window(), name, move |_: Event| fit());
    }
    watch(move || {
        track();
        // Once it is drawn.
        let fit = StoredValue::new_local(Rc::clone(&fit));
        request_animation_frame(move || {
            fit.try_with_value(|fit| fit());
        });
    });
}

fn sticks(place: &Element) -> bool {
    let Some(flow) = place.parent_element() else {
        return false;
    };
    let style = window().get_computed_style(&flow).ok().flatten();
    let top = style.and_then(|style| style.get_property_value("top").ok());
    let top = top.and_then(|top| top.trim_end_matches("px").parse::<i32>().ok());
    top.is_some_and(|top| flow.get_bounding_client_rect().top() <= f64::from(top))
}

/// In whole pixels: numbers with a fraction cost the page kilobytes.
fn height_of(element: &Element) -> Option<String> {
    let height = element.get_bounding_client_rect().height().ceil() as i32;
    (height > 0).then(|| format!("{height}px"))
}
