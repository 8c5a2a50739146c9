//! What was inferred of the answers of all of AWS's operations, in a folder of models:
//! `cargo run -p formsmith-api --example outcomes -- models [SERVICE [OPERATION]]`. It fails where an
//! operation of the curated list of batches is none any more, or an answer with a failure is told as
//! done.

use formsmith_api::curated::{BATCHES, NO_FAILURES};
use formsmith_api::http::HttpResponse;
use formsmith_api::model::{Batch, Join, Model, Operation, ShapeKind, Teller, Tells};
use formsmith_api::outcome::{Arrival, Standing, of_answer, standing};
use formsmith_api::protocol::{Answer, Codec};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().ok_or("which folder of models?")?;
    let [service, operation] = [arguments.next(), arguments.next()];
    let folder = Path::new(&folder);
    let index: Value = serde_json::from_str(&fs::read_to_string(folder.join("index.json"))?)?;
    let services = index["services"].as_object().ok_or("no services")?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = BTreeMap::new();
    let mut done: Vec<String> = Vec::new();
    let mut took = Duration::ZERO;
    for (name, of_service) in services {
        if service.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        for file in 0..of_service["operations"].as_array().map_or(0, Vec::len) {
            let path = folder.join(format!("services/{name}/{file}.json"));
            let text = fs::read_to_string(path)?;
            let mut model =
                Model::load_botocore(name, &text, Codec::of).map_err(|it| it.to_string())?;
            let begun = Instant::now();
            model.infer_outcomes();
            took += begun.elapsed();
            for it in model.services().iter().flat_map(|it| &it.operations) {
                if operation.as_ref().is_some_and(|only| only != it.name()) {
                    continue;
                }
                let (form, what) = match (&it.traits.batch, it.failures.is_empty()) {
                    (Some(batch), _) => (form(batch), described(batch, &it.failures)),
                    (None, false) => ("only named".to_owned(), it.failures.join(", ")),
                    (None, true) => continue,
                };
                println!("{name} {}\t{form}\t{what}", it.name());
                found.insert(
                    (name.clone(), it.name().to_owned()),
                    it.traits.batch.is_some(),
                );
                *counts.entry(form).or_default() += 1;
                let named = it
                    .failures
                    .iter()
                    .filter(|named| is_done(&model, it, named));
                done.extend(named.map(|named| format!("{name} {}: {named}", it.name())));
            }
        }
    }
    println!();
    for (form, count) in counts {
        println!("{count:5} {form}");
    }
    println!("inferring took {took:.1?}");
    let key = |[service, name]: &[&str; 2]| ((*service).to_owned(), (*name).to_owned());
    let is_batch = |of: &[&str; 2]| found.get(&key(of)) == Some(&true);
    let is_found = |of: &[&str; 2]| found.contains_key(&key(of));
    let gone = BATCHES.iter().filter(|it| !is_batch(it));
    let wrong: Vec<_> = gone
        .chain(NO_FAILURES.iter().filter(|it| is_found(it)))
        .collect();
    if !done.is_empty() {
        return Err(format!("told as done with a failure: {}", done.join(", ")).into());
    }
    match service.is_some() || wrong.is_empty() {
        true => Ok(()),
        false => Err(format!("curated/batches.json: {wrong:?}").into()),
    }
}

/// Is an answer told as done that has one failure, in the member that this names? With an entry
/// and without.
fn is_done(model: &Model, operation: &Operation, named: &str) -> bool {
    let (list, code) = named.split_once('.').unwrap_or((named, ""));
    let names = code.split('.').filter(|name| !name.is_empty()).rev();
    let item = names.fold(json!("x"), |value, name| json!({ name: value }));
    let id = operation.output.as_ref();
    let member = id.and_then(|id| model.shape(id)?.member(list));
    let value = match member
        .and_then(|it| model.shape(&it.target))
        .map(|it| &it.kind)
    {
        Some(ShapeKind::List(_)) => json!([item]),
        Some(ShapeKind::Map { .. } | ShapeKind::Structure(_)) => json!({"x": {}}),
        _ => json!(1),
    };
    let mut inputs = vec![json!({})];
    if let Some(batch) = &operation.traits.batch {
        let names = batch.entries.split('.').rev();
        inputs.push(names.fold(json!(["a"]), |value, name| json!({ name: value })));
    }
    inputs.iter().any(|input| {
        let output = Map::from_iter([(list.to_owned(), value.clone())]);
        let outcome = of_answer(model, operation, input, Ok(Answer::Output(output)));
        let response = HttpResponse {
            status: 200,
            headers: Vec::new(),
            body: Vec::new(),
            file: None,
        };
        let arrival = Arrival::Answered {
            response: &response,
            outcome: &outcome,
        };
        standing(operation, &arrival, false) == Standing::Done
    })
}

/// How entries and failures come together.
fn form(batch: &Batch) -> String {
    let Some(inferred) = &batch.inferred else {
        return "said by the model".to_owned();
    };
    let join = |it: &Teller| match (&it.join, it.tells) {
        (_, Tells::Successes) => None,
        (Join::None, _) => Some("not joined"),
        (Join::Members(_), _) => Some("members"),
        (Join::AnyOf(_), _) => Some("text"),
        (Join::Entry(_), _) => Some("entry"),
        (Join::Index(_), _) => Some("index"),
        (Join::Order, _) => Some("order"),
    };
    let errors = inferred.errors.iter().map(|(_, teller)| teller);
    let mut joins: Vec<&str> = inferred
        .tellers
        .iter()
        .chain(errors)
        .filter_map(join)
        .collect();
    joins.dedup();
    let lists = match &batch.succeeded {
        Some(_) => "both lists",
        None => "failures alone",
    };
    format!("{lists}, by {}", joins.join(" and "))
}

fn described(batch: &Batch, failures: &[String]) -> String {
    let inferred = batch.inferred.as_deref();
    let teller = |it: &Teller| {
        let join = format!("{:?}", it.join).replace('"', "");
        let within = it
            .within
            .as_ref()
            .map_or_else(String::new, |it| format!("[].{it}"));
        format!(
            "{:?} {}{within} {join} code={} message={}",
            it.tells, it.member, it.code, it.message
        )
    };
    let mut parts = vec![format!(
        "{} key={}",
        batch.entries,
        batch.entry_key.join("+")
    )];
    if let Some(inferred) = inferred {
        parts.extend(inferred.tellers.iter().map(teller));
        parts.extend(
            inferred
                .errors
                .iter()
                .map(|(name, it)| format!("{name}: {}", teller(it))),
        );
        parts.extend(inferred.counts.iter().map(|it| format!("count {it}")));
    }
    parts.push(format!("failures {}", failures.join(", ")));
    parts.join("\t")
}
