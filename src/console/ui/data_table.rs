use leptos::prelude::*;

use super::overflow::track_overflow;
use super::{Markup, el};

/// A native table under these headings; `rows` are its `TableRow`s. Roles are spelt out because
/// the phone layout, which shows rows as cards, would take them away.
#[component]
pub fn DataTable(
    /// The table's name, and its scroll region's.
    #[prop(into)]
    label: String,
    columns: Vec<String>,
    rows: Vec<Markup>,
    /// Stands in place of the rows when there are none.
    #[prop(optional, into)]
    empty: String,
) -> Markup {
    let mut heads = el("tr").attr("role", "row");
    let (width, count) = (columns.len().to_string(), rows.len());
    for column in columns {
        let head = el("th").attr("role", "columnheader").attr("scope", "col");
        heads = heads.child(head.child(column));
    }
    let mut body = el("tbody").attr("role", "rowgroup").child(rows);
    if count == 0 {
        let none = el("td")
            .attr("role", "cell")
            .attr("colspan", &width)
            .child(empty);
        body = body.child(
            el("tr")
                .attr("role", "row")
                .class("table-empty")
                .child(none),
        );
    }
    let table = el("table")
        .class("table")
        .attr("role", "table")
        .attr("aria-label", &label)
        .attr("aria-rowcount", &(count + 1).to_string())
        .child(el("thead").attr("role", "rowgroup").child(heads))
        .child(body);
    let region = el("div").class("table-region").child(table);
    let overflows = track_overflow(region.element());
    region
        .attr_while("role", "region", move || overflows.get())
        .attr_while("tabindex", "0", move || overflows.get())
        .attr_live("aria-label", move || overflows.get().then(|| label.clone()))
        .into()
}
