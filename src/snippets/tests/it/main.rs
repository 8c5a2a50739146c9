//! The same call elsewhere: what is written means what was asked, and reads back as it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod commands;
mod inputs;
mod literals;
mod refused;
mod shell;

use formsmith_api::model::{Model, Operation, Service};
use formsmith_snippets::{Call, Language, Reading, Refusal, read, write};
use serde_json::Value;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::embedded().unwrap());

fn operations() -> Vec<(&'static Service, &'static Operation)> {
    let services = MODEL.services().iter();
    let all = services.flat_map(|service| {
        let operations = service.operations.iter();
        operations.map(move |operation| (service, operation))
    });
    all.collect()
}

fn find(name: &str) -> (&'static Service, &'static Operation) {
    let mut all = operations().into_iter();
    all.find(|(_, operation)| operation.name() == name).unwrap()
}

fn call<'a>(name: &str, input: &'a Value) -> Call<'a> {
    let (service, operation) = find(name);
    Call {
        model: &MODEL,
        service,
        operation,
        is_built_in: true,
        region: "eu-west-1",
        input,
        query: "",
    }
}

fn written(language: Language, name: &str, input: &Value) -> String {
    write(language, &call(name, input)).unwrap_or_else(|why| panic!("{why}: {input}"))
}

fn reading(text: &str) -> Result<Reading<'static>, Refusal> {
    read(&MODEL, text, None)
}

/// What a text is read as, which has to be understood.
fn understood(text: &str) -> Reading<'static> {
    reading(text).unwrap_or_else(|why| panic!("{why}\n{text}"))
}

/// The sentences about what is not in the input.
fn notes(reading: &Reading<'_>) -> Vec<String> {
    reading.notes.iter().map(ToString::to_string).collect()
}
