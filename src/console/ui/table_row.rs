use leptos::prelude::*;

use super::{Markup, el};

/// One row of a `DataTable`.
#[component]
pub fn TableRow(children: Markup) -> Markup {
    el("tr").attr("role", "row").child(children).into()
}

/// One cell. `column` is the column's title, shown beside the value where rows are cards.
#[component]
pub fn TableCell(#[prop(into)] column: String, children: Markup) -> Markup {
    el("td")
        .attr("role", "cell")
        .attr("data-column", &column)
        .child(el("div").class("cell").child(children))
        .into()
}
