//! One row of a collection's table, and what is open beneath it.

use leptos::prelude::*;
use std::rc::Rc;

use super::collection_heads::checkbox;
use super::{Collection, CollectionRows, CollectionWords, Markup, RowDetail, el, when};
use crate::watch::watch;

/// One row; `place` is where it stands among those that match.
pub fn line(
    collection: Collection,
    rows: &CollectionRows,
    words: &CollectionWords,
    row: usize,
    place: usize,
) -> Markup {
    let mut line = el("tr")
        .attr("role", "row")
        .attr("aria-rowindex", &(place + 2).to_string());
    if let Some(settled) = &rows.settled {
        let is_settled = Rc::clone(&settled.is);
        line = line.attr_while("data-settled", "", move || is_settled(row));
    }
    if rows.selectable > 0 {
        let mut cell = el("td").attr("role", "cell").class("table-select");
        if row < rows.selectable {
            let name = rows.texts.with_untracked(|texts| {
                let text = texts.get(row).and_then(|texts| texts.first());
                let text = text.map_or("", String::as_str);
                (words.select)(row + 1, text)
            });
            let (label, input) = checkbox(name, move |is_checked| {
                collection.select(&[row], is_checked);
            });
            watch(move || input.set_checked(collection.selection.has(row)));
            cell = cell.child(label);
        }
        line = line.child(cell);
    }
    for (at, column) in rows.columns.iter().enumerate() {
        // The column's title stands beside the value where rows are cards.
        let cell = el("td")
            .attr("role", "cell")
            .attr("data-column", &column.title);
        let content = untrack(|| (rows.cell)(row, at));
        line = line.child(cell.child(el("div").class("cell").child(content)));
    }
    match rows.detail.clone() {
        None => line.into(),
        Some(detail) => {
            let beside = detail.beside;
            let is_beside = move || beside.get() == Some(row);
            let line = line.attr_while("aria-current", "true", is_beside);
            (line, detail_line(rows, detail, row)).into()
        }
    }
}

/// What is open beneath a row, over the width of the table.
fn detail_line(
    rows: &CollectionRows,
    RowDetail {
        row: open, draw, ..
    }: RowDetail,
    row: usize,
) -> Markup {
    let width = (rows.columns.len() + usize::from(rows.selectable > 0)).to_string();
    when(
        move || open.get() == Some(row),
        move || {
            let cell = el("td").attr("role", "cell").attr("colspan", &width);
            let line = el("tr").attr("role", "row").class("table-detail");
            line.child(cell.child(draw(row)))
        },
    )
}
