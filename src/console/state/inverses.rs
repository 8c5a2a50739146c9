//! What takes back an operation of AWS's models: a service's `inverses.json`, which `make models`
//! infers. It is fetched when a run has done what could be taken back.

use super::{Console, ShownRun, all_services};
use crate::browser::task;
use crate::lazy::lazy;
use formsmith_api::class::Class;
use formsmith_api::inverse::InferredInverse;
use formsmith_api::model::is_own;
use formsmith_api::outcome::Standing;
use formsmith_run::{Event, OperationRef};
use leptos::prelude::*;

impl ShownRun {
    /// Finds out how what was done is taken back, where the model doesn't say.
    pub fn learn_inverse(self) {
        let (console, op) = (self.console, self.op);
        let (service, operation) = (&op.service.name, op.operation.name());
        let is_listed = !console.is_built_in(service, operation) && !is_own(service);
        let is_open = untrack(move || self.run())
            .is_some_and(|run| run.standing == Standing::Done && run.inverse.is_none());
        if is_listed && is_open && op.operation.class != Class::Read {
            // What can't be had now is asked for with the next result.
            task::spawn(async move { _ = learn(console, op).await });
        }
    }
}

lazy! {
    in all_services: fn learn(console: Console, op: OperationRef) = task::spawn(async move {
        let (service, operation) = (&op.service.name, op.operation.name());
        let inverses = all_services::other_file(console, service, "inverses").await;
        if let Some(inverse) = InferredInverse::find(&inverses.unwrap_or_default(), operation) {
            console.happen(Event::InverseLearned { op, inverse });
        }
    });
}
