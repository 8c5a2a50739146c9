//! What was read, in a line: how many pages of it are there, what they took, and loading more of them.

use super::verdict::{is_quiet, sent};
use crate::browser::focus;
use crate::state::{PAGES_ID, ShownRun};
use crate::ui::{Button, Kind, Markup, StatusIndicator, description_of, el, live, when};
use formsmith_run::{MOST_PAGES, PagesStep, Run};
use formsmith_words as words;
use leptos::prelude::*;

/// What can be done about the pages of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    Nothing,
    Stop,
    /// One more page, or all of them. After so many the person is asked first.
    More {
        asked_after: Option<usize>,
        has_failed: bool,
    },
}

/// Nothing where answers have no pages and nothing was read.
pub fn view(shown: ShownRun) -> Markup {
    let is_drawn = shown.part(|run| is_quiet(run) || words::pages_text(run).is_some());
    when(move || is_drawn.get() == Some(true), move || line(shown))
}

fn line(shown: ShownRun) -> Markup {
    let has_pages = shown.op.operation.traits.paginated.is_some();
    let said = shown.part(|run| {
        let Some(text) = words::pages_text(run) else {
            let verdict = words::verdict(Some(run.op), &run.verdict());
            return Some((Kind::Success, verdict.title));
        };
        let kind = match run.pages().map(|pages| &pages.step) {
            Some(PagesStep::Reading | PagesStep::Waiting) => Kind::Loading,
            Some(PagesStep::Failed(_)) => Kind::Error,
            Some(PagesStep::Repeated) => Kind::Warning,
            _ if run.next_page().is_some() => Kind::Info,
            _ => Kind::Success,
        };
        Some((kind, text))
    });
    let cost = shown.part(Run::cost);
    let sent = untrack(move || shown.run())
        .filter(|run| is_quiet(run))
        .and_then(|run| sent(&run));
    let cost = live(move || {
        let cost = words::cost(&cost.get()??, has_pages);
        Some(el("span").class("cost").child(cost))
    });
    let offer = shown.part(|run| {
        let step = run.pages().map(|pages| &pages.step);
        match step {
            Some(step) if step.is_underway() => Offer::Stop,
            _ if run.may_load_pages() => Offer::More {
                asked_after: (step == Some(&PagesStep::Asking)).then(|| run.outputs().len()),
                has_failed: matches!(step, Some(PagesStep::Failed(_))),
            },
            _ => Offer::Nothing,
        }
    });
    // Are there pages that aren't stored? Otherwise only the first is there, and more can come.
    let has_others = shown.part(|run| match run.outputs().len() {
        0 => None,
        1 => (run.op.is_readonly() && run.next_page().is_some()).then_some(false),
        _ => Some(true),
    });
    let text = live(move || {
        let (kind, text) = said.get()??;
        Some(view! { <StatusIndicator kind text /> })
    });
    let buttons = live(move || match offer.get()? {
        Offer::Nothing => None,
        Offer::Stop => Some(button(words::stop_loading(), move || shown.stop_pages())),
        Offer::More {
            asked_after,
            has_failed,
        } => {
            // Who goes on is asked again after twice as many, or a long list would be asked for
            // fifty times.
            let most = asked_after.map_or(MOST_PAGES, |loaded| (loaded - 1).max(MOST_PAGES));
            let all = match (asked_after, has_failed) {
                (Some(_), _) => words::load_more_pages(most),
                (_, true) => words::try_again().to_owned(),
                _ => words::load_all().to_owned(),
            };
            let load = move |most| {
                move || {
                    shown.load_pages(most);
                    // This button gives way to the one that stops, or to what was loaded at once.
                    focus::soon_if_lost(PAGES_ID);
                }
            };
            let next = button(words::next_page(), load(1));
            Some((next, button(&all, load(most))).into())
        }
    });
    let kept = live(move || {
        match has_others.get()?? {
            true => description_of(words::pages_in_memory()),
            // Beside a form this is news only once there are others.
            false if shown.form.is_none() => description_of(words::pages_not_stored()),
            false => None,
        }
    });
    el("div")
        .class("pages")
        .attr("id", PAGES_ID)
        .attr("tabindex", "-1")
        .child(text)
        .child(
            el("span")
                .class("description")
                .child(cost)
                .child(" ")
                .child(sent),
        )
        .child(el("div").class("actions").child(buttons))
        .child(kept)
        .into()
}

fn button(text: &str, press: impl Fn() + Send + Sync + 'static) -> Markup {
    let text = text.to_owned();
    view! { <Button on_click=move |()| press()>{text}</Button> }.into()
}
