use leptos::{html, prelude::*};

use super::overflow::track_overflow;

/// A column's heading.
#[derive(Clone)]
pub struct TableColumn {
    title: String,
}

impl TableColumn {
    /// A column headed by its title.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into() }
    }
}

/// A native table; `children` are its `TableRow`s. Roles are spelt out because the narrow
/// layout, which shows rows as cards, would take them away.
#[component]
pub fn DataTable(
    /// The table's name, and its scroll region's.
    #[prop(into)]
    label: String,
    columns: Vec<TableColumn>,
    /// How many rows there are, shown or not.
    #[prop(into)]
    row_count: Signal<usize>,
    /// Stands in place of the rows when there are none.
    #[prop(optional, into)]
    empty: ViewFn,
    children: Children,
) -> impl IntoView {
    let region_ref = NodeRef::<html::Div>::new();
    let overflows = track_overflow(region_ref, row_count);
    let width = columns.len().to_string();
    let none = Memo::new(move |_| row_count.get() == 0);
    let region = label.clone();
    view! {
        <div
            class="table-region"
            node_ref=region_ref
            role=move || overflows.get().then_some("region")
            tabindex=move || overflows.get().then_some("0")
            aria-label=move || overflows.get().then(|| region.clone())
        >
            <table
                class="table"
                role="table"
                aria-label=label
                aria-rowcount=move || (row_count.get() + 1).to_string()
            >
                <thead role="rowgroup">
                    <tr role="row">
                        {columns.into_iter().map(heading).collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {children()}
                    {move || {
                        none.get()
                            .then(|| {
                                view! {
                                    <tr role="row" class="table-empty">
                                        <td role="cell" colspan=width.clone()>
                                            {empty.run()}
                                        </td>
                                    </tr>
                                }
                            })
                    }}
                </tbody>
            </table>
        </div>
    }
}

fn heading(column: TableColumn) -> impl IntoView {
    view! { <th role="columnheader" scope="col">{column.title}</th> }
}
