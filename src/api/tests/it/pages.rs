//! From one page to the next.

use crate::library;
use formsmith_api::model::Model;
use formsmith_api::pages::next;
use serde_json::{Value, json};

#[test]
fn the_next_page_is_asked_for_with_the_token_of_this_one() {
    let model = library::model();
    let (_, list) = library::named(&model, "ListLoans");
    let input = json!({ "Shelf": "a", "Limit": 2 });
    let output = |page: Value| {
        json!({ "Loans": [], "Page": page })
            .as_object()
            .unwrap()
            .clone()
    };
    let second = next(list, &input, &output(json!({ "Next": "t2" }))).unwrap();
    assert_eq!(second, json!({ "Shelf": "a", "Limit": 2, "After": "t2" }));
    let third = next(list, &second, &output(json!({ "Next": "t3" }))).unwrap();
    assert_eq!(third["After"], "t3");
    // The same token again would lead to the same page for ever.
    assert_eq!(next(list, &second, &output(json!({ "Next": "t2" }))), None);
    for end in [
        json!({}),
        json!({ "Next": "" }),
        json!({ "Next": null }),
        Value::Null,
    ] {
        assert_eq!(next(list, &input, &output(end)), None);
    }
}

#[test]
fn an_output_with_a_token_that_no_input_takes_has_no_next_page() {
    let model = Model::embedded().unwrap();
    let output = json!({ "NextPageToken": "t" });
    let output = output.as_object().unwrap();
    let next_of = |name| {
        let (_, operation) = crate::operation(&model, "servicecatalog", name);
        next(operation, &json!({}), output)
    };
    assert_eq!(next_of("ListProvisioningArtifacts"), None);
    assert_eq!(
        next_of("ListServiceActions"),
        Some(json!({ "PageToken": "t" }))
    );
}

/// As botocore's files say it, of which three in a hundred say more than one name.
#[test]
fn tokens_may_be_several_stand_deep_and_come_with_a_word_whether_there_is_more() {
    let model = crate::c2j::harbour_model();
    let watch = &model.services()[0].operation("Watch").unwrap();
    let next_of = |input: Value, output: Value| next(watch, &input, output.as_object().unwrap());
    let cut = json!({ "Next": "n", "List": { "At": "a", "IsCut": true } });
    let second = json!({ "Ship": "s", "From": "n", "At": "a" });
    assert_eq!(next_of(json!({ "Ship": "s" }), cut), Some(second.clone()));
    let by_item = json!({ "Bells": [{ "Id": "1" }, { "Id": "2" }], "List": { "IsCut": true } });
    let third = json!({ "Ship": "s", "From": "2" });
    assert_eq!(next_of(second.clone(), by_item), Some(third));
    for last in [
        json!({ "Next": "n", "List": { "At": "a", "IsCut": false } }),
        json!({ "Bells": [], "List": { "IsCut": true } }),
        json!({ "Next": { "formsmith:notKept": "" } }),
        json!({}),
    ] {
        assert_eq!(next_of(second.clone(), last.clone()), None, "{last}");
    }
}
