//! Operations in a table: a star, the name that leads to the form, the class, and what it does.

use crate::badges::class_badge;
use crate::star::star;
use crate::state::{Console, Favorite};
use crate::ui::{ApiName, El, Markup, description_of, el, plain_row, plain_table};
use formsmith_words as words;
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

pub fn operations_table(rows: Vec<Markup>) -> El {
    let heads = [
        words::operation(),
        words::class_label(),
        words::operation_does(),
    ];
    plain_table("operations", &heads, rows)
}

/// A row of it. `beneath` stands below what it does.
pub fn entry(console: Console, listed: Listed, beneath: &str) -> Markup {
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
    let named = el("div")
        .class("operation-name")
        .child(star(console, &title, of))
        .child(named);
    let does = (el("p").child(description), description_of(beneath));
    plain_row(vec![named.into(), class_badge(class), Markup::from(does)])
}
