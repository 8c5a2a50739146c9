//! Inputs that break the model, each service in its own form.

use super::{World, json};
use serde_json::{Value, json};

const RUN: &str = "ExecuteProvisionedProductServiceAction";
const BATCH: &str = "BatchDisassociateServiceActionFromProvisioningArtifact";
const LINE_ITEM: &str = "BatchDisassociateResourcesFromCustomLineItem";

fn refusal(service: &str, operation: &str, input: &Value) -> Value {
    let mut world = World::fresh();
    let request = world.request(service, operation, input);
    let response = world.send(&request);
    assert_eq!(response.status, 400, "{input}");
    json(&response)
}

fn service_catalog(operation: &str, input: &Value) -> String {
    let body = refusal("servicecatalog", operation, input);
    assert_eq!(
        body["__type"],
        "com.amazon.coral.validate#ValidationException"
    );
    body["message"].as_str().unwrap().to_owned()
}

#[test]
fn the_front_end_names_values_places_and_constraints() {
    let association = |id: Value| json!({ "ServiceActionId": id, "ProductId": "prod-1", "ProvisioningArtifactId": "pa-1" });
    let two = json!({ "ServiceActionAssociations": [association("act-1".into()), association("".into())] });
    assert_eq!(
        service_catalog(BATCH, &two),
        "1 validation error detected: Value '' at \
         'serviceActionAssociations.2.member.serviceActionId' failed to satisfy constraint: \
         Member must have length greater than or equal to 1"
    );
    let absent = json!({ "ServiceActionAssociations": null });
    assert_eq!(
        service_catalog(BATCH, &absent),
        "1 validation error detected: Value null at 'serviceActionAssociations' failed to \
         satisfy constraint: Member must not be null"
    );
    let too_many = vec![association("act-1".into()); 51];
    let too_many = json!({ "ServiceActionAssociations": too_many });
    assert_eq!(
        service_catalog(BATCH, &too_many),
        "1 validation error detected: Value at 'serviceActionAssociations' failed to satisfy \
         constraint: Member must have length less than or equal to 50"
    );
    let pattern = json!({ "ServiceActionAssociations": [association("act 1".into())] });
    assert_eq!(
        service_catalog(BATCH, &pattern),
        "1 validation error detected: Value 'act 1' at \
         'serviceActionAssociations.1.member.serviceActionId' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-]*$"
    );
}

#[test]
fn several_errors_are_counted_and_joined() {
    let long = "x".repeat(101);
    let input = json!({ "ProvisionedProductId": long, "ExecuteToken": "-", "Parameters": {} });
    let expected = format!(
        "4 validation errors detected: Value '{long}' at 'provisionedProductId' failed to \
         satisfy constraint: Member must have length less than or equal to 100; Value null at \
         'serviceActionId' failed to satisfy constraint: Member must not be null; Value '-' at \
         'executeToken' failed to satisfy constraint: Member must satisfy regular expression \
         pattern: ^[a-zA-Z0-9][a-zA-Z0-9_-]*$; Value at 'parameters' failed to satisfy \
         constraint: Member must have length greater than or equal to 1"
    );
    assert_eq!(service_catalog(RUN, &input), expected);
}

#[test]
fn keys_and_values_are_reported_at_their_map() {
    let run = |parameters: Value| {
        json!({
            "ProvisionedProductId": "pp-1",
            "ServiceActionId": "act-1",
            "ExecuteToken": "t",
            "Parameters": parameters,
        })
    };
    let keys = run(json!({ "k".repeat(51): [], "": [] }));
    assert_eq!(
        service_catalog(RUN, &keys),
        "2 validation errors detected: Value at 'parameters' failed to satisfy constraint: Map \
         keys must satisfy constraint: [Member must have length less than or equal to 50]; \
         Value at 'parameters' failed to satisfy constraint: Map keys must satisfy constraint: \
         [Member must have length greater than or equal to 1]"
    );
    let values = run(json!({ "A": vec![""; 26], "B": ["x".repeat(513), "y".repeat(513)] }));
    assert_eq!(
        service_catalog(RUN, &values),
        "2 validation errors detected: Value at 'parameters' failed to satisfy constraint: Map \
         value must satisfy constraint: [Member must have length less than or equal to 25]; \
         Value at 'parameters' failed to satisfy constraint: Map value must satisfy constraint: \
         [Member must satisfy constraint: [Member must have length less than or equal to 512]]"
    );
}

#[test]
fn billing_conductor_lists_a_field_for_each() {
    let input = json!({
        "TargetArn": "",
        "ResourceArns": ["123456789012", "not an arn"],
        "BillingPeriodRange": { "InclusiveStartBillingPeriod": "2025-13" },
    });
    let body = refusal("billingconductor", LINE_ITEM, &input);
    assert_eq!(body["Reason"], "FIELD_VALIDATION_FAILED");
    let names: Vec<&str> = body["Fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["Name"].as_str().unwrap())
        .collect();
    let pattern = "^(arn:aws(-cn)?:billingconductor::[0-9]{12}:(customlineitem|billinggroup)/)?\
                   [a-zA-Z0-9]{10,12}$";
    let message = format!("Member must satisfy regular expression pattern: {pattern}");
    assert_eq!(body["Fields"][1]["Message"], message);
    let expected = [
        "TargetArn",
        "ResourceArns[1]",
        "BillingPeriodRange.InclusiveStartBillingPeriod",
    ];
    assert_eq!(names, expected);
    assert!(
        body["Message"]
            .as_str()
            .unwrap()
            .starts_with("3 validation errors detected: ")
    );

    let none = refusal(
        "billingconductor",
        LINE_ITEM,
        &json!({ "TargetArn": "abcde12345", "ResourceArns": [] }),
    );
    let field = json!({
        "Name": "ResourceArns",
        "Message": "Member must have length greater than or equal to 1",
    });
    assert_eq!(none["Fields"], json!([field]));
}

#[test]
fn partner_central_lists_an_error_with_a_code_for_each() {
    let input = json!({
        "Catalog": "AWS 1",
        "RelatedEntityType": "Customers",
        "RelatedEntityIdentifier": "x".repeat(256),
    });
    let body = refusal("partnercentral-selling", "DisassociateOpportunity", &input);
    assert_eq!(
        body["__type"],
        "com.amazonaws.partnercentralselling#ValidationException"
    );
    assert_eq!(body["Reason"], "REQUEST_VALIDATION_FAILED");
    let errors: Vec<(&str, &str)> = body["ErrorList"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            let text = |member: &str| error[member].as_str().unwrap();
            assert!(text("Message").starts_with("Member must "), "{error}");
            (text("FieldName"), text("Code"))
        })
        .collect();
    let expected = [
        ("Catalog", "INVALID_STRING_FORMAT"),
        ("OpportunityIdentifier", "REQUIRED_FIELD_MISSING"),
        ("RelatedEntityType", "INVALID_ENUM_VALUE"),
        ("RelatedEntityIdentifier", "VALUE_OUT_OF_RANGE"),
    ];
    assert_eq!(errors, expected);
}

#[test]
fn a_refused_request_changes_nothing() {
    let mut world = World::fresh();
    let good = json!({
        "ServiceActionId": "act-stop4ec2k9m7q",
        "ProductId": "prod-abcdzk7xy33qa",
        "ProvisioningArtifactId": "pa-wk2n8rtq5zd3c",
    });
    let bad = json!({ "ServiceActionAssociations": [good, {}] });
    let request = world.request("servicecatalog", BATCH, &bad);
    assert_eq!(world.send(&request).status, 400);
    let good = json!({ "ServiceActionAssociations": [good] });
    let request = world.request("servicecatalog", BATCH, &good);
    assert_eq!(
        json(&world.send(&request)),
        json!({ "FailedServiceActionAssociations": [] })
    );
}

/// As many entries as a batch takes, one of them wrong.
#[test]
fn full_batches_are_answered_entry_by_entry() {
    let mut world = World::fresh();
    let web = |version: &str, number: usize| {
        json!({
            "ServiceActionId": format!("act-runbook{number:06}"),
            "ProductId": "prod-webf7r3pq9ydj",
            "ProvisioningArtifactId": version,
        })
    };
    let green = (1..=25).map(|number| web("pa-web2x3v8nf5gq", number));
    let blue = (1..=25).map(|number| web("pa-web1t6z9kc4hm", number));
    let associations: Vec<Value> = green.chain(blue).collect();
    let input = json!({ "ServiceActionAssociations": associations });
    let request = world.request("servicecatalog", BATCH, &input);
    let answer = json(&world.send(&request));
    let failed = answer["FailedServiceActionAssociations"]
        .as_array()
        .unwrap();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0]["ServiceActionId"], "act-runbook000025");

    let customers = (1..=28).map(|number| format!("9{number:011}"));
    let headquarters = ["123456789012", "345678901234"].map(String::from);
    let resources: Vec<String> = customers.chain(headquarters).collect();
    let input = json!({ "TargetArn": "Mrk8pT2xQ7", "ResourceArns": resources });
    let request = world.request("billingconductor", LINE_ITEM, &input);
    let answer = json(&world.send(&request));
    let succeeded = answer["SuccessfullyDisassociatedResources"]
        .as_array()
        .unwrap();
    assert_eq!(
        (
            succeeded.len(),
            answer["FailedDisassociatedResources"].clone()
        ),
        (30, json!([]))
    );
}
