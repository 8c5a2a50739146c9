//! What can be waited for: a service's `waiters.json`, which `make models` makes of botocore's. It is
//! fetched when a person asks what can be waited for with a form, and after a change.

use super::{Console, Form, Route, ShownRun, all_services};
use crate::browser::task;
use crate::lazy::lazy;
use formsmith_api::class::Class;
use formsmith_api::draft::NodeId;
use formsmith_api::model::{ShapeKind, is_own};
use formsmith_api::outcome::{Outcome, Standing};
use formsmith_api::waiter;
use formsmith_run::{Ask, OperationRef, Run, WaitFor};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::pin::Pin;

/// What could be waited for, and what is asked for that.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub what: WaitFor,
    pub operation: String,
    /// After a change: what is asked about what it changed.
    input: Value,
}

impl Form {
    /// Can something be waited for with its operation? What needs consent is not asked again and again.
    pub fn may_wait(self) -> bool {
        !self.operation.waiters.is_empty() && self.operation.class == Class::Read
    }

    /// Would it be asked about everything, because nothing in the form says what it is about? Numbers
    /// and switches don't.
    pub fn is_about_all(self) -> bool {
        let model = self.model;
        self.draft.with(|draft| {
            let tokens = draft.tokens(model);
            let is_telling = |&node: &NodeId| {
                let place = draft.place(model, node);
                let is_text = place.is_some_and(|place| {
                    let kind = &place.shape.kind;
                    matches!(kind, ShapeKind::String | ShapeKind::Enum(_))
                });
                is_text && !draft.text(node).is_empty() && !tokens.contains(&node)
            };
            // What is required would be missed.
            let is_required = |&node: &NodeId| {
                let member = draft.model_member(model, node);
                member.is_some_and(|member| member.traits.required)
            };
            let members = draft.children(draft.root());
            !members.iter().any(is_required) && !draft.in_order().iter().any(is_telling)
        })
    }

    /// What that is; nothing where nobody says so.
    pub async fn waits(self) -> Vec<Offer> {
        match of_form(self).await {
            Ok(loading) => loading.await,
            Err(_) => Vec::new(),
        }
    }
}

type Loading = Pin<Box<dyn Future<Output = Vec<Offer>>>>;

lazy! {
    in all_services: fn of_form(form: Form) -> Loading = Box::pin(async move {
        let waiters = all_services::other_file(form.console, &form.service.name, "waiters").await;
        let waiters = waiters.unwrap_or_default();
        let names = form.operation.waiters.iter();
        names.filter_map(|name| offer(&waiters, name, Value::Null)).collect()
    });
}

fn offer(waiters: &Value, name: &str, input: Value) -> Option<Offer> {
    let facts = waiters.get(name)?;
    let mut known = Map::new();
    for member in ["operation", "delay", "maxAttempts", "acceptors"] {
        known.insert(member.to_owned(), facts[member].clone());
    }
    Some(Offer {
        operation: facts["operation"].as_str()?.to_owned(),
        what: WaitFor {
            waiter: name.to_owned(),
            facts: known.into(),
        },
        input,
    })
}

impl ShownRun {
    /// What can be waited for after what a run has done; nothing where nobody says so. The run is read
    /// at once: it may not be shown any more when the rest is done.
    pub fn waits_after(self) -> impl Future<Output = Vec<Offer>> {
        let (console, op) = (self.console, self.op);
        let (service, operation) = (&op.service.name, op.operation.name());
        let is_listed = !console.is_built_in(service, operation) && !is_own(service);
        let done = untrack(move || self.run()).filter(|run| {
            run.standing == Standing::Done && !run.is_imported && op.operation.class != Class::Read
        });
        async move {
            let Some(run) = done.filter(|_| is_listed) else {
                return Vec::new();
            };
            let output = match run.last().and_then(|it| it.outcome()) {
                Some(Outcome::Output(output)) => output.clone(),
                _ => Map::new(),
            };
            match after(console, op, run.input.clone(), output).await {
                Ok(loading) => loading.await,
                Err(_) => Vec::new(),
            }
        }
    }

    /// Waits for it, on the page of the run that does.
    pub fn wait_for(self, offer: Offer) {
        let console = self.console;
        let Some(run) = untrack(move || self.run()) else {
            return;
        };
        let from = untrack(move || console.route());
        let is_here = move || untrack(move || console.route()) == from;
        task::spawn(async move {
            let service = &run.op.service.name;
            let model = console.load_model(service, &offer.operation).await;
            let op = model.and_then(|model| OperationRef::find(model, service, &offer.operation));
            let Some(op) = op else {
                return console.tell(Err(words::no_model().to_owned()));
            };
            if let Some(id) = console.begin_run(ask(&run, op, offer)) {
                console.written().await;
                // Who has gone on meanwhile finds it in the history.
                if is_here() {
                    console.go_to(&Route::of_runs(&[id]));
                }
            }
        });
    }
}

fn ask(run: &Run, op: OperationRef, offer: Offer) -> Ask {
    Ask {
        op,
        place: run.place.clone(),
        input: offer.input,
        is_reviewed: false,
        undoes: None,
        account: None,
        waits: Some(offer.what),
    }
}

lazy! {
    in all_services: fn after(
        console: Console,
        op: OperationRef,
        input: Value,
        output: Map<String, Value>
    ) -> Loading = Box::pin(async move {
        let (service, operation) = (&op.service.name, op.operation.name());
        let waiters = all_services::other_file(console, service, "waiters").await;
        let waiters = waiters.unwrap_or_default();
        let offers = waiter::after(&waiters, operation, &input, &output).into_iter();
        offers.filter_map(|it| offer(&waiters, it.name, it.input)).collect()
    });
}
