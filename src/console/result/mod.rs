//! What came of a request.

mod attempts;
mod batch;
mod beside;
mod codes;
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
mod sent;
mod split;
mod table;
mod timeline;
mod verdict;
mod waiting;

pub use flash::flashes;
pub use sent::sent;
pub use table::{Export, counter, exports, table};

use crate::answer;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Form, RESULT_ID, ShownRun};
use crate::ui::{Container, El, Markup, el, live, when};
use formsmith_api::outcome::Outcome;
use formsmith_run::{Answer, Run};
use formsmith_words as words;
use leptos::prelude::*;
use timeline::Timeline;
use web_sys::Element;

/// A form, and around it the result of the run that it shows, if there is one: what came of it
/// stands above the form, and what was sent beneath it.
pub fn around(form: Form, shown_form: El) -> Markup {
    let [above, below] = [(); 2].map(|()| el("div").class("result-place"));
    let places = [above.element().clone(), below.element().clone()];
    let result = live(move || {
        form.result_key()?;
        let place = el("div")
            .class("stack")
            .attr("id", RESULT_ID)
            .attr("role", "region")
            .attr("aria-label", words::result())
            .attr("tabindex", "-1");
        // What follows other signals, and what is read back, does so by itself.
        let (of, places) = (place.element().clone(), places.clone());
        let result = lazy_view(form.console, move || {
            result(form, of.clone(), places.clone())
        });
        Some(place.child(result))
    });
    (above.child(result), shown_form, below).into()
}

lazy! {
    fn result(form: Form, place: Element, places: [Element; 2]) -> Markup =
        untrack(move || form.shown())
            .map(|shown| {
                let rest = el("div").class("stack").child(sent_and_others(shown));
                beside::arrange(place, rest.element().clone(), places);
                (split::edge(), verdict::head(shown), come_of(shown))
            })
            .into();
}

/// What came of a run, on its own page; drawn anew for further results.
pub fn run_result(shown: ShownRun) -> Markup {
    (come_of(shown), sent_and_others(shown)).into()
}

/// What was sent and received, word by word, and the other runs of its form.
fn sent_and_others(shown: ShownRun) -> Markup {
    let run = untrack(move || shown.run());
    let attempts = run.map(|run| attempts::view(shown, &run));
    (shown.form.map(runs::view), attempts).into()
}

/// Beside a form a flash tells the verdict; then nothing stands between it and the entries of a batch.
fn come_of(shown: ShownRun) -> Markup {
    let Some(run) = untrack(move || shown.run()) else {
        return Markup::default();
    };
    let rows = run.rows.as_ref().map(|rows| batch::view(shown, &run, rows));
    let is_followed = shown.part(|run| run.follow.is_some());
    let waits = run.wait.is_some().then(|| waiting::view(shown));
    let told = (verdict::view(shown), pages::view(shown), next::more(shown)).into();
    let result: Markup = match shown.form {
        // The place that it stands in is the result.
        Some(_) => told,
        None => view! { <Container title=words::result()>{told}</Container> }.into(),
    };
    view! {
        {result}
        {Markup::from(rows)}
        {waiting::after(shown)}
        {waits}
        {read_back::view(shown)}
        {said(shown, &run)}
        {when(move || is_followed.get() == Some(true), move || view! { <Timeline shown /> })}
    }
    .into()
}

/// What the last answer says, but for what became of the entries of a batch.
fn said(shown: ShownRun, run: &Run) -> Markup {
    let Some(last) = run.last() else {
        return Markup::default();
    };
    match last.answer() {
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
            Outcome::Empty => el("p").child(words::answer_empty()).into(),
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
    }
}
