//! The same input as JSON.

use crate::state::Form;
use crate::ui::{Container, FieldControl, FieldShell, Markup, MarkupFn, TextArea, switch};
use formsmith_words as words;
use leptos::prelude::*;

/// The id of the text.
pub const JSON_ID: &str = "json";

#[component]
pub fn JsonView(form: Form) -> Markup {
    let value = Signal::from(Memo::new(move |_| form.json_text()));
    let error = Signal::derive(move || form.json_mistake().map(|it| words::json_mistake(&it)));
    let write = move |text| form.write_json(text);
    let is_shown = RwSignal::new(false);
    let has_secret = Memo::new(move |_| form.has_secret());
    let masked = Signal::derive(move || has_secret.get() && !is_shown.get());
    let area = FieldControl::new(move |aria| {
        view! { <TextArea aria value on_input=write masked=Some(masked) rows="20" /> }
    });
    let remedy = MarkupFn::new(move || {
        let switch = || switch(is_shown, words::secret_switch(words::json_label()));
        has_secret.get().then(switch)
    });
    view! {
        <Container title=words::json()>
            <FieldShell id=JSON_ID label=words::json_label() hint=words::json_hint() error remedy control=area />
        </Container>
    }
    .into()
}
