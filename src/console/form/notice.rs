//! What happened to the whole form.

use crate::state::{Form, Notice};
use crate::text;
use crate::ui::{Button, Flash, Kind};
use leptos::prelude::*;

#[component]
pub fn FormNotice(form: Form) -> impl IntoView {
    move || {
        form.notice().map(|notice| {
            let (kind, sentence) = match &notice {
                Notice::Pasted { rows } => (Kind::Success, text::pasted(*rows)),
                Notice::PasteRefused(refused) => (Kind::Error, text::paste_refused(refused)),
                Notice::Replaced { by, .. } => (Kind::Info, text::replaced(by)),
                Notice::NotKept => (Kind::Warning, text::NOT_KEPT.into()),
            };
            let can_undo = matches!(notice, Notice::Replaced { .. });
            form.console.announce(sentence.clone());
            let action = move || {
                can_undo.then(|| {
                    view! { <Button on_click=move |_| form.undo()>{text::UNDO}</Button> }
                })
            };
            view! {
                <Flash
                    kind
                    title=sentence
                    action
                    on_dismiss=move |()| form.dismiss_notice()
                    dismiss_label=text::DISMISS
                />
            }
        })
    }
}
