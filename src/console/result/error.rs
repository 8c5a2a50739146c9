//! An error of the service: its name, its words, and what to do.

use super::{other_region, output};
use crate::browser::save_target;
use crate::sign_in_button::sign_in_button;
use crate::state::{CopyStatus, Form, ShownRun};
use crate::ui::{
    CodeBlock, Container, CopyButton, KeyValue, KeyValues, Markup, clamped, el, key_values, live,
    text_link,
};
use formsmith_api::http::HttpResponse;
use formsmith_api::outcome::request_id;
use formsmith_api::permission;
use formsmith_api::protocol::{self, ServiceError};
use formsmith_api::secret::Secret;
use formsmith_run::Failure;
use formsmith_wire::{BUCKET_REGION, Code};
use formsmith_words as words;
use leptos::prelude::*;

pub fn view(shown: ShownRun, error: &ServiceError, response: &HttpResponse) -> Markup {
    let name = error.name.clone().unwrap_or_default();
    let shape = shown.op.model.error(shown.op.operation, &name);
    // A model may list an error and say nothing of it.
    let meaning = match shape {
        Some(shape) => shape.traits.documentation.clone(),
        None => Some(words::unmodeled().to_owned()),
    };
    let remedy = shape.and_then(|shape| shape.traits.remedy.clone());
    let remedy = remedy.unwrap_or_else(|| words::remedy(&name, error.status).into());
    let remedy = match response.header("retry-after") {
        Some(seconds) => words::sentences(&[&remedy, &words::retry_after(seconds)]),
        None => remedy,
    };
    let id = request_id(response).unwrap_or(words::none());
    let message = error.message.as_deref().unwrap_or(words::none());
    let members = (!error.members.is_empty()).then(|| {
        let members = match shape {
            Some(shape) => output::members(shown, shape, &error.members, Secret::ByForm),
            None => output::rest(&error.members),
        };
        (el("h3").child(words::error_details()), members)
    });
    let fact = |label: &str, text: &str| view! { <KeyValue label>{text}</KeyValue> };
    let message = clamped(message, words::show_all());
    let facts = (
        view! { <KeyValue label=words::message()>{message}</KeyValue> },
        meaning.map(|meaning| fact(words::meaning(), &meaning)),
        fact(words::what_to_do(), &remedy),
        fact(words::status_code(), &error.status.to_string()),
        fact(words::request_id(), id),
    );
    let region = response.header(BUCKET_REGION).unwrap_or_default();
    let denied = permission::is_denied(error).then(|| permission(shown));
    let body: Markup = el("div")
        .class("stack")
        .child(view! { <KeyValues>{facts}</KeyValues> })
        .child(other_region::view(shown, region))
        .child(shown.form.map(of_fields))
        .child(denied)
        .child(members)
        .into();
    view! { <Container title=name>{body}</Container> }.into()
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
fn permission(shown: ShownRun) -> Markup {
    let (service, operation) = (shown.op.service, shown.op.operation);
    let policy = permission::policy(service, operation);
    let status = CopyStatus::new();
    let text = policy.clone();
    let copy = move |()| {
        shown
            .console
            .copy(words::policy_copied().into(), text.clone(), status)
    };
    let actions =
        view! { <CopyButton label=words::copy_policy() on_copy=copy status labelled=true /> };
    let action = el("code").child(permission::action(service, operation));
    (
        el("h3").child(words::permission()),
        el("p").child(action),
        el("h3").child(words::policy()),
        view! { <CodeBlock label=words::policy() text=policy actions /> },
    )
        .into()
}

/// The proxy's own account of a failure, with the code that others know it by.
pub fn of_proxy(shown: ShownRun, of: &Failure) -> Option<Markup> {
    let Failure::Proxy(failure) = of else {
        return None;
    };
    let or_none = |text| match text {
        "" => words::none(),
        text => text,
    };
    let facts = key_values(&[
        (words::message(), or_none(&failure.message)),
        (words::what_to_do(), or_none(&failure.action)),
        (words::code(), &failure.code),
    ]);
    let other = other_region::view(shown, &failure.region);
    let op = shown.op;
    let member = protocol::answer_file_member(op.model, op.service, op.operation);
    let is_too_large = failure.known() == Some(Code::UpstreamTooLarge);
    let to_file = (is_too_large && member.is_some()).then(|| {
        let advice = match save_target::has_disk() {
            true => words::too_large_save(words::save_to_file()),
            false => words::too_large_receive(words::receive_as_file()),
        };
        el("p").child(advice)
    });
    let sign_in = sign_in_button(shown.console, of);
    let facts: Markup = (
        facts,
        Markup::from(sign_in),
        Markup::from(to_file),
        Markup::from(other),
    )
        .into();
    Some(view! { <Container title=words::from_proxy()>{facts}</Container> }.into())
}
