//! Maps: rows of a name and its value.

use super::field::FieldView;
use super::list_field::{Row, RowsFooter};
use super::naming;
use crate::state::Form;
use crate::text;
use crate::ui::AttributeEditor;
use formsmith_api::draft::NodeId;
use leptos::prelude::*;

#[component]
pub fn MapField(form: Form, node: NodeId) -> impl IntoView {
    let entries = Memo::new(move |_| form.with_draft(|draft| draft.entries(node)));
    view! {
        <div id=naming::rows_id(node)>
            <AttributeEditor
                columns=Vec::new()
                info_label=text::INFO
                footer=move || view! { <RowsFooter form node /> }
            >
                <For
                    each=move || entries.get()
                    key=|entry| entry.key
                    children=move |entry| {
                        view! {
                            <Row form list=node row=entry.key>
                                <FieldView form node=entry.key />
                                <FieldView form node=entry.value />
                            </Row>
                        }
                    }
                />
            </AttributeEditor>
        </div>
    }
}
