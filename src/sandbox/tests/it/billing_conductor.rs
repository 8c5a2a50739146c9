//! Lists of Billing Conductor while what they list changes.

use super::{World, json};
use serde_json::{Value, json};

fn ask(world: &mut World, operation: &str, input: Value) -> (u16, Value) {
    let request = world.request("billingconductor", operation, &input);
    let response = world.send(&request);
    (response.status, json(&response))
}

fn page(world: &mut World, token: Option<&str>) -> (u16, Value) {
    let input = json!({ "Arn": "abcde12345", "MaxResults": 2, "NextToken": token });
    ask(world, "ListResourcesAssociatedToCustomLineItem", input)
}

fn remove(world: &mut World, resource: &str) {
    let input = json!({ "TargetArn": "abcde12345", "ResourceArns": [resource] });
    let operation = "BatchDisassociateResourcesFromCustomLineItem";
    let (_, output) = ask(world, operation, input);
    assert_eq!(output["FailedDisassociatedResources"], json!([]));
}

#[test]
fn a_list_goes_on_at_the_same_resource_until_that_is_gone() {
    let mut world = World::fresh();
    let (_, first) = page(&mut world, None);
    let token = first["NextToken"].as_str().unwrap();
    // One that was listed goes, and the next page is what it was.
    let (_, second) = page(&mut world, Some(token));
    remove(&mut world, "123456789012");
    assert_eq!(page(&mut world, Some(token)), (200, second.clone()));
    // What the token leads to goes, and the token with it.
    let arn = second["AssociatedResources"][0]["Arn"].as_str().unwrap();
    remove(&mut world, arn);
    let (status, refusal) = page(&mut world, Some(token));
    assert_eq!(status, 400);
    assert_eq!(refusal["Reason"], "FIELD_VALIDATION_FAILED");
    assert_eq!(refusal["Fields"][0]["Name"], "NextToken");
}

#[test]
fn a_token_holds_only_for_the_request_it_was_given_for() {
    let mut world = World::fresh();
    let list = |world: &mut World, input| ask(world, "ListBillingGroups", input);
    let (_, first) = list(&mut world, json!({ "MaxResults": 3 }));
    let token = &first["NextToken"];
    let other_period = json!({ "MaxResults": 3, "NextToken": token, "BillingPeriod": "2025-01" });
    assert_eq!(list(&mut world, other_period).0, 400);
    let other_filter = json!({ "NextToken": token, "Filters": { "AutoAssociate": false } });
    assert_eq!(list(&mut world, other_filter).0, 400);
    let other_list = json!({ "NextToken": token });
    assert_eq!(ask(&mut world, "ListCustomLineItems", other_list).0, 400);
    let same = json!({ "NextToken": token });
    assert_eq!(list(&mut world, same).0, 200);
}
