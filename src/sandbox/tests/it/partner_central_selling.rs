//! Partner Central's moments, which are texts.

use super::{World, json};
use formsmith_api::http::HttpRequest;
use formsmith_api::validate::{self, Violation};
use serde_json::json;

fn created_after(moment: serde_json::Value) -> serde_json::Value {
    json!({ "Catalog": "Sandbox", "CreatedDate": { "AfterCreatedDate": moment } })
}

#[test]
fn moments_are_read_as_clients_write_them() {
    let mut world = World::fresh();
    for (moment, count) in [
        ("2025-01-01T00:00:00Z", 7),
        ("2025-03-03T09:30:00Z", 4),
        ("2025-03-03T09:29:59.999Z", 5),
        ("2025-03-03T09:29:59.999999999Z", 5),
        ("9999-12-31T23:59:59Z", 0),
    ] {
        let input = created_after(json!(moment));
        let request = world.request("partnercentral-selling", "ListOpportunities", &input);
        let response = world.send(&request);
        let listed = json(&response)["OpportunitySummaries"].clone();
        assert_eq!(listed.as_array().unwrap().len(), count, "{moment}");
    }
}

#[test]
fn what_is_not_a_moment_cannot_be_read() {
    let mut world = World::fresh();
    for moment in [
        json!("yesterday"),
        json!(""),
        json!("2025-03-03"),
        json!("2025-13-03T09:30:00Z"),
        json!("2025-03-03T24:30:00Z"),
        json!("2025-03-03T09:30:00"),
        json!(1_741_000_000),
    ] {
        // A client that checks nothing.
        let input = created_after(json!("2025-03-03T09:30:00Z"));
        let request = world.request("partnercentral-selling", "ListOpportunities", &input);
        let body = created_after(moment.clone()).to_string().into_bytes();
        let response = world.send(&HttpRequest { body, ..request });
        assert_eq!(response.status, 400, "{moment}");
        let name = "com.amazon.coral.service#SerializationException";
        assert_eq!(json(&response)["__type"], name, "{moment}");
    }
}

/// A form takes a moment in any offset, and in seconds; a client writes it as the service wants it.
#[test]
fn a_form_takes_moments_that_the_wire_has_otherwise() {
    let mut world = World::fresh();
    let model = std::sync::Arc::clone(&world.model);
    let service = model.service("partnercentral-selling").unwrap();
    let operation = service.operation("ListOpportunities").unwrap();
    let place = model.root(operation.input.as_ref().unwrap()).unwrap();
    for moment in [
        json!("2025-03-03T09:30:00Z"),
        json!("2025-03-03T11:30:00+02:00"),
        json!(1_740_994_200),
    ] {
        let input = created_after(moment.clone());
        assert_eq!(validate::input(&model, place, &input).len(), 0, "{moment}");
        let request = world.request("partnercentral-selling", "ListOpportunities", &input);
        let sent: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(
            sent["CreatedDate"]["AfterCreatedDate"],
            "2025-03-03T09:30:00Z"
        );
        assert_eq!(world.send(&request).status, 200, "{moment}");
    }
    let input = created_after(json!("2025-03-03T09:30"));
    let found = validate::input(&model, place, &input);
    assert_eq!(found[0].violation, Violation::NotAMoment);
}
