//! The same input as JSON.

use crate::state::Form;
use crate::text;
use crate::ui::{Container, FieldControl, FieldShell, TextArea};
use leptos::prelude::*;

#[component]
pub fn JsonView(form: Form) -> impl IntoView {
    let value = Memo::new(move |_| form.json_text());
    let error = Signal::derive(move || form.json_mistake().map(|it| text::json_mistake(&it)));
    view! {
        <Container title=text::JSON>
            <FieldShell
                id="json"
                label=text::JSON_LABEL
                hint=Some(text::JSON_HINT.to_owned())
                error
                control=FieldControl::new(move |aria| view! {
                <TextArea
                    aria
                    value
                    on_input=move |text| form.write_json(text)
                    rows=20
                    mono=true
                />
            })
            />
        </Container>
    }
}
