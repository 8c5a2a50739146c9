//! Taking back what was done, and only that.

use crate::library;
use formsmith_api::inverse::{InferredInverse, inverse, inverse_input};
use formsmith_api::model::Model;
use serde_json::{Value, json};

#[test]
fn the_entries_that_were_done_go_back_and_what_the_inverse_lacks_is_dropped() {
    let model = library::model();
    let (service, lend) = library::named(&model, "Lend");
    let book = |isbn: &str| json!({ "Isbn": isbn, "Shelf": "b", "Days": 14 });
    let input = json!({
        "Books": [book("1"), book("2"), book("3")],
        "Reader": "Ida", "Request": "a token", "Note": "for the holidays"
    });
    let undo = |done: &[usize]| {
        let (inverse, input) = inverse_input(&model, service, lend, &input, done)?;
        assert_eq!(inverse.name(), "TakeBack");
        Some(input)
    };
    let expected = json!({
        "Reader": "Ida",
        "Books": [{ "Isbn": "3", "Shelf": "b" }, { "Isbn": "1", "Shelf": "b" }]
    });
    assert_eq!(undo(&[2, 0]), Some(expected));
    // Places that were not sent are not invented.
    assert_eq!(undo(&[1, 9]).unwrap()["Books"].as_array().unwrap().len(), 1);
    assert_eq!(undo(&[]), None);
    assert_eq!(undo(&[9]), None);
    let (_, take_back) = library::named(&model, "TakeBack");
    assert!(inverse_input(&model, service, take_back, &input, &[0]).is_none());
}

#[test]
fn that_there_is_an_inverse_is_known_without_an_input() {
    let model = library::model();
    let (service, lend) = library::named(&model, "Lend");
    let found = inverse(service, lend).map(|inverse| inverse.name());
    assert_eq!(found, Some("TakeBack"));
    let (_, take_back) = library::named(&model, "TakeBack");
    assert!(inverse(service, take_back).is_none());
    // What is offered can be made: each that has one gives an input for what was done.
    let model = Model::embedded().unwrap();
    for service in model.services() {
        for operation in &service.operations {
            let Some(inverse) = inverse(service, operation) else {
                continue;
            };
            let batch = operation.traits.batch.as_ref();
            let entries = batch.map(|batch| (batch.entries.clone(), json!(["x"])));
            let input = Value::Object(entries.into_iter().collect());
            let made = inverse_input(&model, service, operation, &input, &[0]);
            let made = made.map(|(operation, _)| operation.name());
            assert_eq!(made, Some(inverse.name()), "{}", operation.name());
        }
    }
}

fn embedded(service: &str, operation: &str, input: &Value, done: &[usize]) -> (String, Value) {
    let model = Model::embedded().unwrap();
    let (service, operation) = crate::operation(&model, service, operation);
    let (inverse, input) = inverse_input(&model, service, operation, input, done).unwrap();
    (inverse.name().to_owned(), input)
}

#[test]
fn a_single_association_goes_back_without_its_token() {
    let input = json!({
        "ProductId": "prod-1", "ProvisioningArtifactId": "pa-1", "ServiceActionId": "act-1",
        "AcceptLanguage": "jp", "IdempotencyToken": "there-and-back"
    });
    let (inverse, undone) = embedded(
        "servicecatalog",
        "AssociateServiceActionWithProvisioningArtifact",
        &input,
        &[7],
    );
    assert_eq!(inverse, "DisassociateServiceActionFromProvisioningArtifact");
    let mut expected = input;
    expected.as_object_mut().unwrap().remove("IdempotencyToken");
    assert_eq!(undone, expected);
}

#[test]
fn texts_are_entries_too_and_the_rest_of_the_input_stays() {
    let range = json!({ "InclusiveStartBillingPeriod": "2025-06" });
    let input = json!({
        "TargetArn": "abcde12345", "ResourceArns": ["210987654321", "345678901234"],
        "BillingPeriodRange": range
    });
    let (inverse, undone) = embedded(
        "billingconductor",
        "BatchDisassociateResourcesFromCustomLineItem",
        &input,
        &[1],
    );
    assert_eq!(inverse, "BatchAssociateResourcesToCustomLineItem");
    let expected = json!({
        "TargetArn": "abcde12345", "ResourceArns": ["345678901234"], "BillingPeriodRange": range
    });
    assert_eq!(undone, expected);
}

#[test]
fn what_is_inferred_takes_its_input_from_input_and_answer() {
    let inverses = json!({
        "CreateEndpoint": { "operation": "DeleteEndpoints", "input": { "Ids": "[output.Endpoint.Id]" } },
        "Run": { "operation": "Terminate", "input": { "Ids": "output.Instances[].Id" } },
        "Tag": { "operation": "Untag", "input": {
            "Arn": "input.Arn", "Keys": "keys(input.Tags)", "More": "input.More[].Key"
        } },
        "Broken": { "operation": "Mend", "input": { "Id": 7 } }
    });
    let undo = |operation: &str, input: Value, output: Value| {
        let inverse = InferredInverse::find(&inverses, operation)?;
        inverse.input(&input, output.as_object()?)
    };
    let endpoint = json!({ "Endpoint": { "Id": "e-1" } });
    let made = undo("CreateEndpoint", json!({}), endpoint);
    assert_eq!(made, Some(json!({ "Ids": ["e-1"] })));
    let instances = json!({ "Instances": [{ "Id": "i-1" }, { "Id": "i-2" }] });
    let made = undo("Run", json!({}), instances);
    assert_eq!(made, Some(json!({ "Ids": ["i-1", "i-2"] })));
    let tags = json!({ "Arn": "a", "Tags": { "x": "1", "y": "2" }, "More": [{ "Key": "z", "Value": "" }] });
    let made = undo("Tag", tags, json!({}));
    assert_eq!(
        made,
        Some(json!({ "Arn": "a", "Keys": ["x", "y"], "More": ["z"] }))
    );
    // What was not narrowed is not narrowed, and what the answer doesn't tell can't be taken back.
    let made = undo("Tag", json!({ "Arn": "a" }), json!({}));
    assert_eq!(made, Some(json!({ "Arn": "a" })));
    for output in [
        json!({}),
        json!({ "Endpoint": {} }),
        json!({ "Endpoint": { "Id": null } }),
        json!({ "Endpoint": { "Id": { "formsmith:notKept": "a hash" } } }),
    ] {
        assert_eq!(undo("CreateEndpoint", json!({}), output), None);
    }
    for output in [
        json!({ "Instances": [] }),
        json!({ "Instances": [{ "Id": "i-1" }, {}] }),
    ] {
        assert_eq!(undo("Run", json!({}), output), None);
    }
    assert!(InferredInverse::find(&inverses, "Broken").is_none());
    assert!(InferredInverse::find(&inverses, "Delete").is_none());
    assert!(InferredInverse::find(&Value::Null, "Tag").is_none());
}
