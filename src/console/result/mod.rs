//! What came of a request.

mod batch;
mod error;
mod flash;
mod messages;
mod output;
mod tone;

pub use flash::ResultFlash;

use crate::state::{Exchange, Form, Life, RESULT_ID};
use crate::text;
use crate::ui::{Container, Markup, StatusIndicator, el, live};
use formsmith_api::outcome::Outcome;
use leptos::prelude::*;

/// The result of a form's last request, if there is one.
#[component]
pub fn ResultView(form: Form) -> Markup {
    live(move || match form.life() {
        Life::Done(exchange) => {
            let place = el("div").attr("id", RESULT_ID).attr("tabindex", "-1");
            Some(place.class("stack").child(result(form, &exchange)))
        }
        Life::Idle | Life::Sending { .. } => None,
    })
}

fn result(form: Form, exchange: &Exchange) -> Markup {
    let (model, operation) = (form.model, form.operation);
    let verdict = text::verdict(model, operation, exchange);
    let body = match &exchange.result {
        Ok((_, Outcome::Batch(batch))) => batch::view(form, batch),
        Ok((_, Outcome::Output(output))) => output::view(form, output),
        Ok((response, Outcome::Error(error))) => error::view(form, error, response),
        Ok((_, Outcome::Empty | Outcome::NotUnderstood(_))) => Markup::default(),
        Err(failure) => error::of_proxy(failure).into(),
    };
    let sent_to = text::sent_to(exchange.target, &exchange.region);
    let (kind, detail) = (tone::kind(verdict.tone), verdict.detail);
    let detail: Markup = (!detail.is_empty()).then(|| el("p").child(detail)).into();
    view! {
        <Container title=text::RESULT description=sent_to>
            <StatusIndicator kind text=verdict.title />
            {detail}
        </Container>
        {body}
        {messages::view(form.console, exchange)}
    }
    .into()
}
