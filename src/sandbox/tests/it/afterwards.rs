//! The sandbox's examples, read back, taken back and sent twice: what the traits of the models
//! say is what happens.

use super::World;
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::outcome::{EntryResult, Outcome, can_mean_done, outcome};
use formsmith_api::read_back::{Found, Read, ReadBackResult, found, plan};
use formsmith_api::{inverse, pages, protocol};
use serde_json::{Map, Value};
use std::sync::Arc;

impl World {
    fn outcome(&mut self, service: &Service, operation: &Operation, input: &Value) -> Outcome {
        let model = Arc::clone(&self.model);
        let mut sent = input.clone();
        let token = format!("token-{}", self.requests);
        protocol::fill_tokens(&model, operation, &mut sent, &mut || token.clone());
        let request = protocol::request(&model, service, operation, &sent).unwrap();
        outcome(&model, service, operation, input, &self.send(&request))
    }

    /// All pages of a read, the smallest the service gives.
    fn pages(&mut self, service: &Service, read: &Read<'_>) -> Vec<Map<String, Value>> {
        let mut outputs = Vec::new();
        let mut next = Some(read.input.clone());
        let size = read.operation.traits.paginated.as_ref();
        while let Some(mut input) = next {
            if let Some(size) = size.and_then(|it| it.page_size.clone()) {
                input[size] = 1.into();
            }
            let Outcome::Output(output) = self.outcome(service, read.operation, &input) else {
                panic!("{input}");
            };
            next = pages::next(read.operation, &input, &output);
            outputs.push(output);
        }
        outputs
    }
}

/// The entries that were done, of anything but a batch the first and only.
fn done(outcome: &Outcome) -> Vec<usize> {
    match outcome {
        Outcome::Empty | Outcome::Output(_) => vec![0],
        Outcome::Batch(batch) => {
            let entries = batch.entries.iter().enumerate();
            let done = entries.filter(|(_, entry)| entry.result == EntryResult::Succeeded);
            done.map(|(at, _)| at).collect()
        }
        _ => Vec::new(),
    }
}

fn examples(model: &Model) -> impl Iterator<Item = (&Service, &Operation, &Value)> {
    model.services().iter().flat_map(|service| {
        service.operations.iter().flat_map(move |operation| {
            let examples = operation.traits.examples.iter();
            examples.map(move |example| (service, operation, &example.input))
        })
    })
}

fn all_found(
    world: &mut World,
    service: &Service,
    operation: &Operation,
    input: &Value,
    done: &[usize],
) -> Vec<Found> {
    let model = Arc::clone(&world.model);
    let mut judged = Vec::new();
    for read in plan(&model, service, operation, input, done) {
        let outputs = world.pages(service, &read);
        match found(&model, operation, input, &read, &outputs) {
            ReadBackResult::Entries(entries) => {
                judged.extend(entries.into_iter().map(|(_, it)| it))
            }
            ReadBackResult::Whole(found) => judged.push(found),
            ReadBackResult::Items(_) => {}
        }
    }
    judged
}

#[test]
fn what_was_done_is_found_and_after_its_inverse_is_not() {
    let model = Arc::new(Model::embedded().unwrap());
    let mut tried = Vec::new();
    for (service, operation, input) in examples(&model) {
        if operation.traits.inverse.is_none() {
            continue;
        }
        let mut world = World::fresh();
        let outcome = world.outcome(service, operation, input);
        let done = done(&outcome);
        let name = operation.name();
        if done.is_empty() {
            continue;
        }
        let judged = all_found(&mut world, service, operation, input, &done);
        assert_eq!(judged, vec![Found::Done; done.len()], "{name} {input}");
        let (undo, undo_input) =
            inverse::inverse_input(&model, service, operation, input, &done).unwrap();
        let undone = world.outcome(service, undo, &undo_input);
        assert_eq!(self::done(&undone).len(), done.len(), "{name} {undone:?}");
        let judged = all_found(&mut world, service, operation, input, &done);
        assert_eq!(judged, vec![Found::NotDone; done.len()], "{name} {input}");
        tried.push(name);
    }
    tried.dedup();
    assert_eq!(tried.len(), 8, "{tried:?}");
}

#[test]
fn a_change_that_is_sent_twice_is_refused_with_a_code_that_can_mean_done() {
    let model = Arc::new(Model::embedded().unwrap());
    let mut tried = Vec::new();
    for (service, operation, input) in examples(&model) {
        let codes = &operation.traits.already_done;
        let mut world = World::fresh();
        let first = done(&world.outcome(service, operation, input));
        if codes.is_empty() || first.is_empty() {
            continue;
        }
        match world.outcome(service, operation, input) {
            Outcome::Batch(batch) => {
                for at in first {
                    let EntryResult::Failed(failed) = &batch.entries[at].result else {
                        panic!("{:?}", batch.entries[at]);
                    };
                    assert!(codes.contains(failed.code.as_ref().unwrap()), "{failed:?}");
                }
            }
            Outcome::Error(error) => assert!(can_mean_done(operation, &error), "{error:?}"),
            other => panic!("{other:?}"),
        }
        tried.push(operation.name());
    }
    tried.dedup();
    assert_eq!(tried.len(), 8, "{tried:?}");
}

#[test]
fn a_run_that_was_lost_is_among_the_newest_records() {
    let model = Arc::new(Model::embedded().unwrap());
    let mut seen = 0;
    for (service, operation, input) in examples(&model) {
        let is_shown = operation.traits.read_back.as_ref();
        if is_shown.is_none_or(|it| it.looked_for.is_some()) {
            continue;
        }
        let mut world = World::fresh();
        if done(&world.outcome(service, operation, input)).is_empty() {
            continue;
        }
        let reads = plan(&model, service, operation, input, &[]);
        let outputs = world.pages(service, &reads[0]);
        let ReadBackResult::Items(items) = found(&model, operation, input, &reads[0], &outputs)
        else {
            panic!("a record can't be told from others");
        };
        assert_eq!(items[0]["Status"], "CREATED", "{items:?}");
        assert_eq!(
            items[0]["ProvisionedProductId"],
            input["ProvisionedProductId"]
        );
        seen += 1;
    }
    assert!(seen > 1);
}
