//! What happened to the whole form.

use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{
    Form, FromLink, LinkProblem, LinkRegion, NOTICE_ID, Notice, Replacement, preset_not_kept,
};
use crate::ui::{Button, Flash, Kind, Markup, el, live};
use formsmith_words as words;
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
                let (title, detail) = (words::part_missing(), words::nothing_done());
                form.console.announce(words::spoken(title, detail));
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
            dismiss_label=words::dismiss()
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
            Notice::Pasted { rows } => (Kind::Success, words::pasted(*rows)),
            Notice::Replaced { by, .. } => (of_replacement(by), replaced(by)?),
            Notice::LinkRefused(_) => (Kind::Error, words::link_refused().into()),
            Notice::LinkRegion(region) => (of_region(region), of_link_region(region)),
            Notice::NotLoaded => return None,
            Notice::Left => (Kind::Warning, words::nothing_sent().into()),
            Notice::Refused { .. } => (Kind::Error, words::nothing_sent().into()),
            Notice::NoRun(None) => (Kind::Warning, words::no_run().into()),
            Notice::NoRun(Some(_)) => (Kind::Warning, words::history_failed().into()),
            Notice::NoPreset { path, .. } => (Kind::Warning, words::no_preset(path)),
            Notice::DraftNotStored => (Kind::Warning, words::draft_not_stored().into()),
            Notice::ChangedElsewhere => (Kind::Warning, words::changed_elsewhere().into()),
            Notice::NotInHistory(_) => (Kind::Error, words::not_sent().into()),
            Notice::AnswerNotInHistory(_) => (Kind::Warning, words::answer_not_stored().into()),
        };
        let (detail, is_said) = match &notice {
            Notice::Replaced { by, .. } => match by {
                Replacement::Command { story, .. } => (story.clone(), true),
                Replacement::Link(link) | Replacement::Run(link) => (from_link(link), true),
                Replacement::Preset { left_out, .. } => (words::members_left_out(left_out), true),
                _ => (String::new(), false),
            },
            Notice::LinkRefused(why) => (link_problem(why), true),
            Notice::NoPreset { why, .. } => {
                let why = why.map(preset_not_kept);
                (why.unwrap_or_else(words::no_preset_detail).into(), true)
            }
            Notice::Left => (words::left().into(), true),
            Notice::ChangedElsewhere => (words::changed_elsewhere_detail().into(), true),
            Notice::Refused { why, .. } => (why.clone(), true),
            Notice::NotInHistory(why) | Notice::NoRun(Some(why)) => {
                (words::history_trouble(*why).into(), true)
            }
            Notice::AnswerNotInHistory(why) => (words::history_trouble(*why).into(), false),
            _ => (String::new(), false),
        };
        form.console.announce(match is_said {
            true => words::spoken(&sentence, &detail),
            false => sentence.clone(),
        });
        let action = match &notice {
            Notice::Replaced { by, .. } => {
                let undo = move |()| form.undo();
                let label = match by {
                    Replacement::Undone => words::undo(),
                    _ => words::restore_form(),
                };
                Some(Markup::from(
                    view! { <Button on_click=undo>{label}</Button> },
                ))
            }
            Notice::NotInHistory(_) => {
                let send = move |()| form.send_without_history();
                Some(Markup::from(
                    view! { <Button on_click=send>{words::send_without()}</Button> },
                ))
            }
            Notice::ChangedElsewhere => {
                let keep = move |()| form.keep_this_draft();
                let take = move |()| form.take_other_draft();
                let both = view! {
                    <Button on_click=keep>{words::keep_this_draft()}</Button>
                    <Button on_click=take>{words::use_other_draft()}</Button>
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
    let link = match by {
        Replacement::Link(link) | Replacement::Run(link) => link,
        Replacement::Preset { left_out, .. } if !left_out.is_empty() => return Kind::Warning,
        _ => return Kind::Info,
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

/// Nothing where the form says it elsewhere.
fn replaced(by: &Replacement) -> Option<String> {
    Some(match by {
        Replacement::Blank => words::form_cleared().into(),
        Replacement::Settings => words::settings_removed().into(),
        Replacement::Json => words::json_given_up().into(),
        Replacement::Scenario => return None,
        Replacement::Run(_) => words::run_loaded().into(),
        Replacement::Command { .. } => words::command_read().into(),
        Replacement::Link(link) => match &link.taken {
            Some(taken) => words::answer_filled(taken),
            None => words::link_filled().into(),
        },
        Replacement::Preset { path, .. } => words::preset_loaded(path),
        Replacement::Undone => words::form_restored().into(),
        Replacement::OtherTab => words::other_draft_used().into(),
        Replacement::Inverse(title) => words::undoes(title),
        Replacement::Example(title) => words::example_loaded(title),
    })
}

fn from_link(link: &FromLink) -> String {
    let region = link.region.as_ref().map(of_link_region);
    let left_out = words::members_left_out(&link.left_out);
    words::sentences(&[&left_out, &region.unwrap_or_default()])
}

fn of_link_region(region: &LinkRegion) -> String {
    match region {
        LinkRegion::Chosen(region) => words::region_chosen(region),
        LinkRegion::Unknown { named, stays } => words::link_region_unknown(named, stays),
    }
}

fn link_problem(problem: &LinkProblem) -> String {
    match problem {
        LinkProblem::Overtaken => words::link_overtaken().into(),
        LinkProblem::TooLong => words::link_longer().into(),
        LinkProblem::Garbled => words::link_garbled().into(),
        LinkProblem::NotJson => words::link_not_json().into(),
        LinkProblem::WrongType { found, expected } => words::link_of_wrong_type(found, expected),
    }
}
