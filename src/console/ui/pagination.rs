//! Turning the pages of a collection.

use leptos::prelude::*;

use super::collection::PAGE;
use super::{Button, Collection, CollectionWords, El, Glyph, Variant, el};

const GLYPHS: [Glyph; 4] = [Glyph::First, Glyph::AngleBack, Glyph::Angle, Glyph::Last];

/// To the first page, one back, which rows are shown, one on, to the last.
pub fn pagination(
    collection: Collection,
    range: Signal<String>,
    words: &'static CollectionWords,
) -> El {
    let mut pages = el("div")
        .class("pagination")
        .attr("role", "group")
        .attr("aria-label", (words.pages)());
    for (turn, glyph) in GLYPHS.into_iter().enumerate() {
        let to = move || {
            let last = collection.matching_count().saturating_sub(1) / PAGE;
            let page = collection.page();
            match turn {
                0 => 0,
                1 => page.saturating_sub(1),
                2 => last.min(page + 1),
                _ => last,
            }
        };
        let disabled = Signal::derive(move || to() == collection.page());
        let press = move |()| collection.turn_to(untrack(to));
        if turn == 2 {
            pages = pages.child(el("span").child(range));
        }
        pages = pages.child(view! {
            <Button
                variant=Variant::Icon
                icon=glyph
                label=(words.turns[turn])()
                disabled
                on_click=press
            />
        });
    }
    pages
}
