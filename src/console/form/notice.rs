//! What happened to the whole form.

use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Form, LinkRegion, NOTICE_ID, Notice, Replacement};
use crate::text;
use crate::ui::{Button, Flash, Kind, Markup, el, live};
use leptos::prelude::*;

/// That the lazy part did not come can be said without it.
#[component]
pub fn FormNotice(form: Form) -> Markup {
    let is_not_loaded = Memo::new(move |_| {
        let notice = form.notice()?;
        Some(matches!(notice, Notice::NotLoaded))
    });
    live(move || {
        Some(match is_not_loaded.get()? {
            true => {
                let (title, detail) = (text::LAZY_PART.failed, text::NOTHING_DONE);
                form.console.announce(text::spoken(title, detail));
                flash(form, Kind::Error, title.into(), detail.into(), None)
            }
            false => lazy_view(form.console, move || notice(form)),
        })
    })
}

lazy! { fn notice(form: Form) -> Markup = content(form); }

fn flash(form: Form, kind: Kind, title: String, detail: String, action: Option<Markup>) -> Markup {
    let flash = view! {
        <Flash
            kind
            title
            action
            on_dismiss=move |()| form.dismiss_notice()
            dismiss_label=text::DISMISS
        >
            {detail}
        </Flash>
    };
    let place = el("div").attr("id", NOTICE_ID).attr("tabindex", "-1");
    place.child(flash).into()
}

fn content(form: Form) -> Markup {
    live(move || {
        let notice = form.notice()?;
        let (kind, sentence) = match &notice {
            Notice::Pasted { rows } => (Kind::Success, text::pasted(*rows)),
            Notice::Replaced { by, .. } => (of_replacement(by), text::replaced(by)),
            Notice::LinkRefused(_) => (Kind::Error, text::LINK_REFUSED.into()),
            Notice::LinkRegion(region) => (of_region(region), text::link_region(region)),
            Notice::NotLoaded => return None,
            Notice::Left => (Kind::Warning, text::NOTHING_SENT.into()),
            Notice::Refused { .. } => (Kind::Error, text::NOTHING_SENT.into()),
            Notice::NoRun(None) => (Kind::Warning, text::NO_RUN.into()),
            Notice::NoRun(Some(_)) => (Kind::Warning, text::HISTORY_FAILED.into()),
            Notice::NotKept => (Kind::Warning, text::NOT_KEPT.into()),
            Notice::ChangedElsewhere => (Kind::Warning, text::CHANGED_ELSEWHERE.into()),
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
            Notice::Left => (text::LEFT.into(), true),
            Notice::ChangedElsewhere => (text::CHANGED_ELSEWHERE_DETAIL.into(), true),
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
                let undo = move |()| form.undo();
                Some(Markup::from(
                    view! { <Button on_click=undo>{text::UNDO}</Button> },
                ))
            }
            Notice::NotInHistory(_) => {
                let send = move |()| form.send_without_history();
                Some(Markup::from(
                    view! { <Button on_click=send>{text::SEND_WITHOUT}</Button> },
                ))
            }
            Notice::ChangedElsewhere => {
                let keep = move |()| form.keep_this_draft();
                let take = move |()| form.take_other_draft();
                let both = view! {
                    <Button on_click=keep>{text::KEEP_THIS_DRAFT}</Button>
                    <Button on_click=take>{text::TAKE_OTHER_DRAFT}</Button>
                };
                Some(Markup::from(both))
            }
            _ => None,
        };
        Some(flash(form, kind, sentence, detail, action))
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
