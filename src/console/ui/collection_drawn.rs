//! Which rows of a collection are drawn, and when.

use leptos::prelude::*;
use std::time::Duration;

use super::collection::{AT_ONCE, PAGE};
use super::matching::{Asked, Texts};
use super::{Button, Collection, CollectionWords, Markup, el};
use crate::browser::focus;
use crate::watch::watch;

/// Follows what is asked for; the rows of the page that is shown.
pub fn drawn_rows(
    collection: Collection,
    texts: RwSignal<Texts, LocalStorage>,
) -> RwSignal<Vec<usize>> {
    let drawn = RwSignal::new(Vec::new());
    let mut finder = collection.finder(texts.get_untracked());
    let mut last = None;
    watch(move || {
        let (asked, page, texts) = (collection.asked.get(), collection.page.get(), texts.get());
        if !finder.is_of(&texts) {
            finder = collection.finder(texts.clone());
            last = None;
        }
        // What is asked for waits until all texts have come.
        let is_part = collection.is_part(&texts);
        let page = if is_part { 0 } else { page };
        if !is_part && last.as_ref() != Some(&asked) {
            collection.matching.set(finder.find(&asked));
            last = Some(asked);
        }
        let rows = collection.matching.with_untracked(|matching| {
            let rows = matching.iter().skip(page * PAGE).take(PAGE);
            rows.copied().collect::<Vec<_>>()
        });
        if drawn.with_untracked(|drawn| *drawn != rows) {
            drawn.set(rows);
        }
    });
    drawn
}

/// The other rows of the page, once the browser has shown those drawn at once.
pub fn drawn_after(drawn: RwSignal<Vec<usize>>) -> RwSignal<Vec<usize>> {
    let following = RwSignal::new(Vec::new());
    watch(move || {
        let has_more = drawn.with(|drawn| drawn.len() > AT_ONCE);
        if following.with_untracked(|rows| !rows.is_empty()) {
            following.set(Vec::new());
        }
        if has_more {
            let draw = move || {
                // The table may be gone by now.
                if let Some(rows) = drawn.try_get_untracked() {
                    following.try_set(rows.into_iter().skip(AT_ONCE).collect());
                }
            };
            request_animation_frame(move || set_timeout(draw, Duration::ZERO));
        }
    });
    following
}

/// The button goes with its press; what was searched with takes the focus.
pub fn no_matches(collection: Collection, find: &str, words: &'static CollectionWords) -> Markup {
    let find = find.to_owned();
    let clear = move |()| {
        focus::soon(find.as_str());
        collection.ask(|asked| {
            *asked = Asked {
                sort: asked.sort,
                ..Asked::default()
            };
        });
    };
    let clear = view! { <Button on_click=clear>{(words.clear)()}</Button> };
    (el("p").child((words.no_matches)()), clear).into()
}
