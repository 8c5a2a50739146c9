//! What AWS says of an operation and its members, which is HTML from elsewhere, and its examples: in
//! files of their own beside the models (docs/models.md).

use super::Form;
use super::all_services::{self, FOLDER};
use super::descriptions::{first_sentence, if_left_out};
use crate::browser::{idle, task};
use crate::lazy::lazy;
use crate::transport::document;
use formsmith_api::draft::{NodeId, Role};
use formsmith_api::json;
use formsmith_api::model::{Example, is_own};
use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use serde_json::Value;
use std::pin::Pin;
use std::rc::Rc;

/// The documentation of one file of a model.
#[derive(Clone)]
pub struct Documentation(Rc<Value>);

/// The first sentence of what AWS says of the operation, once its documentation was loaded.
#[derive(Clone, Copy)]
pub(super) struct FormAbout(RwSignal<String>);

impl FormAbout {
    pub fn new() -> Self {
        Self(RwSignal::new(String::new()))
    }
}

impl Form {
    /// What the operation does, in the model's own words or a sentence of AWS's; empty where neither
    /// is at hand.
    pub fn about(self) -> String {
        let own = self.operation.traits.documentation.clone();
        own.unwrap_or_else(|| self.about.0.get())
    }

    /// Says what AWS says the operation does, once the form is there and the browser idle: for one
    /// sentence of a large file the browser's own parser is enough.
    pub fn tell_about_when_idle(self) {
        if is_own(&self.service.name) || untrack(move || !self.about().is_empty()) {
            return;
        }
        task::spawn(async move {
            idle::idle().await;
            if let Ok(telling) = tell_about(self).await {
                telling.await;
            }
        });
    }

    async fn tell_about(self) {
        let (service, operation) = (&self.service.name, self.operation.name());
        let Ok((_, number)) = self.console.indexed(service, operation).await else {
            return;
        };
        let address = format!("{FOLDER}/services/{service}/{number}.docs.json");
        let Some(text) = document(&address).await else {
            return;
        };
        let mut value = JSON::parse(&text).unwrap_or_default();
        for member in ["operations", operation, "documentation"] {
            value = Reflect::get(&value, &member.into()).unwrap_or_default();
        }
        let about = first_sentence(&value.as_string().unwrap_or_default());
        if untrack(move || self.about().is_empty()) {
            self.about.0.try_set(about);
        }
    }

    /// None where AWS's models are not at hand, or don't have the operation.
    pub async fn load_documentation(self) -> Option<Documentation> {
        let service = &self.service.name;
        if is_own(service) {
            return None;
        }
        let file = self.console.indexed(service, self.operation.name()).await;
        let (_, number) = file.ok()?;
        let text = document(&format!("{FOLDER}/services/{service}/{number}.docs.json")).await?;
        let documentation = Documentation(Rc::new(json::parse(text.as_bytes()).ok()?));
        let about = documentation.operation(self).unwrap_or_default();
        self.about.0.try_set(first_sentence(&about));
        Some(documentation)
    }
}

impl Form {
    /// Does AWS have examples of this operation's service?
    pub async fn has_examples(self) -> bool {
        let service = &self.service.name;
        let indexed = match is_own(service) {
            true => None,
            false => all_services::indexed_service(self.console, service).await,
        };
        indexed.is_some_and(|it| it.has_file("examples"))
    }

    /// AWS's examples of this operation, for as long as the page lives; none if they can't be had.
    pub async fn load_examples(self) -> Option<&'static [Example]> {
        let service = &self.service.name;
        let all = all_services::other_file(self.console, service, "examples").await?;
        let own = all[self.operation.name()].as_array().into_iter().flatten();
        let examples = own.map(|example| Example {
            title: example["title"].as_str().unwrap_or_default().to_owned(),
            documentation: example["description"].as_str().map(str::to_owned),
            // An operation that needs no input has an example without one.
            input: match &example["input"] {
                Value::Null => Value::Object(serde_json::Map::new()),
                input => input.clone(),
            },
        });
        Some(examples.collect::<Vec<_>>().leak())
    }
}

type Telling = Pin<Box<dyn Future<Output = ()>>>;

lazy! { in all_services: fn tell_about(form: Form) -> Telling = Box::pin(form.tell_about()); }

impl Documentation {
    pub fn operation(&self, form: Form) -> Option<String> {
        text(&self.0["operations"][form.operation.name()])
    }

    /// The first sentence of what is said of a node, as text.
    pub fn sentence(&self, form: Form, node: NodeId) -> Option<String> {
        self.node(form, node).map(|html| first_sentence(&html))
    }

    /// What is said of leaving a node out, a sentence each.
    pub fn if_left_out(&self, form: Form, node: NodeId) -> Vec<String> {
        let html = self.node(form, node);
        html.map(|html| if_left_out(&html)).unwrap_or_default()
    }

    /// What is said where a node stands, or else of what stands there.
    pub fn node(&self, form: Form, node: NodeId) -> Option<String> {
        form.peek(|draft| {
            let shapes = &self.0["shapes"];
            let own = draft.node(node)?;
            let parent = own.parent.and_then(|parent| draft.node(parent));
            let around = parent.map(|parent| &shapes[parent.shape.name()]);
            let here = around.map(|around| match &own.role {
                Role::Member(name) => &around["members"][name.as_str()],
                Role::Item => &around["member"],
                Role::Key => &around["key"],
                Role::Value => &around["value"],
                Role::Root => &Value::Null,
            });
            here.and_then(text)
                .or_else(|| text(&shapes[own.shape.name()]))
        })
    }
}

fn text(of: &Value) -> Option<String> {
    Some(of["documentation"].as_str()?.to_owned())
}
