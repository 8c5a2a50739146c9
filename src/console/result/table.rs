//! A table of rows that came as an answer, and taking them elsewhere.

use crate::browser::file;
use crate::browser::task::{self, Slices};
use crate::state::{Console, CopyStatus};
use crate::ui::{
    Collection, CollectionRows, CollectionTable, CopyButton, Markup, el, live, menu_button,
    menu_group, menu_item,
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

/// Copying and saving what the person has selected, or else all that is shown; both say which.
pub fn exports(console: Console, collection: Collection, export: Export) -> Markup {
    // Callbacks can't hold what is not to be shared with other threads.
    let export = StoredValue::new_local(export);
    let total = collection.total;
    let counts = Memo::new(move |_| {
        let selected = collection.selection.chosen().len();
        (selected, collection.matching_count())
    });
    let taken = move |(selected, matching)| words::taken(selected, matching, total);
    let rows = move || untrack(move || collection.chosen());
    let save = move |kind: Written| {
        let rows = rows();
        task::spawn(async move {
            let count = rows.len();
            let Some((content, name)) = written(export, rows, kind).await else {
                return;
            };
            let name = [&*name, ".", kind.ending()].concat();
            let is_saved = file::save(&name, &content, kind.media_type());
            console.announce(words::saved(count, &name, is_saved));
        });
    };
    let choices = move || {
        let items = [
            (words::as_csv(), Written::Csv),
            (words::json(), Written::Json),
        ];
        let items = items.map(|(label, kind)| menu_item(label, "", move || save(kind)));
        menu_group(&taken(counts.get_untracked()), items.into()).into()
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
    let copy_button = live(move || {
        let (selected, matching) = counts.get();
        let label = words::copy_rows_of(selected, matching, total);
        view! { <CopyButton label on_copy=copy status labelled=true /> }
    });
    el("div")
        .class("exports")
        .attr("role", "group")
        .attr_live("aria-label", move || Some(taken(counts.get())))
        .child(menu_button(words::download(), choices))
        .child(copy_button)
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
    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Tabbed => "tsv",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Json => "application/json",
            Self::Tabbed => "text/plain",
        }
    }

    /// Some rows of a text; the first begin it.
    fn part(self, export: &Export, rows: &[usize], is_first: bool) -> String {
        let values = rows.iter().map(|&at| (export.row)(at));
        let listed = |values: Vec<Value>, first: Lines, others: Lines| {
            let lines = if is_first { first } else { others };
            lines(&export.columns, &values)
        };
        match self {
            Self::Csv => listed(values.collect(), table::csv, table::csv_rows),
            Self::Tabbed => listed(values.collect(), table::tabbed, table::tabbed_rows),
            Self::Json => {
                let items: Vec<String> = values.map(|it| json::indented_item(&it)).collect();
                let open = if is_first { "[" } else { "," };
                [open, &items.join(",")].concat()
            }
        }
    }

    /// What follows the last row.
    fn end(self, has_rows: bool) -> &'static str {
        match (self, has_rows) {
            (Self::Json, true) => "\n]",
            (Self::Json, false) => "]",
            _ => "",
        }
    }
}

/// Writes rows with these columns.
type Lines = fn(&[Column], &[Value]) -> String;

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
        let of_part = rows.chunks(PART).nth(part).unwrap_or_default();
        let more = export.try_with_value(|export| kind.part(export, of_part, part == 0))?;
        text.push_str(&more);
        slices.rest().await;
    }
    text.push_str(kind.end(!rows.is_empty()));
    Some((text, export.try_with_value(|export| export.file.clone())?))
}
