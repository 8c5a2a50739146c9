//! Operations in a list: a star, the name that leads to the form, the class, and what it does.

use crate::badges::class_badge;
use crate::star::star;
use crate::state::{Console, Favorite};
use crate::ui::{ApiName, El, Markup, description_of, el};
use leptos::prelude::*;

/// An operation of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub of: Favorite,
    pub title: String,
    pub description: String,
    /// Are title and description the project's own?
    pub has_words: bool,
}

pub fn operations_list() -> El {
    el("ul").class("operations").attr("role", "list")
}

/// One entry. `beneath` stands below what it does.
pub fn entry(console: Console, listed: Listed, beneath: Markup) -> Markup {
    let Listed {
        of,
        title,
        description,
        ..
    } = listed;
    let name = of.operation.clone();
    let link = el("a").attr("href", &of.address()).child(title.as_str());
    let class = of.class;
    let named = el("div").child(link).child(view! { <ApiName name /> });
    let does = el("div").child(description_of(&description)).child(beneath);
    el("li")
        .child(star(console, &title, of))
        .child(named)
        .child(class_badge(class))
        .child(does)
        .into()
}
