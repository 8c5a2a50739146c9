//! What happened to the whole form.

use crate::state::{Form, Notice, Replacement};
use crate::text;
use crate::ui::{Button, Flash, Kind, Markup, live};
use leptos::prelude::*;

#[component]
pub fn FormNotice(form: Form) -> Markup {
    live(move || {
        let notice = form.notice()?;
        let (kind, sentence) = match &notice {
            Notice::Pasted { rows } => (Kind::Success, text::pasted(*rows)),
            Notice::PasteRefused(refused) => (Kind::Error, text::paste_refused(refused)),
            Notice::Replaced { by, .. } => (Kind::Info, text::replaced(by)),
            Notice::NotKept => (Kind::Warning, text::NOT_KEPT.into()),
        };
        let story = match &notice {
            Notice::Replaced {
                by: Replacement::Scenario { story, .. },
                ..
            } => story.clone(),
            _ => String::new(),
        };
        let can_undo = matches!(notice, Notice::Replaced { .. });
        form.console.announce(sentence.clone());
        let undo = can_undo.then(|| {
            view! { <Button on_click=move |()| form.undo()>{text::UNDO}</Button> }
        });
        Some(view! {
            <Flash
                kind
                title=sentence
                action=undo
                on_dismiss=move |()| form.dismiss_notice()
                dismiss_label=text::DISMISS
            >
                {story}
            </Flash>
        })
    })
}
