//! An error of the service: its name, its words, and what to do.

use super::output;
use crate::state::{Form, ShownRun};
use crate::text;
use crate::ui::{
    CodeBlock, Container, CopyButton, KeyValue, KeyValues, Markup, clamped, el, key_values, live,
    text_link,
};
use formsmith_api::http::HttpResponse;
use formsmith_api::outcome::request_id;
use formsmith_api::permission;
use formsmith_api::protocol::ServiceError;
use formsmith_run::Failure;
use leptos::prelude::*;

pub fn view(shown: ShownRun, error: &ServiceError, response: &HttpResponse) -> Markup {
    let name = error.name.clone().unwrap_or_default();
    let shape = shown
        .op
        .operation
        .errors
        .iter()
        .find(|id| id.name() == name)
        .and_then(|id| shown.op.model.shape(id));
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
            Some(shape) => output::members(shown, shape, &error.members),
            None => output::rest(&error.members),
        };
        (el("h3").child(text::ERROR_DETAILS), members)
    });
    let fact = |label: &str, text: &str| view! { <KeyValue label>{text}</KeyValue> };
    let message = clamped(message, text::SHOW_ALL);
    let facts = (
        view! { <KeyValue label=text::MESSAGE>{message}</KeyValue> },
        fact(text::MEANING, &meaning),
        fact(text::WHAT_TO_DO, &remedy),
        fact(text::STATUS_CODE, &error.status.to_string()),
        fact(text::REQUEST_ID, id),
    );
    let denied = permission::is_denied(error).then(|| permission(shown));
    let body: Markup = el("div")
        .class("stack")
        .child(view! { <KeyValues>{facts}</KeyValues> })
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
                    text_link(&text::go_to_field(&it.place), press).into()
                }
                None => el("code").child(it.path).into(),
            };
            list = list.child(el("li").child((it.message, Markup::from(" "), way)));
        }
        (el("h3").child(text::OF_FIELDS), list).into()
    })
}

/// What to ask an administrator for.
fn permission(shown: ShownRun) -> Markup {
    let (service, operation) = (shown.op.service, shown.op.operation);
    let policy = permission::policy(service, operation);
    let status = RwSignal::new(None);
    let text = policy.clone();
    let copy = move |()| {
        shown
            .console
            .copy(text::POLICY_COPIED.into(), text.clone(), status)
    };
    let actions =
        view! { <CopyButton label=text::COPY_POLICY on_copy=copy status labelled=true /> };
    let action = el("code").child(permission::action(service, operation));
    (
        el("h3").child(text::PERMISSION),
        el("p").child(action),
        el("h3").child(text::POLICY),
        view! { <CodeBlock label=text::POLICY text=policy actions /> },
    )
        .into()
}

/// The proxy's own account of a failure, with the code that others know it by.
pub fn of_proxy(failure: &Failure) -> Option<Markup> {
    let Failure::Proxy(failure) = failure else {
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
