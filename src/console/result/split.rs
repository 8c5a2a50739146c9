//! The edge between a form and its result, where they stand beside each other. Its place is kept in
//! this browser.

use crate::browser::{page, storage};
use crate::ui::{Markup, el};
use formsmith_words as words;
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

const KEY: &str = "formsmith.split";

/// Pixels that an arrow key moves it by.
const STEP: i32 = 40;

/// The least pixels of the result, and of what is beside it; style/components/split.css has the same.
const LEAST: i32 = 560;
const BESIDE: i32 = 900;

pub fn edge() -> Markup {
    let width = RwSignal::new(storage::read(KEY).and_then(|text| text.parse::<i32>().ok()));
    width.with_untracked(|width| width.map(apply));
    let turn = move |to: i32| {
        let to = within(to);
        apply(to);
        width.set(Some(to));
    };
    let keep = move || {
        if let Some(width) = width.get_untracked() {
            storage::write(KEY, &width.to_string());
        }
    };
    let now = move || width.get().map_or_else(usual, within);
    let drag = move |event: PointerEvent| {
        // A selection of text may be dragged across it.
        let edge = edge_of(&event);
        if edge.is_some_and(|edge| edge.has_pointer_capture(event.pointer_id())) {
            turn(match page::is_from_right() {
                true => event.client_x(),
                false => window_width() - event.client_x(),
            });
        }
    };
    el("div")
        .class("split-edge")
        .attr("role", "separator")
        .attr("tabindex", "0")
        .attr("aria-orientation", "vertical")
        .attr("aria-label", words::result_width())
        .attr("aria-valuemin", &LEAST.to_string())
        .attr_live("aria-valuemax", move || {
            now();
            Some(most().to_string())
        })
        .attr_live("aria-valuenow", move || Some(now().to_string()))
        .on("pointerdown", |event: PointerEvent| {
            // A pointer that has gone by now moves nothing.
            if let Some(edge) = edge_of(&event) {
                let _ = edge.set_pointer_capture(event.pointer_id());
            }
            event.prevent_default();
        })
        .on("pointermove", drag)
        .on("lostpointercapture", move |_: PointerEvent| keep())
        .on("keydown", move |event: KeyboardEvent| {
            let to = match page::key_from_left(event.key()).as_str() {
                "ArrowLeft" => untrack(now) + STEP,
                "ArrowRight" => untrack(now) - STEP,
                "Home" => most(),
                "End" => LEAST,
                _ => return,
            };
            event.prevent_default();
            turn(to);
            keep();
        })
        .into()
}

fn edge_of(event: &PointerEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

fn window_width() -> i32 {
    let root = document().document_element();
    root.map_or(0, |root| root.client_width())
}

fn usual() -> i32 {
    window_width() / 2 - 140
}

fn most() -> i32 {
    (window_width() - BESIDE).max(LEAST)
}

fn within(width: i32) -> i32 {
    width.clamp(LEAST, most())
}

fn apply(width: i32) {
    let root = document().document_element();
    if let Some(root) = root.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = root.style().set_property("--split", &format!("{width}px"));
    }
}
