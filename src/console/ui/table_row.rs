use leptos::prelude::*;

/// One row of a `DataTable`. `index` is its place among all rows, from 0,
/// needed where only some rows are rendered.
#[component]
pub fn TableRow(
    #[prop(optional, into)] selected: Signal<bool>,
    #[prop(optional, into)] index: Option<Signal<usize>>,
    children: Children,
) -> impl IntoView {
    view! {
        <tr
            role="row"
            class:selected=selected
            aria-rowindex=move || index.map(|index| (index.get() + 2).to_string())
            data-parity=move || index.map(|index| if index.get() % 2 == 0 { "even" } else { "odd" })
        >
            {children()}
        </tr>
    }
}

/// One cell. `column` is the column's title, shown beside the value where rows are cards.
#[component]
pub fn TableCell(#[prop(into)] column: String, children: Children) -> impl IntoView {
    view! {
        <td role="cell" class:narrow=column.is_empty() data-column=column>
            <span class="cell">{children()}</span>
        </td>
    }
}
