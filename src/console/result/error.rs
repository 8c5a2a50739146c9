//! An error of the service: its name, its words, and what to do.

use super::output;
use crate::state::Form;
use crate::text;
use crate::ui::{Container, KeyValue, KeyValues};
use formsmith_api::http::HttpResponse;
use formsmith_api::outcome::request_id;
use formsmith_api::protocol::ServiceError;
use leptos::prelude::*;

pub fn view(form: Form, error: &ServiceError, response: &HttpResponse) -> impl IntoView + use<> {
    let name = error.name.clone().unwrap_or_default();
    let shape = form
        .operation
        .errors
        .iter()
        .find(|id| id.name() == name)
        .and_then(|id| form.console.model.shape(id));
    let meaning = shape.and_then(|shape| shape.traits.documentation.clone());
    let meaning = meaning.unwrap_or_else(|| text::UNMODELED.into());
    let remedy = shape.and_then(|shape| shape.traits.remedy.clone());
    let remedy = remedy.unwrap_or_else(|| text::remedy(&name, error.status).into());
    let wait = response.header("retry-after").map(text::retry_after);
    let id = request_id(response).unwrap_or(text::NONE).to_owned();
    let message = error.message.clone().unwrap_or_else(|| text::NONE.into());
    let status = error.status;
    let wait = wait.map(|wait| format!(" {wait}"));
    let members = (!error.members.is_empty()).then(|| {
        let members = match shape {
            Some(shape) => output::members(form, shape, &error.members).into_any(),
            None => output::rest(&error.members).into_any(),
        };
        view! { <h3>{text::ERROR_DETAILS}</h3> {members} }
    });
    view! {
        <Container title=name>
            <div class="stack">
                <KeyValues>
                    <KeyValue label=text::MESSAGE>
                        {message}
                    </KeyValue>
                    <KeyValue label=text::MEANING>{meaning}</KeyValue>
                    <KeyValue label=text::WHAT_TO_DO>{remedy} {wait}</KeyValue>
                    <KeyValue label=text::STATUS_CODE>{status}</KeyValue>
                    <KeyValue label=text::REQUEST_ID>{id}</KeyValue>
                </KeyValues>
                {members}
            </div>
        </Container>
    }
}
