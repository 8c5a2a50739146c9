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
use crate::ui::{Container, StatusIndicator};
use formsmith_api::outcome::Outcome;
use leptos::prelude::*;

/// The result of a form's last request, if there is one.
#[component]
pub fn ResultView(form: Form) -> impl IntoView {
    move || match form.life() {
        Life::Done(exchange) => {
            view! { <div id=RESULT_ID tabindex="-1" class="stack">{result(form, *exchange)}</div> }
                .into_any()
        }
        Life::Idle | Life::Sending { .. } => ().into_any(),
    }
}

fn result(form: Form, exchange: Exchange) -> impl IntoView {
    let (model, operation) = (form.console.model, form.operation);
    let verdict = text::verdict(model, operation, &exchange);
    let body = match &exchange.result {
        Ok((_, Outcome::Batch(batch))) => batch::view(form, batch).into_any(),
        Ok((_, Outcome::Output(output))) => output::view(form, output).into_any(),
        Ok((response, Outcome::Error(error))) => error::view(form, error, response).into_any(),
        Ok((_, Outcome::Empty | Outcome::NotUnderstood(_))) | Err(_) => ().into_any(),
    };
    let sent_to = text::sent_to(exchange.target, &exchange.region);
    let (kind, detail) = (tone::kind(verdict.tone), verdict.detail);
    view! {
        <Container title=text::RESULT description=sent_to>
            <StatusIndicator kind text=verdict.title />
            {(!detail.is_empty()).then(|| view! { <p>{detail}</p> })}
        </Container>
        {body}
        {messages::view(form.console, &exchange)}
    }
}
