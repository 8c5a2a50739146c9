//! The same input as JSON.

use crate::state::Form;
use crate::text;
use crate::ui::{Container, FieldControl, FieldShell, Markup, TextArea};
use leptos::prelude::*;

/// The id of the text.
pub const JSON_ID: &str = "json";

#[component]
pub fn JsonView(form: Form) -> Markup {
    let value = Signal::from(Memo::new(move |_| form.json_text()));
    let error = Signal::derive(move || form.json_mistake().map(|it| text::json_mistake(&it)));
    let write = move |text| form.write_json(text);
    let area = FieldControl::new(move |aria| {
        view! { <TextArea aria value on_input=write rows="20" /> }
    });
    view! {
        <Container title=text::JSON>
            <FieldShell id=JSON_ID label=text::JSON_LABEL hint=text::JSON_HINT error control=area />
        </Container>
    }
    .into()
}
