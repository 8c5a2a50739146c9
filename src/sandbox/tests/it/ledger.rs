//! The ledger: what was really done, each effect once, in order.

use super::{World, json};
use formsmith_api::http::HttpRequest;
use serde_json::{Value, json};

pub fn control(method: &str, path: &str, body: impl Into<Vec<u8>>) -> HttpRequest {
    HttpRequest {
        host_prefix: String::new(),
        method: method.into(),
        path: path.into(),
        headers: Vec::new(),
        body: body.into(),
        file: None,
    }
}

fn ledger(world: &mut World) -> Value {
    let response = world.send(&control("GET", "/_ledger", ""));
    assert_eq!(response.status, 200);
    assert_eq!(response.header("content-type"), Some("application/json"));
    json(&response)
}

fn ask(world: &mut World, service: &str, operation: &str, input: Value) -> u16 {
    let request = world.request(service, operation, &input);
    world.send(&request).status
}

fn line_item(world: &mut World, operation: &str, resources: &[&str]) {
    let input = json!({ "TargetArn": "Mrk8pT2xQ7", "ResourceArns": resources });
    assert_eq!(ask(world, "billingconductor", operation, input), 200);
}

#[test]
fn the_ledger_has_each_effect_once_and_in_order() {
    let mut world = World::fresh();
    let empty = json!({ "count": 0, "operations": {}, "effects": [] });
    assert_eq!(ledger(&mut world), empty);

    let associate = "BatchAssociateResourcesToCustomLineItem";
    // Two succeed; the third is there already and the fourth is nothing.
    let resources = ["210987654321", "456789012345", "123456789012", "0000000000"];
    line_item(&mut world, associate, &resources);
    // The same request under the same token is done once.
    let action = json!({
        "ServiceActionId": "act-resz2vol7jm4c",
        "ProductId": "prod-abcdzk7xy33qa",
        "ProvisioningArtifactId": "pa-wk3f6hvy9pb7m",
        "IdempotencyToken": "once",
    });
    let offer = "AssociateServiceActionWithProvisioningArtifact";
    for _ in 0..2 {
        let status = ask(&mut world, "servicecatalog", offer, action.clone());
        assert_eq!(status, 200);
    }
    // The first attempt at this opportunity is throttled, and nothing is done.
    let link = json!({
        "Catalog": "Sandbox",
        "OpportunityIdentifier": "O9000429",
        "RelatedEntityType": "AwsProducts",
        "RelatedEntityIdentifier": "AmazonS3",
    });
    let partner = "partnercentral-selling";
    for status in [429, 200] {
        let answer = ask(&mut world, partner, "AssociateOpportunity", link.clone());
        assert_eq!(answer, status);
    }
    let catalog = json!({ "Catalog": "Sandbox" });
    ask(&mut world, partner, "ListOpportunities", catalog);
    let status = ask(&mut world, partner, "DisassociateOpportunity", link);
    assert_eq!(status, 200);

    let told = ledger(&mut world);
    assert_eq!(told["count"], 5);
    let counts = json!({
        "AssociateOpportunity": 1,
        "AssociateServiceActionWithProvisioningArtifact": 1,
        "BatchAssociateResourcesToCustomLineItem": 2,
        "DisassociateOpportunity": 1,
    });
    assert_eq!(told["operations"], counts);
    let effects: Vec<_> = told["effects"].as_array().unwrap().iter().collect();
    let numbers: Vec<_> = effects.iter().map(|it| it["number"].as_u64()).collect();
    assert_eq!(numbers, (1..=5).map(Some).collect::<Vec<_>>());
    let first = json!({
        "number": 1,
        "service": "billingconductor",
        "operation": associate,
        "key": ["Mrk8pT2xQ7", "billinggroup/210987654321"],
        "requestId": "00000000-0000-4000-8000-000000000002",
    });
    assert_eq!(*effects[0], first);
    let linked = json!(["Sandbox", "O9000429", "AwsProducts", "AmazonS3"]);
    assert_eq!(effects[3]["key"], linked);
    assert_eq!(effects[4]["key"], linked);
    assert_eq!(effects[4]["operation"], "DisassociateOpportunity");

    world.send(&control("POST", "/_reset", ""));
    assert_eq!(ledger(&mut world), empty);
}

#[test]
fn all_effects_are_counted_and_the_latest_are_kept() {
    let mut world = World::fresh();
    let customers: Vec<String> = (1..=28).map(|number| format!("9{number:011}")).collect();
    let customers: Vec<&str> = customers.iter().map(String::as_str).collect();
    for _ in 0..200 {
        for operation in [
            "BatchDisassociateResourcesFromCustomLineItem",
            "BatchAssociateResourcesToCustomLineItem",
        ] {
            line_item(&mut world, operation, &customers);
        }
    }
    let told = ledger(&mut world);
    let count = 200 * 2 * 28;
    assert_eq!(told["count"], count);
    let effects = told["effects"].as_array().unwrap();
    assert_eq!(effects.len(), 10_000);
    assert_eq!(effects[0]["number"], count - 9_999);
    assert_eq!(effects[9_999]["number"], count);
    assert_eq!(
        told["operations"]["BatchAssociateResourcesToCustomLineItem"],
        count / 2
    );
}

#[test]
fn own_addresses_take_their_own_methods_and_no_others_are_taken() {
    let mut world = World::fresh();
    for (method, path, allowed) in [
        ("POST", "/_ledger", "GET"),
        ("DELETE", "/_state", "GET, PUT"),
        ("GET", "/_reset", "POST"),
    ] {
        let response = world.send(&control(method, path, ""));
        assert_eq!(response.status, 405, "{path}");
        assert_eq!(response.header("allow"), Some(allowed));
        assert_eq!(json(&response)["code"], "method-not-allowed");
    }
    for path in ["/_", "/_ledger/", "/_states", "/x/_ledger"] {
        let response = world.send(&control("GET", path, ""));
        assert_eq!(response.status, 404, "{path}");
    }
    let response = world.send(&control("GET", "/_ledger?from=1", ""));
    assert_eq!(response.status, 200);
}
