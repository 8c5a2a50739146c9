//! What IAM has to allow for a request, and the policy that does.

use crate::browser::{scroll, task};
use crate::lazy::lazy;
use crate::state::{Console, CopyStatus, Form, needed, permissions};
use crate::ui::{CodeBlock, CopyButton, Kind, Markup, StatusIndicator, checkbox, el, live};
use crate::watch::watch;
use formsmith_api::permission::{Denial, Needed, Origin};
use formsmith_run::{OperationRef, Place};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

/// A request, and what a service said that denied it.
#[derive(Clone)]
pub struct Request {
    pub console: Console,
    pub op: OperationRef,
    pub input: Value,
    pub place: Place,
    pub denial: Option<Denial>,
}

lazy! {
    in permissions: pub fn of_request(request: Request) -> Markup = {
        let console = request.console;
        let op = request.op;
        view(console, op, move || request.clone(), false)
    };
}

lazy! {
    in permissions: pub fn of_form(form: Form) -> Markup = {
        let console = form.console;
        let op = OperationRef { model: form.model, service: form.service, operation: form.operation };
        view(console, op, move || Request {
            console,
            op,
            input: form.input(),
            place: console.place(),
            denial: None,
        }, true)
    };
}

/// `at_end` of a panel it would unfold out of sight.
fn view(
    console: Console,
    op: OperationRef,
    request: impl Fn() -> Request + 'static,
    at_end: bool,
) -> Markup {
    let document = RwSignal::new_local(None::<Option<Value>>);
    task::spawn(async move {
        let read = permissions(console, op).await;
        document.try_set(Some(read));
    });
    let chosen = RwSignal::new(Vec::new());
    let body = live(move || match document.get() {
        None => view! { <StatusIndicator kind=Kind::Loading text=words::help_waiting() /> }.into(),
        Some(document) => {
            let request = request();
            let mut needed = needed(document.as_ref(), op, &request.input, &request.place);
            if let Some(denial) = &request.denial {
                needed.heed(denial);
            }
            drawn(console, needed, request.denial.as_ref(), chosen)
        }
    });
    let stack = el("div").class("stack").child(body);
    if at_end {
        let whole = stack.element().clone();
        watch(move || {
            document.track();
            // With what opens it, which stands above.
            let details = whole.closest("details").ok().flatten();
            scroll::soon_into_view(details.as_ref().unwrap_or(&whole));
        });
    }
    stack.into()
}

/// `chosen` are the keys of the conditions that the person wants.
fn drawn(
    console: Console,
    needed: Needed,
    denial: Option<&Denial>,
    chosen: RwSignal<Vec<String>>,
) -> Markup {
    let mut actions = el("ul").attr("role", "list");
    for grant in &needed.grants {
        actions = actions.child(el("li").child(el("code").child(grant.action.clone())));
    }
    let also = (!needed.also.is_empty()).then(|| {
        let mut list = el("ul").attr("role", "list");
        for action in &needed.also {
            list = list.child(el("li").child(el("code").child(action.clone())));
        }
        (el("h3").child(words::policy_also()), list)
    });
    let said = denial.map(said_of).unwrap_or_default();
    let notes = paragraphs(notes_on(&needed, denial.is_some()));
    let count = needed.grants.len();
    let conditions = conditions(&needed, chosen);
    let policy = live(move || {
        let chosen = chosen.get();
        let all = needed.conditions.iter().enumerate();
        let chosen: Vec<usize> = all
            .filter(|(_, it)| chosen.contains(&it.key))
            .map(|(at, _)| at)
            .collect();
        let text = needed.policy(&chosen);
        let status = CopyStatus::new();
        let copied = text.clone();
        let copy = move |()| console.copy(words::policy_copied().into(), copied.clone(), status);
        let actions =
            view! { <CopyButton label=words::copy_policy() on_copy=copy status labelled=true /> };
        view! { <CodeBlock label=words::policy() text actions /> }
    });
    (
        (el("h3").child(words::permission(count)), actions, said),
        (el("h3").child(words::policy()), policy),
        conditions,
        notes,
        also.map(Markup::from),
    )
        .into()
}

/// What the service's message says beside the action.
fn said_of(denial: &Denial) -> Markup {
    let of_resource = denial.resource.as_deref().map(words::denied_on);
    let explicit = denial
        .is_explicit
        .then(|| words::denied_explicitly().into());
    paragraphs(of_resource.into_iter().chain(explicit).collect())
}

fn paragraphs(texts: Vec<String>) -> Markup {
    let texts = texts.into_iter().map(|text| el("p").child(text).into());
    texts.collect::<Vec<Markup>>().into()
}

/// What the policy leaves open, and why.
fn notes_on(needed: &Needed, is_denied: bool) -> Vec<String> {
    let mut notes = Vec::new();
    let is_guess = needed.origin == Origin::Name && !is_denied;
    notes.extend(is_guess.then(|| words::policy_guessed().into()));
    let of =
        |all: &[String], said: fn(&str) -> String| (!all.is_empty()).then(|| said(&all.join(", ")));
    notes.extend(of(&needed.unknown, words::policy_unknown));
    notes.extend(of(&needed.unnamed, words::policy_unnamed));
    notes.extend(of(&needed.unlimited, words::policy_unlimited));
    notes
}

/// What narrows the policy, for the person to choose.
fn conditions(needed: &Needed, chosen: RwSignal<Vec<String>>) -> Option<Markup> {
    if needed.conditions.is_empty() {
        return None;
    }
    let mut group = el("div")
        .class("stack")
        .attr("role", "group")
        .attr("aria-label", words::policy_conditions())
        .child(el("h3").child(words::policy_conditions()));
    for condition in &needed.conditions {
        let values = condition.values.iter().filter_map(Value::as_str);
        let values: Vec<&str> = values.collect();
        let name = [&condition.key, ": ", &values.join(", ")].concat();
        let key = condition.key.clone();
        let is_chosen = chosen.with_untracked(|it| it.contains(&key));
        let (label, input) = checkbox(name.clone(), move |is_checked| {
            chosen.update(|chosen| {
                chosen.retain(|it| *it != key);
                if is_checked {
                    chosen.push(key.clone());
                }
            });
        });
        input.set_checked(is_chosen);
        let label = label.child(el("span").class("check-text").child(name));
        group = group.child(el("div").child(label));
    }
    Some(group.into())
}
