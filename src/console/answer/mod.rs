//! Answers as what they are: lists as tables, structures as pairs, all of it as a tree or as text,
//! and what a query leaves of it. A part of the page of its own, fetched with the first answer.

mod blob;
mod cells;
mod columns;
mod filter;
mod gathered;
mod item;
mod items;
mod json_text;
mod members;
mod query;
mod secret;
mod selected;
mod suggestions;
mod table;
mod texts;
mod tree;
mod use_in;
mod values;
mod views;
mod whole;

use crate::lazy::lazy;
use crate::state::ShownRun;
use crate::ui::Markup;
use formsmith_api::model::{Operation, Shape};
use formsmith_api::secret::Secret;
use serde_json::{Map, Value};

// What a run was answered with, all pages that are loaded.
lazy! {
    in answers: pub fn of_run(shown: ShownRun) -> Markup = whole::of_run(shown);
}

// The members of an output of an operation of the same service.
lazy! {
    in answers: pub fn output(
        shown: ShownRun,
        operation: &'static Operation,
        output: Map<String, Value>,
        which: Secret
    ) -> Markup = members::of(shown, operation, &output, which);
}

// The members of an error, whose shape the model may not know.
lazy! {
    in answers: pub fn of_error(
        shown: ShownRun,
        shape: Option<&'static Shape>,
        members: Map<String, Value>
    ) -> Markup = match shape {
        Some(shape) => members::members(shown, shape, &members, Secret::Parts),
        None => members::rest_of(shown, &members, Secret::Parts),
    };
}
