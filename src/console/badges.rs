//! What an operation can do, and what the person has made of a place, in a word each.

use crate::ui::{Badge, Markup};
use formsmith_api::class::Class;
use formsmith_run::MarkedPlace;
use formsmith_words as words;
use leptos::prelude::*;

pub fn class_badge(class: Class) -> Markup {
    view! { <Badge text=words::class_word(class) tone=class.word() /> }.into()
}

/// What it is for, and its name.
pub fn place_badge(marked: &MarkedPlace) -> Markup {
    let mark = marked.mark.map(words::place_mark);
    let name = Some(marked.name.as_str()).filter(|name| !name.is_empty());
    let text: Vec<&str> = mark.into_iter().chain(name).collect();
    view! { <Badge text=text.join(" \u{b7} ") tone=marked.colour.key() /> }.into()
}
