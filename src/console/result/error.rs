//! An error of the service: its name, its words, and what to do.

use super::other_region;
use crate::answer;
use crate::lazy_view::lazy_view;
use crate::permissions::{Request, of_request};
use crate::state::{Form, ShownRun};
use crate::ui::{Container, KeyValue, KeyValues, Markup, clamped, el, live, switched, text_link};
use formsmith_api::http::HttpResponse;
use formsmith_api::model::Shape;
use formsmith_api::outcome::request_id;
use formsmith_api::permission::{Denial, is_denied};
use formsmith_api::protocol::ServiceError;
use formsmith_run::Run;
use formsmith_wire::BUCKET_REGION;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::{Map, Value};

pub fn view(shown: ShownRun, run: &Run, error: &ServiceError, response: &HttpResponse) -> Markup {
    let name = error.name.clone().unwrap_or_default();
    let shape = shown.op.model.error(shown.op.operation, &name);
    // A model may not list an error, or say nothing of it.
    let meaning = shape.and_then(|shape| shape.traits.documentation.clone());
    let remedy = shape.and_then(|shape| shape.traits.remedy.clone());
    let remedy = remedy.unwrap_or_else(|| words::remedy(&name, error.status).into());
    let remedy = match response.header("retry-after") {
        Some(seconds) => words::sentences(&[&remedy, &words::retry_after(seconds)]),
        None => remedy,
    };
    let id = request_id(response).unwrap_or(words::none());
    let said = message(run, error);
    let details = (!error.members.is_empty()).then(|| {
        (
            el("h3").child(words::error_details()),
            details(shown, run, error, shape),
        )
    });
    let fact = |label: &str, text: &str| view! { <KeyValue label>{text}</KeyValue> };
    let facts = (
        view! { <KeyValue label=words::message()>{said}</KeyValue> },
        meaning.map(|meaning| fact(words::meaning(), &meaning)),
        fact(words::what_to_do(), &remedy),
        fact(words::status_code(), &error.status.to_string()),
        fact(words::request_id(), id),
    );
    let region = response.header(BUCKET_REGION).unwrap_or_default();
    let denied = is_denied(error).then(|| permission(shown, run, error));
    let body: Markup = el("div")
        .class("stack")
        .child(view! { <KeyValues>{facts}</KeyValues> })
        .child(other_region::view(shown, region))
        .child(shown.form.map(of_fields))
        .child(denied)
        .child(details)
        .into();
    view! { <Container title=name>{body}</Container> }.into()
}

/// What the error says: with masks for the secrets that it repeats, until they are asked for.
fn message(run: &Run, error: &ServiceError) -> Markup {
    let Some(text) = error.message.clone() else {
        return words::none().into();
    };
    let masked = run.masked_message(error, &text);
    if masked == text {
        return clamped(&text, words::show_all());
    }
    switched(words::secret_switch(words::message()), move |is_shown| {
        let text = if is_shown { &text } else { &masked };
        clamped(text, words::show_all())
    })
}

/// What it says besides, the same way.
fn details(
    shown: ShownRun,
    run: &Run,
    error: &ServiceError,
    shape: Option<&'static Shape>,
) -> Markup {
    let drawn = move |members: &Map<String, Value>| {
        let members = members.clone();
        lazy_view(shown.console, move || {
            answer::of_error(shown, shape, members.clone())
        })
    };
    let masked = run.masked_members(&error.members);
    if masked == error.members {
        return drawn(&masked);
    }
    let members = error.members.clone();
    let words = words::secret_switch(words::error_details());
    switched(words, move |is_shown| {
        drawn(if is_shown { &members } else { &masked })
    })
}

/// What the service says of single fields, with the way to each.
fn of_fields(form: Form) -> Markup {
    live(move || {
        let field_errors = form.field_errors();
        if field_errors.is_empty() {
            return Markup::default();
        }
        let mut list = el("ul").attr("role", "list");
        for it in field_errors {
            let way: Markup = match it.node {
                Some(node) => {
                    let press = Callback::new(move |()| form.go_to_node(node));
                    text_link(&words::go_to_field(&it.place), press).into()
                }
                None => el("code").child(it.path).into(),
            };
            list = list.child(el("li").child((it.message, Markup::from(" "), way)));
        }
        (el("h3").child(words::field_messages()), list).into()
    })
}

/// What to ask an administrator for.
fn permission(shown: ShownRun, run: &Run, error: &ServiceError) -> Markup {
    let request = Request {
        console: shown.console,
        op: shown.op,
        input: run.input.clone(),
        place: run.place.clone(),
        denial: error.message.as_deref().and_then(Denial::read),
    };
    lazy_view(shown.console, move || of_request(request.clone()))
}
