//! How many pages of an answer are there, and loading more of them.

use crate::browser::focus;
use crate::state::{PAGES_ID, ShownRun};
use crate::ui::{Button, Kind, Markup, StatusIndicator, description_of, el, live};
use formsmith_run::{MOST_PAGES, PagesStep};
use formsmith_words as words;
use leptos::prelude::*;

/// What can be done about the pages of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    Nothing,
    Stop,
    /// One more, and all of them; so many of these that people are asked between them.
    More {
        is_asking: bool,
        has_failed: bool,
    },
}

pub fn view(shown: ShownRun) -> Markup {
    let said = shown.part(|run| {
        let text = words::pages_text(run)?;
        let kind = match run.pages().map(|pages| &pages.step) {
            Some(PagesStep::Reading | PagesStep::Waiting) => Kind::Loading,
            Some(PagesStep::Failed(_)) => Kind::Error,
            Some(PagesStep::Repeated) => Kind::Warning,
            _ if run.next_page().is_some() => Kind::Info,
            _ => Kind::Success,
        };
        Some((kind, text))
    });
    let offer = shown.part(|run| {
        let step = run.pages().map(|pages| &pages.step);
        match step {
            Some(step) if step.is_underway() => Offer::Stop,
            _ if run.may_load_pages() => Offer::More {
                is_asking: step == Some(&PagesStep::Asking),
                has_failed: matches!(step, Some(PagesStep::Failed(_))),
            },
            _ => Offer::Nothing,
        }
    });
    let kept = shown.part(|run| match run.outputs().len() {
        0 => "",
        // Beside a form this is news only once there are others.
        1 if run.op.is_readonly() && run.next_page().is_some() => words::pages_not_stored(),
        1 => "",
        _ => words::pages_in_memory(),
    });
    let line = live(move || {
        let (kind, text) = said.get()??;
        Some(view! { <StatusIndicator kind text /> })
    });
    let buttons = live(move || match offer.get()? {
        Offer::Nothing => None,
        Offer::Stop => Some(button(words::stop_loading(), move || shown.stop_pages())),
        Offer::More {
            is_asking,
            has_failed,
        } => {
            let all = match (is_asking, has_failed) {
                (true, _) => words::load_more_pages(MOST_PAGES),
                (_, true) => words::load_on().to_owned(),
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
            Some((next, button(&all, load(MOST_PAGES))).into())
        }
    });
    let kept = live(move || {
        let text = kept.get()?;
        let is_news = shown.form.is_none() || text == words::pages_in_memory();
        is_news.then(|| description_of(text)).flatten()
    });
    el("div")
        .class("pages")
        .attr("id", PAGES_ID)
        .attr("tabindex", "-1")
        .child(line)
        .child(el("div").class("actions").child(buttons))
        .child(kept)
        .into()
}

fn button(text: &str, press: impl Fn() + Send + Sync + 'static) -> Markup {
    let text = text.to_owned();
    view! { <Button on_click=move |()| press()>{text}</Button> }.into()
}
