//! The state of the sandbox as a document: saved, brought back, refused.

use super::ledger::control;
use super::{World, json};
use formsmith_api::http::HttpResponse;
use formsmith_api::protocol;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const LINE_ITEMS: &str = "/services/billingconductor/line_items";
const GROUPS: &str = "/services/billingconductor/billing_groups";

fn saved(world: &mut World) -> Value {
    let response = world.send(&control("GET", "/_state", ""));
    assert_eq!(response.status, 200);
    json(&response)
}

fn load(world: &mut World, state: &Value) -> HttpResponse {
    world.send(&control("PUT", "/_state", state.to_string()))
}

fn ask(world: &mut World, service: &str, operation: &str, input: &Value) -> HttpResponse {
    let request = world.request(service, operation, input);
    world.send(&request)
}

/// One change in each service, and a first attempt that fails.
fn change(world: &mut World) -> Vec<HttpResponse> {
    let requests = [
        (
            "billingconductor",
            "BatchAssociateResourcesToCustomLineItem",
            json!({ "TargetArn": "zzzzz12345", "ResourceArns": ["345678901234", "678901234567"] }),
        ),
        (
            "partnercentral-selling",
            "DisassociateOpportunity",
            json!({
                "Catalog": "AWS",
                "OpportunityIdentifier": "O7654321",
                "RelatedEntityType": "AwsProducts",
                "RelatedEntityIdentifier": "AmazonS3",
            }),
        ),
        (
            "servicecatalog",
            "AssociateServiceActionWithProvisioningArtifact",
            json!({
                "ServiceActionId": "act-resz2vol7jm4c",
                "ProductId": "prod-abcdzk7xy33qa",
                "ProvisioningArtifactId": "pa-wk3f6hvy9pb7m",
                "IdempotencyToken": "once",
            }),
        ),
        (
            "servicecatalog",
            "ExecuteProvisionedProductServiceAction",
            json!({
                "ProvisionedProductId": "pp-orders3pg9zk5",
                "ServiceActionId": "act-snap3rds6hw2z",
                "ExecuteToken": "run",
            }),
        ),
    ];
    let requests = requests.iter();
    requests
        .map(|(service, operation, input)| ask(world, service, operation, input))
        .collect()
}

/// What all reading operations answer to their first examples.
fn read_everything(world: &mut World) -> Vec<HttpResponse> {
    let model = world.model.clone();
    let mut answers = Vec::new();
    for service in model.services() {
        for operation in service.operations.iter().filter(|it| it.traits.readonly) {
            let input = &operation.traits.examples[0].input;
            let request = protocol::request(&model, service, operation, input).unwrap();
            let mut answer = world.send(&request);
            assert_eq!(answer.status, 200, "{}", operation.id);
            answer.headers.clear();
            answers.push(answer);
        }
    }
    assert!(answers.len() > 3);
    answers
}

#[test]
fn what_is_saved_and_brought_back_gives_the_same_answers() {
    let mut world = World::fresh();
    let fresh = saved(&mut world);
    let seeded = read_everything(&mut world);
    for answer in change(&mut world) {
        assert_eq!(answer.status, 200, "{}", json(&answer));
    }
    let changed = saved(&mut world);
    let answers = read_everything(&mut world);
    assert_ne!(answers, seeded);

    let reset = world.send(&control("POST", "/_reset", ""));
    assert_eq!((reset.status, reset.body.len()), (204, 0));
    assert_eq!(saved(&mut world), fresh);
    assert_eq!(read_everything(&mut world), seeded);

    // Into another sandbox, as from a file.
    let mut world = World::fresh();
    let loaded = load(&mut world, &changed);
    assert_eq!((loaded.status, loaded.body.len()), (204, 0));
    assert_eq!(saved(&mut world), changed);
    assert_eq!(read_everything(&mut world), answers);

    // What was tried before counts, and a token holds: nothing of it is done twice.
    let again = change(&mut world);
    let failed = &json(&again[0])["FailedAssociatedResources"];
    let reasons: Vec<_> = failed.as_array().unwrap().iter().collect();
    assert_eq!(
        reasons.len(),
        1,
        "the second attempt at 678901234567 succeeds"
    );
    assert_eq!(again[1].status, 404);
    assert_eq!((again[2].status, again[3].status), (200, 200));
    let told = json(&world.send(&control("GET", "/_ledger", "")));
    assert_eq!(told["count"], 1);
}

#[test]
fn a_document_that_is_not_understood_changes_nothing() {
    let mut world = World::fresh();
    change(&mut world);
    let before = saved(&mut world);
    let with = |pointer: &str, value: Value| {
        let mut document = before.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap();
        parent.as_object_mut().unwrap().insert(name.into(), value);
        document
    };
    let without = |parent: &str, name: &str| {
        let mut document = before.clone();
        let members = document.pointer_mut(parent).unwrap();
        members.as_object_mut().unwrap().remove(name).unwrap();
        document
    };
    let share = |member: &str| format!("{LINE_ITEMS}/abcde12345/{member}");
    let documents = [
        (json!(null), "version has to be 1"),
        (json!({}), "version has to be 1"),
        (with("/version", json!(2)), "version has to be 1"),
        (with("/version", json!("1")), "version has to be 1"),
        (with("/services", json!([])), "services has to be an object"),
        (
            without("/services", "servicecatalog"),
            "services: servicecatalog is missing",
        ),
        (
            with("/services/s3", json!({})),
            "services: s3 is none of the sandbox's services",
        ),
        (
            with("/services/billingconductor", json!(1)),
            "services: billingconductor: invalid type",
        ),
        (
            with(&share("colour"), json!("red")),
            "unknown field `colour`",
        ),
        (with(&share("limit"), json!(-1)), "invalid value"),
        (
            with(&share("limit"), json!(10_001)),
            "at most 10000 are kept",
        ),
        (with(&share("limit"), json!(1)), "8 are too many, at most 1"),
        (
            with(&share("trouble"), json!("IsBroken")),
            "unknown variant `IsBroken`",
        ),
        (
            without(&format!("{LINE_ITEMS}/abcde12345"), "charge"),
            "missing field `charge`",
        ),
        (
            with(
                &share("resources"),
                json!({ "billinggroup/1": { "since": "2025-13" } }),
            ),
            "2025-13 is not a month such as 2025-10",
        ),
    ];
    for (document, why) in documents {
        let response = load(&mut world, &document);
        assert_eq!(response.status, 400, "{why}");
        let refusal = json(&response);
        assert_eq!(refusal["code"], "state-not-understood");
        let message = refusal["message"].as_str().unwrap();
        assert!(message.contains(why), "{message}");
        assert_eq!(saved(&mut world), before, "{why}");
    }
    for body in ["", "{", "version: 1", "[1"] {
        let response = world.send(&control("PUT", "/_state", body));
        assert_eq!(response.status, 400);
        assert!(
            json(&response)["message"]
                .as_str()
                .unwrap()
                .contains("it is not JSON")
        );
    }
    let huge = vec![b' '; 16 * 1024 * 1024 + 1];
    let response = world.send(&control("PUT", "/_state", huge));
    assert_eq!(response.status, 413);
    assert_eq!(json(&response)["code"], "state-too-large");
    assert_eq!(saved(&mut world), before);
}

/// All places in a document that hold no object or array.
fn leaves(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                leaves(value, format!("{at}/{}", name.replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                leaves(value, format!("{at}/{index}"), found);
            }
        }
        _ => found.push(at),
    }
}

/// Whatever stands in a document: it is refused, or there are answers all the same.
#[test]
fn a_document_with_something_odd_in_it_is_refused_or_lived_with() {
    let mut world = World::fresh();
    change(&mut world);
    let state = saved(&mut world);
    let mut places = Vec::new();
    leaves(&state, String::new(), &mut places);
    assert!(places.len() > 500);
    let odd = [
        json!(""),
        json!("🙂"),
        json!(u64::MAX),
        json!(-1),
        json!(null),
        json!(true),
    ];
    let mut refused = 0;
    for (at, place) in places.iter().step_by(13).enumerate() {
        let mut document = state.clone();
        *document.pointer_mut(place).unwrap() = odd[at % odd.len()].clone();
        let mut world = World::fresh();
        if load(&mut world, &document).status == 400 {
            refused += 1;
            continue;
        }
        for answer in change(&mut world) {
            assert!(matches!(answer.status, 200 | 400 | 402 | 404), "{place}");
        }
        let model = world.model.clone();
        for service in model.services() {
            for operation in service.operations.iter().filter(|it| it.traits.readonly) {
                let input = &operation.traits.examples[0].input;
                let request = protocol::request(&model, service, operation, input).unwrap();
                assert!(
                    world.send(&request).status < 500,
                    "{place}: {}",
                    operation.id
                );
            }
        }
        let document = saved(&mut world);
        assert_eq!(load(&mut world, &document).status, 204, "{place}");
    }
    assert!(refused > 10 && refused < places.len() / 13);
}

/// A state in which the data transfer share has so many resources, and thirty groups more.
fn crowded(world: &mut World, associations: usize) -> Value {
    let mut state = saved(world);
    let group = state.pointer(GROUPS).unwrap()["123456789012"].clone();
    let groups = state.pointer_mut(GROUPS).unwrap();
    for number in 0..associations + 30 {
        groups[format!("7{number:011}")] = group.clone();
    }
    let share = &mut state.pointer_mut(LINE_ITEMS).unwrap()["zzzzz12345"];
    share["resources"] = (0..associations)
        .map(|number| {
            let key = format!("billinggroup/7{number:011}");
            (key, json!({ "since": "2024-01" }))
        })
        .collect();
    state
}

/// The time of a batch that adds thirty resources, the best of five, and one that removes them.
fn time_of_a_batch(world: &mut World, first: usize) -> Duration {
    let resources: Vec<_> = (first..first + 30)
        .map(|number| format!("7{number:011}"))
        .collect();
    let input = json!({ "TargetArn": "zzzzz12345", "ResourceArns": resources });
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let started = Instant::now();
        for (operation, done) in [
            (
                "BatchAssociateResourcesToCustomLineItem",
                "SuccessfullyAssociatedResources",
            ),
            (
                "BatchDisassociateResourcesFromCustomLineItem",
                "SuccessfullyDisassociatedResources",
            ),
        ] {
            let answer = ask(world, "billingconductor", operation, &input);
            assert_eq!(json(&answer)[done].as_array().unwrap().len(), 30);
        }
        best = best.min(started.elapsed());
    }
    best
}

#[test]
fn thousands_of_associations_load_and_do_not_slow_an_entry_down() {
    let mut world = World::fresh();
    let (few, many) = (10, 9_970);
    let state = crowded(&mut world, few);
    assert_eq!(load(&mut world, &state).status, 204);
    let quick = time_of_a_batch(&mut world, few);
    world.send(&control("POST", "/_reset", ""));
    let state = crowded(&mut world, many);
    assert_eq!(load(&mut world, &state).status, 204);
    let slow = time_of_a_batch(&mut world, many);
    // A search through all of them would take some hundred times as long.
    assert!(slow < quick * 20, "{quick:?} with few, {slow:?} with many");

    let input = json!({ "Filters": { "Arns": ["zzzzz12345"] } });
    let answer = ask(
        &mut world,
        "billingconductor",
        "ListCustomLineItems",
        &input,
    );
    assert_eq!(json(&answer)["CustomLineItems"][0]["AssociationSize"], many);
}
