//! What stands at the top of a collection's columns: sorting by one, and selecting all rows.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, MouseEvent};

use super::{Collection, CollectionRows, CollectionWords, El, el};
use crate::watch::watch;

pub fn heads(collection: Collection, rows: &CollectionRows, words: &CollectionWords) -> El {
    let mut heads = el("tr").attr("role", "row");
    if rows.selectable > 0 {
        let all = select_all(collection, rows.selectable, words);
        heads = heads.child(head().class("table-select").child(all));
    }
    for (at, column) in rows.columns.iter().enumerate() {
        let title = column.title.as_str();
        heads = heads.child(match collection.is_sortable() {
            true => sortable(collection, at, title),
            false => head().child(title),
        });
    }
    heads
}

fn head() -> El {
    el("th").attr("role", "columnheader").attr("scope", "col")
}

/// Pressed again and again: the first values first, the last first, the order there was.
fn sortable(collection: Collection, column: usize, title: &str) -> El {
    let press = move |_: MouseEvent| {
        collection.ask(|asked| {
            asked.sort = match asked.sort {
                Some((now, false)) if now == column => Some((column, true)),
                Some((now, true)) if now == column => None,
                _ => Some((column, false)),
            };
        });
    };
    let button = el("button")
        .attr("type", "button")
        .class("sort")
        .on("click", press)
        .child(title);
    let sorted = move || {
        let sort = collection.with_asked(|asked| asked.sort);
        let word = match sort {
            Some((now, false)) if now == column => "ascending",
            Some((now, true)) if now == column => "descending",
            _ => "none",
        };
        Some(word.to_owned())
    };
    head().attr_live("aria-sort", sorted).child(button)
}

/// Checked, unchecked or between the two, for all rows that match.
fn select_all(collection: Collection, selectable: usize, words: &CollectionWords) -> El {
    let matching = move || {
        let mut rows = collection.matching();
        rows.retain(|row| *row < selectable);
        rows
    };
    let (label, input) = checkbox((words.select_all)().to_owned(), move |is_checked| {
        collection.select(&untrack(matching), is_checked);
    });
    watch(move || {
        let rows = matching();
        let selected = collection.selection.count_of(&rows);
        input.set_checked(selected > 0 && selected == rows.len());
        input.set_indeterminate(selected > 0 && selected < rows.len());
    });
    label.child(el("span").class("check-text").child((words.select_all)()))
}

pub fn checkbox(name: String, change: impl Fn(bool) + 'static) -> (El, HtmlInputElement) {
    let input = el("input").attr("type", "checkbox");
    let element: HtmlInputElement = input.element().clone().unchecked_into();
    let heard = element.clone();
    let input = input
        .attr("aria-label", &name)
        .on("change", move |_: Event| change(heard.checked()));
    (el("label").class("check").child(input), element)
}
