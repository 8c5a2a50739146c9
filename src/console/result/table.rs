//! A table of rows that came as an answer, and taking them elsewhere.

use crate::browser::file;
use crate::state::{Console, CopyStatus};
use crate::ui::{
    Button, Collection, CollectionRows, CollectionTable, CopyButton, Markup, el, live,
};
use crate::ui_words;
use formsmith_api::json;
use formsmith_api::table::{self, Column};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::rc::Rc;

/// Rows as other programs get them.
pub struct Export {
    /// Names what the rows are from.
    pub file: String,
    pub columns: Vec<Column>,
    /// The row with this index: an object.
    pub row: Rc<dyn Fn(usize) -> Value>,
}

/// The counter behind the heading of a table.
pub fn counter(collection: Collection) -> Signal<String> {
    Signal::derive(move || words::counter(collection.selection.count(), collection.total))
}

/// The table itself. `items` is what its rows are, in a sentence.
pub fn table(
    console: Console,
    collection: Collection,
    rows: CollectionRows,
    label: String,
    items: String,
) -> Markup {
    let announce = Callback::new(move |sentence: String| console.announce(sentence));
    let (empty, words) = (words::none_of(&items), &ui_words::TABLE);
    view! { <CollectionTable collection rows label items empty words announce /> }.into()
}

/// Copying and saving what is selected, or else all that is shown.
pub fn exports(console: Console, collection: Collection, export: Export) -> Markup {
    // Callbacks can't hold what is not to be shared with other threads.
    let export = StoredValue::new_local(export);
    let counts = move || (collection.selection.count(), collection.matching_count());
    let taken = Signal::derive(move || {
        let (selected, matching) = counts();
        words::taken(selected, matching, collection.total)
    });
    let rows = move || -> Vec<Value> {
        let rows = untrack(move || collection.chosen());
        export.with_value(|export| rows.into_iter().map(|at| (export.row)(at)).collect())
    };
    let save = move |format: &'static str, ending: &'static str, kind: &'static str| {
        let title = move || {
            let (selected, matching) = counts();
            words::download(format, selected, matching, collection.total)
        };
        let press = move |()| {
            let rows = rows();
            let count = rows.len();
            let content = match ending {
                "csv" => export.with_value(|export| table::csv(&export.columns, &rows)),
                _ => json::indented(&Value::Array(rows)),
            };
            let name = export.with_value(|export| format!("{}.{ending}", export.file));
            let is_saved = file::save(&name, &content, kind);
            console.announce(words::saved(count, &name, is_saved));
        };
        view! { <Button on_click=press>{live(title)}</Button> }
    };
    let status = CopyStatus::new();
    let copy = move |()| {
        let rows = rows();
        let text = export.with_value(|export| table::tabbed(&export.columns, &rows));
        console.copy(words::rows(rows.len()), text, status);
    };
    el("div")
        .class("exports")
        .attr("role", "group")
        .attr_live("aria-label", move || Some(taken.get()))
        .child(el("span").class("counter").child(taken))
        .child(view! { <CopyButton label=words::copy_rows() on_copy=copy status labelled=true /> })
        .child(save("CSV", "csv", "text/csv;charset=utf-8"))
        .child(save("JSON", "json", "application/json"))
        .into()
}
