//! Calls as the console writes them for this SDK: the compiler takes them, with the SDK's own
//! types. They are not run: what they do beyond the call, the other tests of the SDK do.

use formsmith_api::model::Model;
use formsmith_snippets::{Call, Language, write};
use serde_json::{Value, json};

macro_rules! written {
    ($(($name:ident, $file:literal))+) => {$(
        mod $name {
            #![allow(dead_code)]
            include!($file);
            pub const TEXT: &str = include_str!($file);
        }
    )+};
}
written! {
    (lists_of_structures, "written/lists_of_structures.rs")
    (maps_of_lists, "written/maps_of_lists.rs")
    (keys_of_words, "written/keys_of_words.rs")
    (moments, "written/moments.rs")
    (nested_structures, "written/nested_structures.rs")
}

fn is_written(expected: &str, service: &str, operation: &str, input: &Value) {
    let model = Model::embedded().unwrap();
    let service = model.service(service).unwrap();
    let call = Call {
        model: &model,
        service,
        operation: service.operation(operation).unwrap(),
        is_built_in: true,
        region: "us-east-1",
        input,
        query: "",
    };
    assert_eq!(write(Language::Rust, &call).unwrap(), expected);
}

#[test]
fn what_the_compiler_takes_is_what_is_written() {
    is_written(
        lists_of_structures::TEXT,
        "servicecatalog",
        "BatchDisassociateServiceActionFromProvisioningArtifact",
        &json!({
            "ServiceActionAssociations": [
                {"ServiceActionId": "act-1", "ProductId": "prod-1", "ProvisioningArtifactId": "pa-1"},
                {"ServiceActionId": "act-2", "ProductId": "prod-2", "ProvisioningArtifactId": "pa-2"},
            ],
            "AcceptLanguage": "it's \"q\" \\ {x} \n\u{1b}\u{202e} \u{1f389} $HOME",
        }),
    );
    is_written(
        maps_of_lists::TEXT,
        "servicecatalog",
        "ExecuteProvisionedProductServiceAction",
        &json!({
            "ProvisionedProductId": "pp-1", "ServiceActionId": "act-1", "ExecuteToken": "token",
            "Parameters": {"Size": ["large", ""], "None": []},
        }),
    );
    is_written(
        keys_of_words::TEXT,
        "servicecatalog",
        "SearchProvisionedProducts",
        &json!({
            "AccessLevelFilter": {"Key": "Account", "Value": "self"},
            "Filters": {"SearchQuery": ["name:x"]}, "SortOrder": "ASCENDING", "PageSize": 5,
        }),
    );
    is_written(
        moments::TEXT,
        "partnercentral-selling",
        "ListOpportunities",
        &json!({
            "Catalog": "AWS", "Sort": {"SortBy": "Identifier", "SortOrder": "ASCENDING"},
            "Identifier": [], "LifeCycleStage": ["Qualified", "Committed"],
            "CreatedDate": {"AfterCreatedDate": "2025-01-02T03:04:05Z"},
        }),
    );
    is_written(
        nested_structures::TEXT,
        "billingconductor",
        "ListBillingGroups",
        &json!({"Filters": {
            "AutoAssociate": true, "Statuses": ["ACTIVE"],
            "Names": [{"SearchOption": "STARTS_WITH", "SearchValue": "x"}],
        }}),
    );
}
