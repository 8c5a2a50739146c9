//! An error of the service: its name, its words, and what to do.

use super::output;
use crate::state::{Form, TransportFailure};
use crate::text;
use crate::ui::{Container, Markup, el, key_values};
use formsmith_api::http::HttpResponse;
use formsmith_api::outcome::request_id;
use formsmith_api::protocol::ServiceError;
use leptos::prelude::*;

pub fn view(form: Form, error: &ServiceError, response: &HttpResponse) -> Markup {
    let name = error.name.clone().unwrap_or_default();
    let shape = form
        .operation
        .errors
        .iter()
        .find(|id| id.name() == name)
        .and_then(|id| form.model.shape(id));
    let meaning = shape.and_then(|shape| shape.traits.documentation.clone());
    let meaning = meaning.unwrap_or_else(|| text::UNMODELED.into());
    let remedy = shape.and_then(|shape| shape.traits.remedy.clone());
    let remedy = remedy.unwrap_or_else(|| text::remedy(&name, error.status).into());
    let remedy = match response.header("retry-after") {
        Some(seconds) => format!("{remedy} {}", text::retry_after(seconds)),
        None => remedy,
    };
    let id = request_id(response).unwrap_or(text::NONE);
    let message = error.message.as_deref().unwrap_or(text::NONE);
    let members = (!error.members.is_empty()).then(|| {
        let members = match shape {
            Some(shape) => output::members(form, shape, &error.members),
            None => output::rest(&error.members),
        };
        (el("h3").child(text::ERROR_DETAILS), members)
    });
    let facts = key_values(&[
        (text::MESSAGE, message),
        (text::MEANING, &meaning),
        (text::WHAT_TO_DO, &remedy),
        (text::STATUS_CODE, &error.status.to_string()),
        (text::REQUEST_ID, id),
    ]);
    let body: Markup = el("div").class("stack").child(facts).child(members).into();
    view! { <Container title=name>{body}</Container> }.into()
}

/// The proxy's own account of a failure, with the code that others know it by.
pub fn of_proxy(failure: &TransportFailure) -> Option<Markup> {
    let TransportFailure::Proxy(failure) = failure else {
        return None;
    };
    let or_none = |text| match text {
        "" => text::NONE,
        text => text,
    };
    let facts = key_values(&[
        (text::MESSAGE, or_none(&failure.message)),
        (text::WHAT_TO_DO, or_none(&failure.action)),
        (text::CODE, &failure.code),
    ]);
    Some(view! { <Container title=text::FROM_PROXY>{facts}</Container> }.into())
}
