//! A form that was sent, in one line.

use crate::lazy::lazy;
use crate::state::Form;
use crate::ui::{Button, Container, Markup};
use formsmith_words as words;
use leptos::prelude::*;

lazy! { pub fn sent(form: Form) -> Markup = line(form); }

fn line(form: Form) -> Markup {
    let entries = Signal::derive(move || {
        let run = form.run()?;
        let (item, items) = words::entry_words(form.model, form.operation);
        Some(words::form_entries(
            run.rows.as_ref()?.rows.len(),
            &item,
            &items,
        ))
    });
    let counter = Signal::derive(move || entries.get().unwrap_or_default());
    let edit = move |()| form.edit_sent();
    let actions = view! { <Button on_click=edit>{words::edit_sent()}</Button> };
    view! {
        <Container title=words::form_tab() counter description=words::form_sent() actions>
            {Markup::default()}
        </Container>
    }
    .into()
}
