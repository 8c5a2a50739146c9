//! Which operations take the identifiers of an answer: what `picks.json` says, the other way round.

use super::prefill::LONGEST_LINK;
use super::{Console, Route, all_services, picks};
use crate::browser::page;
use formsmith_api::class::Class;
use formsmith_api::json;
use formsmith_api::picks::{Picks, filled};
use formsmith_run::OperationRef;
use serde_json::Value;

/// An operation that takes identifiers, and the path in its input where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taker {
    service: String,
    pub operation: String,
    path: String,
    pub class: Class,
}

impl Taker {
    /// The address of its form, filled with these; none where it takes fewer, or they are too many
    /// for a link.
    pub fn address(&self, values: &[Value]) -> Option<String> {
        let input = page::encoded(&json::compact(&filled(&self.path, values)?));
        let form = Route::of_operation(&self.service, &self.operation);
        let address = [&*form, "?input=", &input].concat();
        (address.len() <= LONGEST_LINK).then_some(address)
    }
}

impl Console {
    /// The operations that take identifiers of an answer's list, those that only read first. One that
    /// takes them in several places is there for each, one after the other.
    pub async fn takers(self, op: OperationRef, list: &str, identifier: &str) -> Vec<Taker> {
        let (service, lists) = (&op.service.name, op.operation.name());
        let Some(found) = picks::of(self, service, lists).await else {
            return Vec::new();
        };
        let mut all: Vec<Taker> = Vec::new();
        for (operation, path) in Picks(found).takers(lists, list, identifier) {
            all.push(Taker {
                service: service.clone(),
                operation: operation.to_owned(),
                path: path.to_owned(),
                class: self.class_of(service, operation).await,
            });
        }
        all.sort_by_key(|it| it.class != Class::Read);
        all
    }

    /// What an operation can do; one of which that isn't known may change something.
    async fn class_of(self, service: &str, operation: &str) -> Class {
        let listed = self.listed(service).and_then(|it| it.operation(operation));
        if let Some(listed) = listed {
            return listed.class;
        }
        let indexed = all_services::indexed_service(self, service).await;
        let indexed = indexed.and_then(|it| it.operations().find(|it| it.name == operation));
        indexed.map_or(Class::Write, |it| it.class)
    }
}
