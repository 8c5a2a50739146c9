//! What happened to the whole form.

use crate::state::{Form, LinkRegion, NOTICE_ID, Notice, Replacement};
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
            Notice::Replaced { by, .. } => (of_replacement(by), text::replaced(by)),
            Notice::LinkRefused(_) => (Kind::Error, text::LINK_REFUSED.into()),
            Notice::LinkRegion(region) => (of_region(region), text::link_region(region)),
            Notice::NotLoaded => (Kind::Error, text::LOADED_LATER.failed.into()),
            Notice::Left => (Kind::Warning, text::NOTHING_SENT.into()),
            Notice::Refused { .. } => (Kind::Error, text::NOTHING_SENT.into()),
            Notice::NoRun(None) => (Kind::Warning, text::NO_RUN.into()),
            Notice::NoRun(Some(_)) => (Kind::Warning, text::HISTORY_FAILED.into()),
            Notice::NotKept => (Kind::Warning, text::NOT_KEPT.into()),
            Notice::NotInHistory(_) => (Kind::Error, text::NOT_SENT.into()),
            Notice::AnswerNotInHistory(_) => (Kind::Warning, text::ANSWER_NOT_KEPT.into()),
        };
        let (detail, is_said) = match &notice {
            Notice::Replaced { by, .. } => match by {
                Replacement::Scenario { story, .. } => (story.clone(), false),
                Replacement::Command { story, .. } => (story.clone(), true),
                Replacement::Link(link) | Replacement::Run(link) => (text::from_link(link), true),
                _ => (String::new(), false),
            },
            Notice::LinkRefused(why) => (text::link_problem(why), true),
            Notice::NotLoaded => (text::NOTHING_DONE.into(), true),
            Notice::Left => (text::LEFT.into(), true),
            Notice::Refused { why, .. } => (why.clone(), true),
            Notice::NotInHistory(why) | Notice::NoRun(Some(why)) => {
                (text::history_trouble(*why).into(), true)
            }
            Notice::AnswerNotInHistory(why) => (text::history_trouble(*why).into(), false),
            _ => (String::new(), false),
        };
        form.console.announce(match is_said {
            true => text::spoken(&sentence, &detail),
            false => sentence.clone(),
        });
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
                {detail}
            </Flash>
        };
        let place = el("div").attr("id", NOTICE_ID).attr("tabindex", "-1");
        Some(place.child(flash))
    })
}

/// What could not be taken from a link is a warning.
fn of_replacement(by: &Replacement) -> Kind {
    let (Replacement::Link(link) | Replacement::Run(link)) = by else {
        return Kind::Info;
    };
    match link.left_out.is_empty() {
        false => Kind::Warning,
        true => link.region.as_ref().map_or(Kind::Info, of_region),
    }
}

fn of_region(region: &LinkRegion) -> Kind {
    match region {
        LinkRegion::Chosen(_) => Kind::Info,
        LinkRegion::Unknown { .. } => Kind::Warning,
    }
}
