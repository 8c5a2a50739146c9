//! The stories under `tests/cases/<service>/sandbox`: requests one after the other in a fresh
//! world, with the answer to each.

use super::World;
use formsmith_api::http::HttpResponse;
use formsmith_api::model::{Model, Operation, Service, ShapeKind};
use formsmith_api::protocol::{self, Answer};
use formsmith_test_support::cases;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Each service with the stories told about it.
fn stories(model: &Model) -> Vec<(&Service, Vec<(String, Value)>)> {
    let folder = |service: &Service| {
        let service = cases::root().join(&service.name);
        cases::folder(&service.join("sandbox"))
    };
    let services = model.services().iter();
    services.map(|service| (service, folder(service))).collect()
}

fn operation_name<'a>(story: &'a Value, step: &'a Value) -> &'a str {
    let own = step["operation"].as_str();
    own.or(story["operation"].as_str()).unwrap()
}

#[test]
fn every_story_is_answered_as_told() {
    let model = Model::embedded().unwrap();
    for (service, stories) in stories(&model) {
        for (file, story) in stories {
            let mut world = World::fresh();
            for (at, step) in story["steps"].as_array().unwrap().iter().enumerate() {
                let seconds = formsmith_api::json::float(&step["after"]).unwrap_or_default();
                world.now_ms = super::NOW_MS + (seconds * 1000.0).round() as u64;
                let name = operation_name(&story, step);
                let request = world.request(&service.name, name, &step["input"]);
                let response = world.send(&request);
                let operation = service.operation(name).unwrap();
                let answer = protocol::response(&model, service, operation, &response).unwrap();
                let expected = match step.get("output") {
                    // Stories have moments as they are on the wire.
                    Some(output) => {
                        let written = HttpResponse {
                            status: 200,
                            headers: Vec::new(),
                            body: output.to_string().into_bytes(),
                            file: None,
                        };
                        let read = protocol::response(&model, service, operation, &written);
                        told(read.unwrap(), &json!([]))
                    }
                    None => json!({ "error": step["error"] }),
                };
                let told = told(answer, &story["ignore"]);
                assert_eq!(told, expected, "{file}, step {}", at + 1);
            }
        }
    }
}

/// An answer as stories write it, without the members the story leaves open.
fn told(answer: Answer, ignored: &Value) -> Value {
    match answer {
        Answer::Output(output) => {
            let mut output = Value::Object(output);
            for path in ignored.as_array().into_iter().flatten() {
                let (structure, member) = path.as_str().unwrap().rsplit_once('.').unwrap();
                if let Some(members) = output.get_mut(structure) {
                    let members = members.as_object_mut().unwrap();
                    members.shift_remove(member).expect("a member to ignore");
                }
            }
            json!({ "output": output })
        }
        Answer::Error(error) => {
            assert!(error.is_modeled, "{error:?}");
            let mut told = json!({
                "name": error.name,
                "status": error.status,
                "message": error.message,
            });
            if !error.members.is_empty() {
                told["members"] = Value::Object(error.members);
            }
            json!({ "error": told })
        }
    }
}

#[test]
fn every_error_and_every_code_of_the_models_is_told_of() {
    let model = Model::embedded().unwrap();
    for (service, stories) in stories(&model) {
        for operation in &service.operations {
            let mut told = BTreeSet::new();
            for (_, story) in &stories {
                for step in story["steps"].as_array().unwrap() {
                    if operation_name(story, step) == operation.name() {
                        strings(&step["output"], &mut told);
                        strings(&step["error"]["name"], &mut told);
                    }
                }
            }
            assert!(!told.is_empty(), "{} has no story", operation.name());
            let errors = operation.errors.iter().map(|id| id.name().to_owned());
            for word in errors.chain(failure_codes(&model, operation)) {
                assert!(told.contains(&word), "{}: {word}", operation.name());
            }
        }
    }
}

/// The codes a batch's failed entries can have.
fn failure_codes(model: &Model, operation: &Operation) -> Vec<String> {
    let Some(batch) = &operation.traits.batch else {
        return Vec::new();
    };
    let output = model.shape(operation.output.as_ref().unwrap()).unwrap();
    let list = model
        .shape(&output.member(&batch.failed).unwrap().target)
        .unwrap();
    let ShapeKind::List(item) = &list.kind else {
        panic!("{} is not a list", list.id);
    };
    let entry = model.shape(&item.target).unwrap();
    let code = batch.code.split('.').fold(entry, |shape, name| {
        model.shape(&shape.member(name).unwrap().target).unwrap()
    });
    let values = code.enum_members().iter();
    values
        .map(|member| member.enum_value().to_owned())
        .collect()
}

fn strings(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(members) => members.values().for_each(|item| strings(item, found)),
        _ => {}
    }
}
