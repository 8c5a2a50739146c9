//! The member whose value a message repeats.

use super::error;
use formsmith_api::model::Model;
use formsmith_api::outcome::of_named_value;
use serde_json::{Value, json};

fn place(input: Value, name: &str, message: &str) -> Option<String> {
    let model = Model::embedded().unwrap();
    let (_, operation) = crate::operation(&model, "servicecatalog", super::BATCH);
    let found = of_named_value(&model, operation, &input, &error(name, message, json!({})));
    found.map(|it| it.path.to_string())
}

fn two() -> Value {
    json!({ "ServiceActionAssociations": [
        { "ServiceActionId": "act-abc123", "ProductId": "prod-1", "ProvisioningArtifactId": "pa-x" },
        { "ServiceActionId": "act-def456", "ProductId": "prod-1", "ProvisioningArtifactId": "pa-y" },
    ] })
}

#[test]
fn one_value_is_named() {
    let place = |message| place(two(), "ResourceNotFoundException", message);
    let at = "ServiceActionAssociations[1].ServiceActionId";
    for message in [
        "The action act-def456 does not exist",
        "No such action: 'act-def456'",
        "Unknown act-def456.",
    ] {
        assert_eq!(place(message).as_deref(), Some(at), "{message}");
    }
    assert_eq!(
        place("The version 'pa-x' is gone").as_deref(),
        Some("ServiceActionAssociations[0].ProvisioningArtifactId")
    );
}

#[test]
fn what_could_be_about_something_else_is_not_taken() {
    let place = |name, message| place(two(), name, message);
    for message in [
        "The product 'prod-1' does not exist",
        "act-abc123 and act-def456 exclude each other",
        "The action act-def4567 does not exist",
        "A word like pa-x is too short without quotes",
        "Something went wrong",
    ] {
        assert_eq!(place("ValidationException", message), None, "{message}");
    }
    let denied = "User: me is not authorized to perform: x:Y on resource: act-def456";
    assert_eq!(place("AccessDeniedException", denied), None);
}
