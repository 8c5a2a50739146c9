//! A value as text, of which as much is drawn at a time as a page can hold.

use crate::state::{Console, CopyStatus};
use crate::ui::{Button, CodeBlock, CopyButton, Markup, el, live};
use formsmith_api::json;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::rc::Rc;

/// Bytes of a piece, give or take a line.
const PIECE: usize = 50_000;

pub fn view(console: Console, label: String, value: &Value) -> Markup {
    let text = Rc::new(json::indented(value));
    let ends = Rc::new(ends(&text));
    let piece = RwSignal::new(0_usize);
    let (whole, name) = (Rc::clone(&text), label.clone());
    let copy = move || {
        let (status, whole, name) = (CopyStatus::new(), Rc::clone(&whole), name.clone());
        let whole = StoredValue::new_local(whole);
        let press = move |()| {
            let text = whole.with_value(|text| text.to_string());
            console.copy(name.clone(), text, status);
        };
        view! { <CopyButton label=words::copy_json() on_copy=press status labelled=true /> }
    };
    let count = ends.len();
    let shown = live(move || {
        let at = piece.get();
        let start = at.checked_sub(1).map_or(0, |before| ends[before]);
        let part = &text[start..ends[at]];
        view! { <CodeBlock label=label.clone() text=part actions=Markup::from(copy()) /> }
    });
    let turn = move |text: &'static str, step: isize| {
        let next = move || {
            let next = piece.get().checked_add_signed(step);
            next.filter(|next| *next < count)
        };
        let disabled = Signal::derive(move || next().is_none());
        let press = move |()| {
            if let Some(next) = untrack(next) {
                piece.set(next);
            }
        };
        view! { <Button on_click=press disabled>{text}</Button> }
    };
    let pieces = (count > 1).then(|| {
        let place = Signal::derive(move || words::json_piece(piece.get() + 1, count));
        el("div")
            .class("actions")
            .child(turn(words::json_before(), -1))
            .child(el("span").attr("role", "status").child(place))
            .child(turn(words::json_after(), 1))
    });
    el("div").class("stack").child(pieces).child(shown).into()
}

/// Where pieces end: at the end of a line, or within one that is too long.
fn ends(text: &str) -> Vec<usize> {
    let (mut ends, mut start) = (Vec::new(), 0);
    while text.len() - start > PIECE {
        let mut most = start + PIECE;
        while !text.is_char_boundary(most) {
            most -= 1;
        }
        let line = text[start..most].rfind('\n').map(|at| start + at + 1);
        start = line.unwrap_or(most);
        ends.push(start);
    }
    ends.push(text.len());
    ends
}
