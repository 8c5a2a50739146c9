//! A table of rows that came as an answer, and taking them elsewhere.

use crate::browser::file;
use crate::browser::task::{self, Slices};
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
    let rows = move || untrack(move || collection.chosen());
    let save = move |format: &'static str, kind: Written, ending: &'static str| {
        let title = move || {
            let (selected, matching) = counts();
            words::download(format, selected, matching, collection.total)
        };
        let press = move |()| {
            let rows = rows();
            task::spawn(async move {
                let count = rows.len();
                let Some((content, name)) = written(export, rows, kind).await else {
                    return;
                };
                let name = [&*name, ".", ending].concat();
                let is_saved = file::save(&name, &content, kind.media_type());
                console.announce(words::saved(count, &name, is_saved));
            });
        };
        view! { <Button on_click=press>{live(title)}</Button> }
    };
    let status = CopyStatus::new();
    let copy = move |()| {
        let rows = rows();
        task::spawn(async move {
            let what = words::rows(rows.len());
            if let Some((text, _)) = written(export, rows, Written::Tabbed).await {
                console.copy(what, text, status);
            }
        });
    };
    el("div")
        .class("exports")
        .attr("role", "group")
        .attr_live("aria-label", move || Some(taken.get()))
        .child(el("span").class("counter").child(taken))
        .child(view! { <CopyButton label=words::copy_rows() on_copy=copy status labelled=true /> })
        .child(save("CSV", Written::Csv, "csv"))
        .child(save("JSON", Written::Json, "json"))
        .into()
}

/// How rows are written.
#[derive(Clone, Copy)]
enum Written {
    Csv,
    Json,
    Tabbed,
}

impl Written {
    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Json => "application/json",
            Self::Tabbed => "text/plain",
        }
    }

    /// Some rows of a text; the first begin it.
    fn part(self, export: &Export, rows: &[usize], is_first: bool) -> String {
        let values: Vec<Value> = rows.iter().map(|&at| (export.row)(at)).collect();
        match (self, is_first) {
            (Self::Csv, true) => table::csv(&export.columns, &values),
            (Self::Csv, false) => table::csv_rows(&export.columns, &values),
            (Self::Tabbed, true) => table::tabbed(&export.columns, &values),
            (Self::Tabbed, false) => table::tabbed_rows(&export.columns, &values),
            // A list goes on where the one before would have ended.
            (Self::Json, true) => json::indented(&Value::Array(values)),
            (Self::Json, false) => json::indented(&Value::Array(values)).replacen('[', ",", 1),
        }
    }
}

/// So many rows are written without looking at the time.
const PART: usize = 200;

/// The text, in slices where it is long, and what its file is called; nothing if the table is gone by
/// then.
async fn written(
    export: StoredValue<Export, LocalStorage>,
    rows: Vec<usize>,
    kind: Written,
) -> Option<(String, String)> {
    let (mut text, mut slices) = (String::new(), Slices::new());
    let parts = rows.len().div_ceil(PART).max(1);
    for part in 0..parts {
        let rows = rows.chunks(PART).nth(part).unwrap_or_default();
        let more = export.try_with_value(|export| kind.part(export, rows, part == 0))?;
        if matches!(kind, Written::Json) && part > 0 {
            text.truncate(text.trim_end_matches(']').trim_end().len());
        }
        text.push_str(&more);
        slices.rest().await;
    }
    Some((text, export.try_with_value(|export| export.file.clone())?))
}
