use leptos::prelude::*;

/// One row of a `DataTable`.
#[component]
pub fn TableRow(children: Children) -> impl IntoView {
    view! { <tr role="row">{children()}</tr> }
}

/// One cell. `column` is the column's title, shown beside the value where rows are cards.
#[component]
pub fn TableCell(#[prop(into)] column: String, children: Children) -> impl IntoView {
    view! {
        <td role="cell" data-column=column>
            <div class="cell">{children()}</div>
        </td>
    }
}
