//! The models of services, each fetched when a page first needs it.

use super::{Console, all_services, language};
use crate::browser::task;
use crate::lazy::lazy;
use formsmith_api::model::{CatalogService, Model, in_words};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// How far the model of an operation's service has come.
#[derive(Debug, Clone)]
pub enum ModelState {
    Underway,
    /// It did not arrive, or can't be read: why, where it says why.
    Failed(String),
    /// No model describes the operation.
    Unknown,
    /// The page has only the models that are built in.
    NotInstalled,
    /// Models live as long as the page.
    There(&'static Model),
}

/// By services that are built in, and by operations of others.
#[derive(Clone, Copy)]
pub(super) struct Models(RwSignal<Vec<(String, ModelState)>>);

impl Models {
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }
}

impl Console {
    /// The service of this name, if it is built in.
    pub fn listed(self, service: &str) -> Option<&'static CatalogService> {
        let mut services = self.catalog.iter();
        services.find(|listed| listed.name == service)
    }

    fn built_in(self, service: &str, operation: &str) -> Option<&'static CatalogService> {
        let listed = self.listed(service);
        listed.filter(|listed| listed.operation(operation).is_some())
    }

    /// What an operation is called, as far as that is known without its model.
    pub fn operation_title(self, service: &str, operation: &str) -> String {
        let listed = self.listed(service).and_then(|it| it.operation(operation));
        listed.map_or_else(|| in_words(operation), |listed| listed.title.clone())
    }

    /// Is the operation one of those that are built in?
    pub fn is_built_in(self, service: &str, operation: &str) -> bool {
        self.built_in(service, operation).is_some()
    }

    fn key(self, service: &str, operation: &str) -> String {
        match self.built_in(service, operation) {
            Some(_) => service.to_owned(),
            None => [service, "/", operation].concat(),
        }
    }

    /// None while nobody has asked for it.
    pub fn model_state(self, service: &str, operation: &str) -> Option<ModelState> {
        let key = self.key(service, operation);
        let is_its = |(of, _): &&(String, ModelState)| *of == key;
        self.models
            .0
            .with(|models| models.iter().find(is_its).map(|(_, state)| state.clone()))
    }

    /// The model that has this operation, if it is there.
    pub fn model(self, service: &str, operation: &str) -> Option<&'static Model> {
        match self.model_state(service, operation)? {
            ModelState::There(model) => Some(model),
            _ => None,
        }
    }

    /// The model that has this operation, fetched if it isn't there; none if that fails.
    pub(super) async fn load_model(self, service: &str, operation: &str) -> Option<&'static Model> {
        let model = || untrack(|| self.model(service, operation));
        if model().is_some() {
            return model();
        }
        self.note_model(service, operation, ModelState::Underway);
        let state = match self.built_in(service, operation) {
            Some(listed) => read_built_in(listed).await,
            None => all_services::load(self, service, operation).await,
        };
        // Whoever asked at the same time may have been faster, and of two one may fail.
        if model().is_none() {
            self.note_model(service, operation, state);
        }
        model()
    }

    /// The same for who only reads a list beside a form: that a model has come is told to nobody, so
    /// that the form is not drawn anew.
    pub(super) async fn model_beside(
        self,
        service: &str,
        operation: &str,
    ) -> Option<&'static Model> {
        let known = untrack(|| self.model(service, operation));
        if known.is_some() || self.is_built_in(service, operation) {
            return self.load_model(service, operation).await;
        }
        match all_services::load(self, service, operation).await {
            ModelState::There(model) => Some(model),
            _ => None,
        }
    }

    /// Fetches the models of those of these operations that are built in: what others are called is
    /// their name, for which no model is needed.
    pub fn load_built_in_models_of(self, operations: impl Iterator<Item = (String, String)>) {
        let built_in = operations.filter(|(service, name)| self.is_built_in(service, name));
        self.load_models_of(built_in.collect());
    }

    /// Fetches the models of these operations, as far as there are any.
    pub fn load_models_of(self, operations: BTreeSet<(String, String)>) {
        task::spawn(async move {
            for (service, operation) in operations {
                self.load_model(&service, &operation).await;
            }
        });
    }

    /// Of a service that is not built in: whoever needs its model asks anew.
    pub(super) fn forget_models_of(self, service: &str) {
        let is_its = |key: &str| key.split('/').next() == Some(service);
        (self.models.0).update(|models| models.retain(|(of, _)| !is_its(of)));
    }

    /// It is of no use without the part that draws its form.
    pub(super) fn tell_model_missing(self, service: &str, operation: &str) {
        self.note_model(service, operation, ModelState::Failed(String::new()));
    }

    fn note_model(self, service: &str, operation: &str, state: ModelState) {
        let key = self.key(service, operation);
        self.models.0.update(|models| {
            models.retain(|(of, _)| *of != key);
            models.push((key, state));
        });
    }
}

async fn read_built_in(listed: &'static CatalogService) -> ModelState {
    match language::model_document(&listed.file).await {
        None => ModelState::Failed(String::new()),
        Some(document) => read(listed, document)
            .await
            .unwrap_or(ModelState::Failed(String::new())),
    }
}

lazy! {
    in form: fn read(listed: &'static CatalogService, document: String) -> ModelState =
        match Model::load_built_in(&[&document]) {
            Err(error) => ModelState::Failed(error.to_string()),
            Ok(mut model) => {
                model.classify(|name| Some(listed.operation(name)?.class));
                ModelState::There(Box::leak(Box::new(model)))
            }
        };
}
