//! Maps: rows of a name and its value.

use super::field_labels;
use super::list_field::{Row, RowsFooter, all_fields, enter};
use crate::state::Form;
use crate::ui::{AttributeEditor, Markup, each, el};
use formsmith_api::draft::NodeId;
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

#[component]
pub fn MapField(form: Form, node: NodeId) -> Markup {
    let entries = move || form.peek(|draft| draft.entries(node));
    let keys = Memo::new(move |_| {
        let entries = form.with_structure(|draft| draft.entries(node));
        entries
            .into_iter()
            .map(|entry| entry.key)
            .collect::<Vec<_>>()
    });
    let row = move |key| {
        let entry = entries().into_iter().find(|entry| entry.key == key);
        let nodes = entry
            .map(|entry| vec![key, entry.value])
            .unwrap_or_default();
        view! { <Row form list=node row=key>{all_fields(form, nodes)}</Row> }.into()
    };
    let editor = view! {
        <AttributeEditor
            columns=Vec::new()
            info_label=words::info()
            footer=view! { <RowsFooter form node /> }
        >
            {each(move || keys.get(), row)}
        </AttributeEditor>
    };
    el("div")
        .attr("id", &field_labels::rows_id(node))
        .on("keydown", move |event: KeyboardEvent| enter(&event, node))
        .child(editor)
        .into()
}
