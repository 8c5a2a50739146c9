//! What happened to the whole form.

use crate::state::{Form, NOTICE_ID, Notice, Replacement};
use crate::text;
use crate::ui::{Button, Flash, Kind, Markup, el, live};
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
            Notice::NotInHistory(_) => (Kind::Error, text::NOT_SENT.into()),
            Notice::AnswerNotInHistory(_) => (Kind::Warning, text::ANSWER_NOT_KEPT.into()),
        };
        form.console.announce(match &notice {
            Notice::NotInHistory(why) => text::spoken(&sentence, text::history_trouble(*why)),
            _ => sentence.clone(),
        });
        let story = match &notice {
            Notice::Replaced {
                by: Replacement::Scenario { story, .. } | Replacement::Command { story, .. },
                ..
            } => story.clone(),
            Notice::NotInHistory(why) | Notice::AnswerNotInHistory(why) => {
                text::history_trouble(*why).into()
            }
            _ => String::new(),
        };
        let action = match &notice {
            Notice::Replaced { .. } => {
                Some(view! { <Button on_click=move |()| form.undo()>{text::UNDO}</Button> })
            }
            Notice::NotInHistory(_) => {
                let send = move |()| form.send_without_history();
                Some(view! { <Button on_click=send>{text::SEND_WITHOUT}</Button> })
            }
            _ => None,
        };
        let flash = view! {
            <Flash
                kind
                title=sentence
                action
                on_dismiss=move |()| form.dismiss_notice()
                dismiss_label=text::DISMISS
            >
                {story}
            </Flash>
        };
        let place = el("div").attr("id", NOTICE_ID).attr("tabindex", "-1");
        Some(place.child(flash))
    })
}
