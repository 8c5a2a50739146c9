//! What came of a request.

mod attempts;
mod batch;
mod error;
mod flash;
mod messages;
mod next;
mod other_region;
mod pages;
mod proxy_failure;
mod read_back;
mod rows;
mod runs;
mod split;
mod table;
mod timeline;
mod waiting;

pub use flash::result_flash;
pub use table::{Export, counter, exports, table};

use crate::answer;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Form, RESULT_ID, ShownRun};
use crate::tone;
use crate::ui::{Container, Markup, StatusIndicator, clamped, el, live, when};
use formsmith_api::outcome::Outcome;
use formsmith_run::{Answer, Run};
use formsmith_words as words;
use leptos::prelude::*;
use timeline::Timeline;

/// The result of the run that a form shows, if there is one.
#[component]
pub fn ResultView(form: Form) -> Markup {
    live(move || {
        form.result_key()?;
        let place = el("div").attr("id", RESULT_ID).attr("tabindex", "-1");
        // What follows other signals, and what is read back, does so by itself.
        let result = lazy_view(form.console, move || result(form));
        Some(place.class("stack").child(result))
    })
}

lazy! {
    fn result(form: Form) -> Markup = untrack(move || form.shown())
        .map(|shown| (split::edge(), run_result(shown)))
        .into();
}

/// What came of a run, beside its form or on its own page; drawn anew for further results.
pub fn run_result(shown: ShownRun) -> Markup {
    let Some(run) = untrack(move || shown.run()) else {
        return Markup::default();
    };
    let sent_to = words::sent_to(run.place.target, &run.place.region);
    let verdict = shown.part(|run| words::verdict(Some(run.op), &run.verdict()));
    let verdict = live(move || {
        let verdict = verdict.get()?;
        let (kind, detail) = (tone::kind(verdict.tone), verdict.detail);
        let detail =
            (!detail.is_empty()).then(|| el("p").child(clamped(&detail, words::show_all())));
        Some((
            view! { <StatusIndicator kind text=verdict.title /> },
            detail,
        ))
    });
    let is_followed = shown.part(|run| run.follow.is_some());
    let waits = run.wait.is_some().then(|| waiting::view(shown));
    view! {
        <Container title=words::result() description=sent_to>
            {verdict}
            {next::view(shown)}
            {waiting::after(shown)}
        </Container>
        {waits}
        {read_back::view(shown)}
        {said(shown, &run)}
        {attempts::view(shown, &run)}
        {when(move || is_followed.get() == Some(true), move || view! { <Timeline shown /> })}
        {shown.form.map(runs::view)}
    }
    .into()
}

/// What the last answer says, and what became of each entry of a batch.
fn said(shown: ShownRun, run: &Run) -> Markup {
    let rows = run.rows.as_ref().map(|rows| batch::view(shown, run, rows));
    let Some(last) = run.last() else {
        return Markup::default();
    };
    let said: Markup = match last.answer() {
        None => {
            let of_proxy = |failure| proxy_failure::view(shown, failure);
            last.failure().and_then(of_proxy).into()
        }
        Some(Answer::Cut { .. }) => Markup::default(),
        Some(
            Answer::Whole { response, outcome }
            | Answer::Redacted {
                response, outcome, ..
            },
        ) => match outcome {
            // What is followed is shown as it is now.
            Outcome::Output(_) if run.follow.is_some() => Markup::default(),
            _ if run.wait.is_some() => Markup::default(),
            Outcome::Output(_) => lazy_view(shown.console, move || answer::of_run(shown)),
            Outcome::Error(error) => error::view(shown, run, error, response),
            Outcome::Batch(batch) if !batch.rest.is_empty() => {
                let (rest, which) = (batch.rest.clone(), shown.op.secret_of_answer());
                let operation = shown.op.operation;
                lazy_view(shown.console, move || {
                    answer::output(shown, operation, rest.clone(), which)
                })
            }
            _ => Markup::default(),
        },
    };
    (said, rows).into()
}
