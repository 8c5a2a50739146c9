//! What failures say of themselves.

use super::{batch, model, of, told};
use serde_json::json;

#[test]
fn a_failure_of_one_part_of_an_entry_is_none_of_the_whole_entry() {
    let model = model();
    let operation = model.services()[0].operation("BatchGetParts").unwrap();
    assert!(operation.traits.batch.is_none());
    assert_eq!(operation.failures, ["errors"]);
}

#[test]
fn several_reasons_are_one_message() {
    let model = model();
    let input = json!({"FaceIds": ["a", "b"]});
    let body = json!({
        "AssociatedFaces": [{"FaceId": "a"}],
        "UnsuccessfulFaceAssociations": [{"FaceId": "b", "Reasons": ["NOT_FOUND", "TOO_OLD"]}],
    });
    let read = batch(&model, "AssociateFaces", &input, &body);
    assert_eq!(told(&read), ("df".into(), 0));
    let failed = read.failed().next().unwrap();
    assert_eq!(failed.message.as_deref(), Some("NOT_FOUND, TOO_OLD"));
}

#[test]
fn the_errors_that_a_failure_lists_say_why() {
    let model = model();
    let input = json!({"SnapshotIds": ["a", "b"]});
    let error = |code: &str, message: &str| json!({"Zone": "z", "Error": {"Code": code, "Message": message}});
    let body = json!({"Unsuccessful": [{
        "SnapshotId": "b",
        "StateErrors": [error("Full", "No room in 1."), error("Full", "No room in 2.")],
    }]});
    let read = batch(&model, "EnableRestores", &input, &body);
    assert_eq!(told(&read), ("df".into(), 0));
    let failed = read.failed().next().unwrap();
    assert_eq!(failed.code.as_deref(), Some("Full"));
    assert_eq!(
        failed.message.as_deref(),
        Some("No room in 1., No room in 2.")
    );
}

#[test]
fn how_many_errors_are_allowed_is_no_error() {
    let model = model();
    let input = json!({"Entries": [{"Name": "a", "MaxErrors": "1"}, {"Name": "b"}]});
    let body = json!({
        "Successful": [{"Name": "a", "MaxErrors": "1"}],
        "Failed": [{"Name": "b", "Message": "No."}],
    });
    let told = of(&model, "CreateAssociationBatch", &input, &body);
    assert_eq!(told, ("df".into(), 0));
}
