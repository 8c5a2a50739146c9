//! Values from elsewhere: what the input has stays, what it doesn't is named.

use crate::library;
use formsmith_api::draft::{Tokens, prune_unknown};
use formsmith_api::model::Model;
use serde_json::{Value, json};

#[test]
fn members_the_input_lacks_are_dropped_and_named_by_their_place() {
    let model = library::model();
    let (_, print) = library::named(&model, "PrintCard");
    let value = json!({
        "Reader": "Ida", "Colour": "red",
        "Options": { "any key": { "Value": "1", "Size": 2 }, "b": "of another type" },
        "Layout": { "is": ["kept", { "as": "it is" }] }
    });
    let (kept, dropped) = prune_unknown(&model, print, &value, Tokens::Keep);
    let expected = json!({
        "Reader": "Ida",
        "Options": { "any key": { "Value": "1" }, "b": "of another type" },
        "Layout": { "is": ["kept", { "as": "it is" }] }
    });
    assert_eq!(kept, expected);
    assert_eq!(dropped, ["Colour", "Options.any key.Size"]);
    for odd in [json!("text"), json!([1]), Value::Null] {
        assert_eq!(
            prune_unknown(&model, print, &odd, Tokens::Keep),
            (odd, Vec::new())
        );
    }
}

#[test]
fn tokens_are_left_out_only_when_asked_and_are_no_strangers() {
    let model = Model::embedded().unwrap();
    let operation = "ExecuteProvisionedProductServiceAction";
    let (_, operation) = crate::operation(&model, "servicecatalog", operation);
    let value = json!({ "ServiceActionId": "act-1", "ExecuteToken": "t" });
    let (kept, dropped) = prune_unknown(&model, operation, &value, Tokens::Keep);
    assert_eq!((&kept, dropped.len()), (&value, 0));
    let (kept, dropped) = prune_unknown(&model, operation, &value, Tokens::LeaveOut);
    assert_eq!(kept, json!({ "ServiceActionId": "act-1" }));
    assert_eq!(dropped.len(), 0);
}

#[test]
fn ten_thousand_entries_are_named_one_by_one() {
    let model = Model::embedded().unwrap();
    let operation = "BatchDisassociateServiceActionFromProvisioningArtifact";
    let (_, operation) = crate::operation(&model, "servicecatalog", operation);
    let entry = json!({ "ServiceActionId": "act-1", "Foo": 1 });
    let value = json!({ "ServiceActionAssociations": vec![entry; 10_000] });
    let (kept, dropped) = prune_unknown(&model, operation, &value, Tokens::Keep);
    assert_eq!(dropped.len(), 10_000);
    assert_eq!(dropped[2], "ServiceActionAssociations[2].Foo");
    let kept = kept["ServiceActionAssociations"].as_array().unwrap();
    assert!(kept.iter().all(|entry| entry.get("Foo").is_none()));
}
