//! Faults that were asked for, and scenarios made of them.

use super::{World, json};
use formsmith_api::http::HttpRequest;
use formsmith_api::outcome::{self, Outcome};
use formsmith_api::protocol;
use formsmith_sandbox::{Delivery, Reply, Signature};
use serde_json::{Value, json as value};

const CATALOG: &str = "servicecatalog";
const ASSOCIATE: &str = "AssociateServiceActionWithProvisioningArtifact";
const BATCH: &str = "BatchDisassociateServiceActionFromProvisioningArtifact";

impl World {
    fn own(&mut self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let body = match body {
            Value::Null => Vec::new(),
            body => body.to_string().into_bytes(),
        };
        let response = self.send(&HttpRequest {
            host_prefix: String::new(),
            method: method.into(),
            path: path.into(),
            headers: Vec::new(),
            body,
            file: None,
        });
        (response.status, json(&response))
    }

    fn strike(&mut self, fault: Value) {
        let plan = value!({ "faults": [fault] });
        assert_eq!(self.own("PUT", "/_faults", &plan), (204, Value::Null));
    }

    fn ask(&mut self, operation: &str, input: &Value) -> Reply {
        let request = self.request(CATALOG, operation, input);
        self.reply(&request, Signature::NotChecked)
    }

    /// How much was really done.
    fn done(&mut self) -> u64 {
        self.own("GET", "/_ledger", &Value::Null).1["count"]
            .as_u64()
            .unwrap()
    }
}

/// An association that the fresh world takes.
fn association() -> Value {
    value!({
        "ServiceActionId": "act-fs7abcd89wxyz",
        "ProductId": "prod-abcdzk7xy33qa",
        "ProvisioningArtifactId": "pa-wk3f6hvy9pb7m",
    })
}

fn with_token(token: &str) -> Value {
    let mut input = association();
    input["IdempotencyToken"] = token.into();
    input
}

fn name(reply: &Reply) -> String {
    let body = json(&reply.response);
    body["__type"]
        .as_str()
        .unwrap_or_default()
        .rsplit('#')
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn each_fault_strikes_as_it_says_and_does_what_it_says() {
    for (fault, status, error, delivery, done) in [
        ("throttle", 400, "ThrottlingException", Delivery::Whole, 0),
        ("denied", 400, "AccessDeniedException", Delivery::Whole, 0),
        ("expired", 400, "ExpiredTokenException", Delivery::Whole, 0),
        ("skew", 400, "InvalidSignatureException", Delivery::Whole, 0),
        ("fail-before", 500, "InternalFailure", Delivery::Whole, 0),
        ("fail-after", 500, "InternalFailure", Delivery::Whole, 1),
        ("cut-off", 200, "", Delivery::CutOff, 1),
        ("lost", 200, "", Delivery::Lost, 1),
        ("hang", 200, "", Delivery::Never, 0),
    ] {
        let mut planned = World::fresh();
        planned.strike(value!({ "fault": fault }));
        let mut named = World::fresh();
        let by_plan = planned.ask(ASSOCIATE, &association());
        let by_name = named.ask(ASSOCIATE, &with_token(&format!("fault-{fault}-1")));
        for (world, reply) in [(&mut planned, by_plan), (&mut named, by_name)] {
            assert_eq!(reply.response.status, status, "{fault}");
            assert_eq!(reply.delivery, delivery, "{fault}");
            if !error.is_empty() {
                assert_eq!(name(&reply), error);
            }
            assert_eq!(world.done(), done, "{fault}");
        }
    }
}

#[test]
fn garbage_comes_with_status_200_after_it_was_done() {
    let mut world = World::fresh();
    let reply = world.ask(ASSOCIATE, &with_token("fault-garbage"));
    assert_eq!(reply.response.status, 200);
    assert!(reply.response.body.starts_with(b"<html>"));
    assert_eq!(world.done(), 1);
}

#[test]
fn a_delay_holds_the_answer_back_and_changes_nothing_else() {
    let mut world = World::fresh();
    world.strike(value!({ "fault": { "delay": { "ms": 1500 } } }));
    let reply = world.ask(ASSOCIATE, &association());
    assert_eq!((reply.delay_ms, reply.delivery), (1500, Delivery::Whole));
    assert_eq!(reply.response.status, 200);
    assert_eq!(world.done(), 1);
}

#[test]
fn the_first_calls_are_struck_and_the_next_is_carried_out_once() {
    let mut world = World::fresh();
    world.strike(value!({ "fault": "throttle", "operation": ASSOCIATE, "times": 2 }));
    let other = world.ask("ListServiceActions", &value!({}));
    assert_eq!(
        other.response.status, 200,
        "another operation is not struck"
    );
    let input = with_token("one-token-for-all");
    let names = [(); 4].map(|()| name(&world.ask(ASSOCIATE, &input)));
    assert_eq!(
        names,
        ["ThrottlingException", "ThrottlingException", "", ""]
    );
    assert_eq!(
        world.done(),
        1,
        "the token keeps the fourth from doing it again"
    );
}

#[test]
fn a_share_strikes_the_same_requests_each_time_and_others_with_another_seed() {
    let strikes = |seed: u64| {
        let mut world = World::fresh();
        let plan = value!({ "seed": seed, "faults": [{ "fault": "throttle", "percent": 30 }] });
        assert_eq!(world.own("PUT", "/_faults", &plan).0, 204);
        let mut struck = Vec::new();
        for _ in 0..200 {
            struck.push(world.ask("ListServiceActions", &value!({})).response.status == 400);
        }
        struck
    };
    assert_eq!(strikes(1), strikes(1));
    assert_ne!(strikes(1), strikes(2));
    let count = strikes(1).iter().filter(|is_struck| **is_struck).count();
    assert!((40..80).contains(&count), "{count} of 200");
}

#[test]
fn entries_fail_with_any_code_and_the_rest_is_done() {
    let mut world = World::fresh();
    let examples = world
        .model
        .service(CATALOG)
        .unwrap()
        .operation(BATCH)
        .unwrap();
    let good = examples.traits.examples[0].input.clone();
    world.strike(value!({ "fault": { "entries": { "code": "LIMIT_EXCEEDED", "at": [1] } } }));
    let reply = world.ask(BATCH, &good);
    let failed = &json(&reply.response)["FailedServiceActionAssociations"];
    assert_eq!(failed.as_array().unwrap().len(), 1);
    assert_eq!(failed[0]["ErrorCode"], "LIMIT_EXCEEDED");
    let sent = &good["ServiceActionAssociations"][1];
    assert_eq!(failed[0]["ServiceActionId"], sent["ServiceActionId"]);
    assert_eq!(world.done(), 1);

    let mut world = World::fresh();
    let mut input = good.clone();
    input["ServiceActionAssociations"][0]["ServiceActionId"] = "act-fault-THROTTLING-1".into();
    let reply = world.ask(BATCH, &input);
    let failed = &json(&reply.response)["FailedServiceActionAssociations"];
    assert_eq!(failed[0]["ErrorCode"], "THROTTLING");
    assert_eq!((failed.as_array().unwrap().len(), world.done()), (1, 1));
}

#[test]
fn the_clock_can_be_stopped_set_and_let_go_on() {
    let mut world = World::fresh();
    let now = |world: &mut World| world.own("GET", "/_clock", &Value::Null).1["nowMs"].clone();
    assert_eq!(now(&mut world), super::NOW_MS);
    assert_eq!(world.own("PUT", "/_clock", &value!({ "nowMs": 5 })).0, 204);
    assert_eq!(now(&mut world), 5);
    assert_eq!(
        world.own("PUT", "/_clock", &value!({ "nowMs": "6" })).0,
        400
    );
    assert_eq!(world.own("DELETE", "/_clock", &Value::Null).0, 204);
    assert_eq!(now(&mut world), super::NOW_MS);
}

#[test]
fn a_word_that_only_ends_like_the_mark_asks_for_nothing() {
    let mut world = World::fresh();
    let reply = world.ask(ASSOCIATE, &with_token("default-lost"));
    assert_eq!(reply.delivery, Delivery::Whole);
    assert_eq!(reply.response.status, 200);
}

#[test]
fn a_plan_that_is_not_understood_changes_nothing() {
    let mut world = World::fresh();
    world.strike(value!({ "fault": "throttle" }));
    for wrong in [
        value!({ "faults": [{ "fault": "explode" }] }),
        value!({ "faults": [{ "fault": "throttle", "tmies": 2 }] }),
        value!({ "faults": vec![value!({ "fault": "throttle" }); 101] }),
        value!([]),
    ] {
        let (status, told) = world.own("PUT", "/_faults", &wrong);
        assert_eq!(
            (status, &told["code"]),
            (400, &"faults-not-understood".into())
        );
    }
    let plan = world.own("GET", "/_faults", &Value::Null).1;
    assert_eq!(plan["faults"][0]["fault"], "throttle");
    assert_eq!(world.own("POST", "/_reset", &Value::Null).0, 204);
    assert_eq!(world.ask(ASSOCIATE, &association()).response.status, 200);
}

#[test]
fn a_signature_is_judged_between_the_body_and_the_types() {
    let mut world = World::fresh();
    let broken = HttpRequest {
        body: b"{".to_vec(),
        ..world.request(CATALOG, ASSOCIATE, &association())
    };
    let wrong_type = world.request(CATALOG, ASSOCIATE, &value!({ "ProductId": 7 }));
    let unknown = HttpRequest {
        headers: vec![
            ("Content-Type".into(), "application/x-amz-json-1.1".into()),
            (
                "X-Amz-Target".into(),
                "AWS242ServiceCatalogService.Nothing".into(),
            ),
        ],
        ..wrong_type.clone()
    };
    for (request, signature, error) in [
        (&broken, Signature::Wrong, "SerializationException"),
        (&unknown, Signature::Wrong, "UnknownOperationException"),
        (&wrong_type, Signature::Wrong, "InvalidSignatureException"),
        (
            &wrong_type,
            Signature::Missing,
            "MissingAuthenticationTokenException",
        ),
        (
            &wrong_type,
            Signature::Incomplete,
            "IncompleteSignatureException",
        ),
        (
            &wrong_type,
            Signature::UnknownKey,
            "UnrecognizedClientException",
        ),
        (&wrong_type, Signature::Expired, "InvalidSignatureException"),
        (&wrong_type, Signature::Valid, "SerializationException"),
    ] {
        assert_eq!(name(&world.reply(request, signature)), error);
    }
}

#[test]
fn credentials_are_refused_with_the_status_of_the_protocol() {
    for (service, status) in [
        (CATALOG, 400),
        ("billingconductor", 403),
        ("partnercentral-selling", 400),
    ] {
        let mut world = World::fresh();
        let model = world.model.clone();
        let operation = &model.service(service).unwrap().operations[0];
        let input = &operation.traits.examples[0].input;
        let request = world.request(service, operation.name(), input);
        for signature in [
            Signature::Missing,
            Signature::Incomplete,
            Signature::UnknownKey,
            Signature::Expired,
            Signature::Wrong,
        ] {
            let reply = world.reply(&request, signature);
            assert_eq!(reply.response.status, status, "{service}, {signature:?}");
        }
        world.strike(value!({ "fault": "expired" }));
        assert_eq!(world.send(&request).status, status, "{service}");
    }
}

#[test]
fn every_fault_that_is_offered_is_one_and_is_asked_for_by_its_name() {
    let mut world = World::fresh();
    let faults = world.own("GET", "/_scenarios", &Value::Null).1["faults"].clone();
    let faults = faults.as_array().unwrap();
    assert_eq!(faults.len(), 11);
    for fault in faults {
        let name = fault["name"].as_str().unwrap();
        assert!(fault["what"].as_str().unwrap().ends_with('.'));
        let mut struck = World::fresh();
        let reply = struck.ask(ASSOCIATE, &with_token(&format!("fault-{name}")));
        let plain = World::fresh().ask(ASSOCIATE, &with_token("no-such-thing"));
        let what = |reply: &Reply| {
            let response = &reply.response;
            (
                response.status,
                response.body.clone(),
                reply.delay_ms,
                reply.delivery,
            )
        };
        assert_ne!(what(&reply), what(&plain), "{name}");
    }
}

#[test]
fn every_scenario_can_be_begun_and_ends_as_its_story_says() {
    let mut world = World::fresh();
    let scenarios = world.own("GET", "/_scenarios", &Value::Null).1["scenarios"].clone();
    let mut told = Vec::new();
    for scenario in scenarios.as_array().unwrap() {
        let text = |name: &str| scenario[name].as_str().unwrap().to_owned();
        assert!(!text("title").is_empty() && text("story").ends_with('.'));
        let path = format!("/_scenarios/{}", text("id"));
        assert_eq!(world.own("POST", &path, &Value::Null).0, 204, "{path}");
        let model = world.model.clone();
        let service = model.service(&text("service")).unwrap();
        let operation = service.operation(&text("operation")).unwrap();
        let mut input = scenario["input"].clone();
        let mut token = || "00000000-0000-4000-8000-000000000000".to_owned();
        protocol::fill_tokens(&model, operation, &mut input, &mut token);
        let request = world.request(&text("service"), &text("operation"), &input);
        let reply = world.reply(&request, Signature::NotChecked);
        let outcome = outcome::outcome(
            &model,
            service,
            operation,
            &scenario["input"],
            &reply.response,
        );
        let done = match outcome {
            Outcome::Batch(batch) => {
                format!("{} of {}", batch.succeeded().count(), batch.total())
            }
            Outcome::Error(error) => error.name.unwrap(),
            Outcome::Empty | Outcome::Output(_) => "done".into(),
            Outcome::NotUnderstood(why) => format!("{why:?}"),
        };
        let late = if reply.delay_ms > 0 { " late" } else { "" };
        let lost = if reply.delivery == Delivery::Lost {
            " lost"
        } else {
            ""
        };
        told.push(format!("{}: {done}{late}{lost}", text("id")));
    }
    assert_eq!(
        told,
        [
            "all-succeed: 2 of 2",
            "some-fail: 1 of 7",
            "all-fail: 0 of 3",
            "throttled: ThrottlingException",
            "no-permission: AccessDeniedException",
            "run-fails: done",
            "already-removed: 1 of 2",
            "slow: done late",
            "answer-lost: done lost",
        ]
    );
    assert_eq!(world.own("POST", "/_scenarios/none", &Value::Null).0, 404);
}
