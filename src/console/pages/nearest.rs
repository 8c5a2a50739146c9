//! Links to what search finds, and what is offered where an address leads nowhere.

use super::search_groups::{self, Choice};
use crate::badges::class_badge;
use crate::lazy::lazy;
use crate::state::{Console, Listing};
use crate::ui::{ApiName, El, Markup, StatusIndicator, el, live};
use formsmith_search::highlighted;
use formsmith_words as words;
use leptos::prelude::*;

lazy! { in search: pub fn nearest(console: Console, address: String) -> Markup = near(console, address); }

/// A link to a choice, with what is to be known of it.
pub fn link(choice: &Choice, query: &str) -> El {
    let mut title = el("span").class("search-title");
    for (piece, is_sought) in highlighted(&choice.title, query) {
        let piece: Markup = match is_sought {
            true => el("mark").child(piece).into(),
            false => piece.into(),
        };
        title = title.child(piece);
    }
    let detail = (!choice.detail.is_empty()).then(|| {
        let detail = el("span").class("search-detail");
        detail.child(" \u{b7} ").child(choice.detail.as_str())
    });
    let verdict = choice.verdict.clone();
    let verdict = verdict.map(|(kind, text)| view! { <StatusIndicator kind text /> });
    let name = choice.api_name.clone();
    el("a")
        .attr("href", &choice.address)
        .child(el("span").class("search-what").child(title).child(detail))
        .child(view! { <ApiName name /> })
        .child(
            el("span")
                .class("search-kind")
                .child(choice.class.map(class_badge))
                .child(verdict),
        )
}

/// The nearest to an address that leads nowhere, if anything is near.
fn near(console: Console, address: String) -> Markup {
    live(move || {
        if console.all_services() == Listing::Underway {
            return None;
        }
        let nearest = search_groups::nearest(console, &address);
        if nearest.is_empty() {
            return None;
        }
        let mut list = el("ul").class("nearest").attr("role", "list");
        for choice in &nearest {
            list = list.child(el("li").child(link(choice, "").class("search-choice")));
        }
        Some((el("h2").child(words::did_you_mean()), list))
    })
}
