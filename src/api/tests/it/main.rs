//! Models, drafts, requests and outcomes: what the crates that stand on this one would notice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answer;
mod c2j;
mod calendar;
mod class;
mod constraints;
mod documentation;
mod draft;
mod dry_run;
mod endpoints;
mod follow;
mod inferred;
mod inverse;
mod library;
mod member_errors;
mod model;
mod outcome;
mod own;
mod pages;
mod pattern;
mod permission;
mod picks;
mod preset;
mod processor_time;
mod protocol;
mod prune_unknown;
mod read_back;
mod retry;
mod secret;
mod smithy;
mod table;
mod takers;
mod title;
mod traits;
mod waiter;
mod wire;

use formsmith_api::model::{Model, Operation, Service};

fn operation<'a>(model: &'a Model, service: &str, name: &str) -> (&'a Service, &'a Operation) {
    let service = model.service(service).expect("a service of the model");
    (service, service.operation(name).expect("an operation"))
}
