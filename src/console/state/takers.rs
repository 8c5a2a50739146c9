//! Which operations take what identifies the items of an answer: what `picks.json` says, the other way round.

use super::prefill::LONGEST_LINK;
use super::{Console, Route, all_services, picks};
use crate::browser::page;
use formsmith_api::answer::value_at;
use formsmith_api::class::Class;
use formsmith_api::json;
use formsmith_api::picks::{Picks, filled};
use formsmith_api::secret::MASK;
use formsmith_run::OperationRef;
use serde_json::Value;

/// An operation that takes identifiers, and the path in its input where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taker {
    pub service: String,
    pub operation: String,
    path: String,
    /// From an item of the answer to what it takes of it.
    value: String,
    pub class: Class,
}

impl Taker {
    /// The address of its form, filled with what identifies these items; none where it takes fewer,
    /// or they are too many for a link.
    pub fn address(&self, items: &[Value]) -> Option<String> {
        let is_shown = |value: &&Value| value.as_str() != Some(MASK);
        let values = items
            .iter()
            .map(|item| value_at(item, &self.value).filter(is_shown).cloned());
        let values: Vec<Value> = values.collect::<Option<_>>()?;
        let input = page::encoded(&json::compact(&filled(&self.path, &values)?));
        let form = Route::of_operation(&self.service, &self.operation);
        let address = [&*form, "?input=", &input].concat();
        (address.len() <= LONGEST_LINK).then_some(address)
    }
}

impl Console {
    /// The operations that take what identifies the items of an answer's list, those that only read
    /// first. One that takes it in several places is there for each, one after the other.
    pub async fn takers(self, op: OperationRef, list: &str, identifier: &str) -> Vec<Taker> {
        let (service, lists) = (&op.service.name, op.operation.name());
        let Some(found) = picks::of(self, service, lists).await else {
            return Vec::new();
        };
        let mut all: Vec<Taker> = Vec::new();
        for taking in Picks(found).takers(lists, list, identifier) {
            all.push(Taker {
                service: service.clone(),
                operation: taking.operation.to_owned(),
                path: taking.path.to_owned(),
                value: taking.value.to_owned(),
                class: self.class_of(service, taking.operation).await,
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
