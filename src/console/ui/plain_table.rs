use super::{El, Markup, el};

/// A table that is read as it is: neither sorted nor filtered. The roles stay where there is
/// little room, and it is drawn as a list.
pub fn plain_table(class: &str, heads: &[&str], rows: Vec<Markup>) -> El {
    let cells = heads.iter().map(|text| {
        let head = el("th").attr("role", "columnheader").attr("scope", "col");
        head.child(*text).into()
    });
    let heads = line(cells.collect());
    let group = |tag| el(tag).attr("role", "rowgroup");
    let table = el("table")
        .class(class)
        .attr("role", "table")
        .child(group("thead").child(heads))
        .child(group("tbody").child(rows));
    el("div").class("plain-table").child(table)
}

/// A row of such a table.
pub fn plain_row(cells: Vec<Markup>) -> Markup {
    let cells = cells.into_iter();
    line(
        cells
            .map(|cell| el("td").attr("role", "cell").child(cell).into())
            .collect(),
    )
    .into()
}

fn line(cells: Vec<Markup>) -> El {
    el("tr").attr("role", "row").child(cells)
}
