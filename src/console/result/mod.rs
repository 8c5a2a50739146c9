//! What came of a request.

mod attempts;
mod batch;
mod error;
mod flash;
mod messages;
mod next;
mod output;
mod read_back;
mod rows;
mod table;
mod timeline;
mod tone;

pub use flash::ResultFlash;
pub use table::{counter, table};
pub use tone::of_word as tone_of;

use crate::later::later;
use crate::part::later_part;
use crate::state::{Form, RESULT_ID, Run};
use crate::text;
use crate::ui::{Container, Markup, StatusIndicator, el, live, when};
use formsmith_api::outcome::Outcome;
use leptos::prelude::*;
use std::sync::Arc;
use timeline::Timeline;

/// The result of a form's last run, if there is one.
#[component]
pub fn ResultView(form: Form) -> Markup {
    let number = Memo::new(move |_| form.run().map(|run| run.number));
    let run = live(move || {
        number.get()?;
        let run = untrack(move || form.run())?;
        let place = el("div").attr("id", RESULT_ID).attr("tabindex", "-1");
        // What follows other signals, and what is read back, does so by itself.
        let result = later_part(form.console, move || result(form, run.clone()));
        Some(place.class("stack").child(result))
    });
    let timeline = when(
        move || form.following().is_some(),
        move || later_part(form.console, move || timeline(form)),
    );
    (run, timeline).into()
}

later! { fn timeline(form: Form) -> Markup = view! { <Timeline form /> }.into(); }
later! { fn result(form: Form, run: Arc<Run>) -> Markup = content(form, &run); }

fn content(form: Form, run: &Arc<Run>) -> Markup {
    let sent_to = text::sent_to(run.target, &run.region);
    let verdict = live(move || {
        let (_, verdict) = form.verdict_now()?;
        let (kind, detail) = (tone::kind(verdict.tone), verdict.detail);
        let detail = (!detail.is_empty()).then(|| el("p").child(detail));
        Some((
            view! { <StatusIndicator kind text=verdict.title /> },
            detail,
        ))
    });
    view! {
        <Container title=text::RESULT description=sent_to>
            {verdict}
            {next::view(form)}
        </Container>
        {live(move || read_back::view(&*form.run()?))}
        {answer(form, run)}
        {attempts::view(form, run)}
    }
    .into()
}

/// What the last answer says, and what became of each entry of a batch.
fn answer(form: Form, run: &Arc<Run>) -> Markup {
    let rows = run.rows.as_ref().map(|rows| batch::view(form, run, rows));
    let last = run.last().map(|attempt| match &attempt.result {
        // What is followed is shown as it is now.
        Ok((_, Outcome::Output(_))) if form.follows(run) => Markup::default(),
        Ok((_, Outcome::Output(output))) => output::view(form, output),
        Ok((response, Outcome::Error(error))) => error::view(form, error, response),
        Ok((_, Outcome::Batch(batch))) if !batch.rest.is_empty() => output::rest(&batch.rest),
        Ok(_) => Markup::default(),
        Err(failure) => error::of_proxy(failure).into(),
    });
    (last, rows).into()
}
