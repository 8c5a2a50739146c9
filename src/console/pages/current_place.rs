//! What the person has made of the place where requests go now, at the top of every page.

use crate::badges::place_badge;
use crate::lazy::lazy;
use crate::state::{Console, Route};
use crate::ui::{Markup, el, live};
use formsmith_words as words;

lazy! {
    pub fn current_place(console: Console) -> Markup = current(console);
}

/// With the way to change it.
fn current(console: Console) -> Markup {
    live(move || -> Markup {
        let link = el("a").class("app-place").attr("href", Route::SETTINGS);
        let Some(marked) = console.mark_of(&console.place()) else {
            return link.child(words::place_name_it()).into();
        };
        let line = el("span")
            .class("place-line")
            .attr("data-tone", marked.colour.key());
        (line, link.child(place_badge(&marked))).into()
    })
}
