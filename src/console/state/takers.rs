//! Which operations take what identifies the items of an answer: what `picks.json` says, the other way round.

use super::prefill::LONGEST_LINK;
use super::{Console, Route, all_services, picks};
use crate::browser::page;
use formsmith_api::answer::{singular, value_at};
use formsmith_api::class::Class;
use formsmith_api::json;
use formsmith_api::model::words_of;
use formsmith_api::picks::{Picks, filled};
use formsmith_api::secret::MASK;
use formsmith_run::OperationRef;
use leptos::prelude::untrack;
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

/// What a list has, or an identifier identifies: `Instance`.
fn noun(list: &str, identifier: &str) -> String {
    match list.trim_end_matches("[]").rsplit('.').next() {
        Some(name) if !name.is_empty() => singular(name),
        _ => {
            let words = words_of(identifier);
            words[..words.len().saturating_sub(1)].concat()
        }
    }
}

/// Is an operation about such a thing itself, as `StopInstances` is, or does it tag things?
fn is_about(noun: &str, operation: &str) -> bool {
    let words = words_of(operation);
    let of = words.get(1..).unwrap_or_default();
    let is_tagging = words.iter().any(|word| matches!(*word, "Tag" | "Tags"));
    is_tagging || singular(&of.concat()).eq_ignore_ascii_case(noun)
}

impl Console {
    /// The operations that take what identifies the items of an answer's list; where `list` is empty,
    /// what the member `identifier` of an answer itself identifies. First come those that the person
    /// uses, then those that are about such a thing, or tag it; and of each, those that only read. One
    /// that takes it in several places is there for each, one after the other.
    pub async fn takers(self, op: OperationRef, list: &str, identifier: &str) -> Vec<Taker> {
        let (service, lists) = (&op.service.name, op.operation.name());
        let Some(found) = picks::of(self, service, lists).await else {
            return Vec::new();
        };
        let mut all: Vec<Taker> = Vec::new();
        let takers = match list.is_empty() {
            true => Picks(found).takers_of(identifier),
            false => Picks(found).takers(lists, list, identifier),
        };
        for taking in takers {
            all.push(Taker {
                service: service.clone(),
                operation: taking.operation.to_owned(),
                path: taking.path.to_owned(),
                value: taking.value.to_owned(),
                class: self.class_of(service, taking.operation).await,
            });
        }
        let noun = noun(list, identifier);
        let used = untrack(|| self.recent());
        let is_used = |it: &Taker| {
            used.iter()
                .any(|(of, operation)| of == service && *operation == it.operation)
                || untrack(|| self.is_favorite(service, &it.operation))
        };
        all.sort_by_cached_key(|it| {
            let far = match is_used(it) {
                true => 0,
                // What deletes comes last: hardly anybody looks for that first.
                false if it.class >= Class::Destroys => 2,
                false => 1 + usize::from(!is_about(&noun, &it.operation)),
            };
            (far, it.class)
        });
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
