//! The examples the models offer, and the exchanges recorded from AWS's own client, do in a
//! fresh world what is said of them.

use super::World;
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::outcome::{EntryResult, Outcome, outcome};
use formsmith_api::protocol;
use formsmith_test_support::cases;
use serde_json::Value;

fn run(world: &mut World, service: &Service, operation: &Operation, input: &Value) -> Outcome {
    let mut input = input.clone();
    protocol::fill_tokens(&world.model, operation, &mut input, &mut || {
        "3f2b8a4e-6a0f-4a53-9d6b-1f0f6a9f2c11".into()
    });
    let request = world.request(&service.name, operation.name(), &input);
    let response = world.send(&request);
    outcome(&world.model, service, operation, &input, &response)
}

/// In the model an example names the error it ends in; one that names none succeeds.
#[test]
fn examples_end_as_the_model_says() {
    let model = Model::embedded().unwrap();
    for file in [
        "service-catalog",
        "billing-conductor",
        "partner-central-selling",
    ] {
        let path = cases::root().join(format!("../../src/api/models/{file}.json"));
        let document = cases::json(&path);
        for service in model.services() {
            for operation in &service.operations {
                let shape = &document["shapes"][operation.id.as_str()];
                let examples = shape["traits"]["smithy.api#examples"].as_array();
                for example in examples.into_iter().flatten() {
                    let mut world = World::fresh();
                    let outcome = run(&mut world, service, operation, &example["input"]);
                    assert_ends_as_told(example, outcome);
                }
            }
        }
    }
}

fn assert_ends_as_told(example: &Value, outcome: Outcome) {
    let title = &example["title"];
    match (outcome, example.get("error")) {
        (Outcome::Error(error), Some(told)) => {
            let name = error.name.unwrap();
            let id = told["shapeId"].as_str().unwrap();
            assert_eq!(protocol::shape_name(id), name, "{title}");
            let content = &told["content"];
            assert_eq!(
                content["Message"].as_str(),
                error.message.as_deref(),
                "{title}"
            );
            for (member, value) in &error.members {
                assert_eq!(content.get(member), Some(value), "{title}: {member}");
            }
        }
        (Outcome::Error(error), None) => panic!("{title}: {error:?}"),
        (Outcome::NotUnderstood(what), _) => panic!("{title}: {what:?}"),
        (outcome, told) => assert_eq!(told, None, "{title}: {outcome:?}"),
    }
}

/// How many entries of each batch example are done, and the codes of those that are not.
#[test]
fn batch_examples_fail_entry_by_entry_as_their_titles_say() {
    let model = Model::embedded().unwrap();
    let each_code = [
        "DUPLICATE_RESOURCE",
        "THROTTLING",
        "INTERNAL_FAILURE",
        "LIMIT_EXCEEDED",
        "RESOURCE_NOT_FOUND",
        "INVALID_PARAMETER",
    ];
    let told: [(&str, usize, &[&str]); 8] = [
        ("Add three actions to a new version", 3, &[]),
        ("One association added and six that fail", 1, &each_code),
        ("Remove two actions from one version", 2, &[]),
        ("One success and six different failures", 1, &each_code),
        ("Two billing groups and a line item", 3, &[]),
        ("A billing group and a flat custom line item", 2, &[]),
        (
            "One association and five different failures",
            1,
            &[
                "INVALID_ARN",
                "SERVICE_LIMIT_EXCEEDED",
                "ILLEGAL_CUSTOMLINEITEM",
                "INTERNAL_SERVER_EXCEPTION",
                "INVALID_BILLING_PERIOD_RANGE",
            ],
        ),
        (
            "One success and five different failures",
            1,
            &[
                "INVALID_ARN",
                "SERVICE_LIMIT_EXCEEDED",
                "ILLEGAL_CUSTOMLINEITEM",
                "INTERNAL_SERVER_EXCEPTION",
                "INVALID_BILLING_PERIOD_RANGE",
            ],
        ),
    ];
    let mut met = 0;
    for service in model.services() {
        for operation in &service.operations {
            for example in &operation.traits.examples {
                let mut world = World::fresh();
                let outcome = run(&mut world, service, operation, &example.input);
                let Outcome::Batch(batch) = outcome else {
                    continue;
                };
                let told = told.iter().find(|told| told.0 == example.title);
                let (title, done, codes) = told.expect("an example whose outcome is known");
                assert_eq!(batch.succeeded().count(), *done, "{title}");
                let found: Vec<&str> = batch
                    .failed()
                    .map(|entry| entry.code.as_deref().unwrap())
                    .collect();
                assert_eq!(found, *codes, "{title}");
                let is_known = |result: &EntryResult| *result != EntryResult::Unreported;
                assert!(batch.entries.iter().all(|entry| is_known(&entry.result)));
                met += 1;
            }
        }
    }
    assert_eq!(met, told.len());
}

/// Requests copied from reference pages use these identifiers, so they name something here.
#[test]
fn recorded_requests_are_understood() {
    for (file, case) in cases::exchanges() {
        let mut world = World::fresh();
        let (service, name) = (&case["service"], case["operation"].as_str().unwrap());
        let body = case["request"]["body"].as_str().unwrap();
        let input: Value = serde_json::from_str(body).unwrap();
        let request = world.request(service.as_str().unwrap(), name, &input);
        let response = world.send(&request);
        let text = String::from_utf8_lossy(&response.body);
        let is_refusal = [
            "Serialization",
            "UnknownOperation",
            "validation error detected",
        ];
        assert!(
            !is_refusal.iter().any(|word| text.contains(word)),
            "{file}: {text}"
        );
    }
}
