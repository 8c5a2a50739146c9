//! Which operations take the identifiers of an answer: what `picks.json` says, the other way round.

use super::prefill::LONGEST_LINK;
use super::{Console, Listing, Route, all_services, picks};
use crate::browser::page;
use formsmith_api::class::Class;
use formsmith_api::json;
use formsmith_api::picks::{Picks, filled};
use formsmith_run::OperationRef;
use serde_json::Value;

/// An operation that takes identifiers, with the address of its form, filled with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taker {
    pub operation: String,
    pub class: Class,
    pub address: String,
}

impl Console {
    /// The operations that take identifiers of an answer's list, those that only read first.
    pub async fn takers(
        self,
        op: OperationRef,
        list: &str,
        identifier: &str,
        values: &[Value],
    ) -> Vec<Taker> {
        let (service, lists) = (&op.service.name, op.operation.name());
        let found = picks::of(self, service, lists).await;
        let picks = Picks::read(found.unwrap_or(&Value::Null));
        let mut all: Vec<Taker> = Vec::new();
        for (operation, path) in picks.takers(lists, list, identifier) {
            let is_there = all.iter().any(|it| it.operation == operation);
            let Some(input) = filled(path, values).filter(|_| !is_there) else {
                continue;
            };
            let input = page::encoded(&json::compact(&input));
            let form = Route::of_operation(service, operation);
            let address = [&*form, "?input=", &input].concat();
            if address.len() <= LONGEST_LINK {
                all.push(Taker {
                    operation: operation.to_owned(),
                    class: self.class_of(service, operation).await,
                    address,
                });
            }
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
        let Listing::There(services) = all_services::listing(self).await else {
            return Class::Write;
        };
        let indexed = services.iter().find(|it| it.name == service);
        let indexed = indexed.and_then(|it| it.operations().find(|it| it.name == operation));
        indexed.map_or(Class::Write, |it| it.class)
    }
}
