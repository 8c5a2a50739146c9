//! The models of services, each fetched when a page first needs it.

use super::{Console, language};
use crate::browser::task;
use formsmith_api::model::{CatalogService, Model};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// How far a service's model has come.
#[derive(Debug, Clone)]
pub enum ModelState {
    Underway,
    /// It did not arrive, or can't be read: why, where it says why.
    Failed(String),
    /// Models live as long as the page.
    There(&'static Model),
}

/// Services, by their endpoint prefix.
#[derive(Clone, Copy)]
pub(super) struct Models(RwSignal<Vec<(String, ModelState)>>);

impl Models {
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }
}

impl Console {
    /// The service that the catalog lists under this endpoint prefix.
    pub fn listed(self, service: &str) -> Option<&'static CatalogService> {
        let mut services = self.catalog.iter();
        services.find(|listed| listed.name == service)
    }

    /// None while nobody has asked for it.
    pub fn model_state(self, service: &str) -> Option<ModelState> {
        let is_its = |(of, _): &&(String, ModelState)| of == service;
        self.models
            .0
            .with(|models| models.iter().find(is_its).map(|(_, state)| state.clone()))
    }

    pub fn model(self, service: &str) -> Option<&'static Model> {
        match self.model_state(service)? {
            ModelState::There(model) => Some(model),
            _ => None,
        }
    }

    /// The model of a service, fetched if it isn't there; none if that fails.
    pub(super) async fn load_model(self, service: &str) -> Option<&'static Model> {
        if let Some(model) = untrack(|| self.model(service)) {
            return Some(model);
        }
        let file = &self.listed(service)?.file;
        self.note_model(service, ModelState::Underway);
        let state = match language::model_document(file).await {
            None => ModelState::Failed(String::new()),
            Some(document) => match Model::load(&[&document]) {
                Err(error) => ModelState::Failed(error.to_string()),
                // Whoever asked at the same time may have been faster.
                Ok(model) => ModelState::There(
                    untrack(|| self.model(service)).unwrap_or_else(|| Box::leak(Box::new(model))),
                ),
            },
        };
        // Of two that fetch it at a time one may fail.
        if untrack(|| self.model(service)).is_none() {
            self.note_model(service, state);
        }
        untrack(|| self.model(service))
    }

    /// Fetches the models of these services, as far as there are any.
    pub fn load_models_of(self, services: BTreeSet<String>) {
        task::spawn(async move {
            for service in services {
                self.load_model(&service).await;
            }
        });
    }

    fn note_model(self, service: &str, state: ModelState) {
        self.models.0.update(|models| {
            models.retain(|(of, _)| of != service);
            models.push((service.to_owned(), state));
        });
    }
}
