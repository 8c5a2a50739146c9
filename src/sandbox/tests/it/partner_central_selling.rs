//! Partner Central's moments, which are texts.

use super::{World, json};
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
        let input = created_after(moment.clone());
        let request = world.request("partnercentral-selling", "ListOpportunities", &input);
        let response = world.send(&request);
        assert_eq!(response.status, 400, "{moment}");
        let name = "com.amazon.coral.service#SerializationException";
        assert_eq!(json(&response)["__type"], name, "{moment}");
    }
}

/// In the form the person is told at which character a moment stops being one.
#[test]
fn a_form_says_where_a_moment_stops_fitting() {
    let world = World::fresh();
    let service = world.model.service("partnercentral-selling").unwrap();
    let operation = service.operation("ListOpportunities").unwrap();
    let place = world.model.root(operation.input.as_ref().unwrap()).unwrap();
    let check = |moment: &str| {
        let mut found = validate::input(&world.model, place, &created_after(json!(moment)));
        found.pop().map(|located| located.violation)
    };
    assert_eq!(check("2025-03-03T09:30:00Z"), None);
    assert!(matches!(
        check("2025-03-03 09:30:00Z"),
        Some(Violation::Character {
            found: ' ',
            position: 10,
            ..
        })
    ));
    assert!(matches!(
        check("2025-03-03T09:30"),
        Some(Violation::Unfinished { .. })
    ));
}
