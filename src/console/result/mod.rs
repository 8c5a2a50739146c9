//! What came of a request.

mod attempts;
mod batch;
mod error;
mod flash;
mod messages;
mod next;
mod output;
mod read_back;
mod tone;

pub use flash::ResultFlash;

use crate::state::{Form, RESULT_ID, Run};
use crate::text;
use crate::ui::{Container, Markup, StatusIndicator, el, live};
use formsmith_api::outcome::Outcome;
use leptos::prelude::*;
use std::sync::Arc;

/// The result of a form's last run, if there is one.
#[component]
pub fn ResultView(form: Form) -> Markup {
    live(move || {
        let run = form.run()?;
        let place = el("div").attr("id", RESULT_ID).attr("tabindex", "-1");
        Some(place.class("stack").child(result(form, &run)))
    })
}

fn result(form: Form, run: &Arc<Run>) -> Markup {
    let verdict = text::verdict(form.model, form.operation, run);
    let sent_to = text::sent_to(run.target, &run.region);
    let (kind, detail) = (tone::kind(verdict.tone), verdict.detail);
    let detail: Markup = (!detail.is_empty()).then(|| el("p").child(detail)).into();
    view! {
        <Container title=text::RESULT description=sent_to>
            <StatusIndicator kind text=verdict.title />
            {detail}
            {next::view(form, run)}
        </Container>
        {read_back::view(form, run)}
        {answer(form, run)}
        {attempts::view(form, run)}
    }
    .into()
}

/// What the last answer says, and what became of each entry of a batch.
fn answer(form: Form, run: &Run) -> Markup {
    let rows = run.rows.as_ref().map(|rows| batch::view(form, run, rows));
    let last = run.last().map(|attempt| match &attempt.result {
        Ok((_, Outcome::Output(output))) => output::view(form, output),
        Ok((response, Outcome::Error(error))) => error::view(form, error, response),
        Ok((_, Outcome::Batch(batch))) if !batch.rest.is_empty() => output::rest(&batch.rest),
        Ok(_) => Markup::default(),
        Err(failure) => error::of_proxy(failure).into(),
    });
    (last, rows).into()
}
