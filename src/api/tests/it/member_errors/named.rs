//! Errors of operations of which nobody has marked where they name members.

use super::{error, told};
use formsmith_api::model::Model;
use formsmith_api::protocol::Codec;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Start takes a name, a list that is called otherwise in requests, and a structure.
fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| {
        let text = json!({
            "metadata": {
                "apiVersion": "2024-01-01", "endpointPrefix": "own", "serviceId": "Own",
                "protocol": "rest-json"
            },
            "operations": { "Start": {
                "name": "Start", "http": { "method": "POST", "requestUri": "/start/{id}" },
                "input": { "shape": "StartRequest" }
            } },
            "shapes": {
                "StartRequest": { "type": "structure", "members": {
                    "Name": { "shape": "Text" },
                    "Value": { "shape": "Text" },
                    "ImageId": { "shape": "Text" },
                    "StartId": { "shape": "Text", "location": "uri", "locationName": "id" },
                    "MaxResults": { "shape": "Text", "location": "querystring", "locationName": "max-results" },
                    "InstanceIds": { "shape": "Texts", "locationName": "InstanceId" },
                    "Placement": { "shape": "Placement" },
                    "Tags": { "shape": "Tags" }
                } },
                "Placement": { "type": "structure", "members": { "GroupName": { "shape": "Text" } } },
                "Tags": { "type": "list", "member": { "shape": "Tag" } },
                "Tag": { "type": "structure", "members": { "Key": { "shape": "Text" } } },
                "Texts": { "type": "list", "member": { "shape": "Text" } },
                "Text": { "type": "string" }
            }
        });
        Model::load_botocore("own-errors", &text.to_string(), Codec::of).unwrap()
    });
    &MODEL
}

fn of(message: &str, members: Value) -> Vec<(String, String)> {
    let (_, start) = crate::operation(model(), "own-errors", "Start");
    told(
        model(),
        start,
        &error("ValidationException", message, members),
    )
}

fn places(message: &str) -> Vec<String> {
    let found = of(message, json!({})).into_iter();
    let found = found.map(|(place, said)| {
        assert_eq!(said, message);
        place
    });
    found.collect()
}

#[test]
fn the_parameter_that_a_message_names_is_found() {
    for (message, place) in [
        ("The request must contain the parameter ImageId", "ImageId"),
        ("The parameter imageId is not recognized", "ImageId"),
        (
            "Value (ami 1) for parameter imageId is invalid. Expected: 'ami-...'.",
            "ImageId",
        ),
        (
            "Invalid value 'x' for parameter Placement.GroupName",
            "Placement.GroupName",
        ),
        ("Missing required parameter: Name", "Name"),
        ("Invalid parameter: Name Reason: too long", "Name"),
        (
            "Missing required request parameters: [max-results]",
            "MaxResults",
        ),
        ("Parameter 'name' must not be empty", "Name"),
        (
            "Missing required field: `placement.groupName`.",
            "Placement.GroupName",
        ),
        (
            "The specified value for imageId is invalid. It must contain only letters",
            "ImageId",
        ),
        ("The parameter InstanceId is not valid", "InstanceIds"),
        ("The parameter Tag.1.Key may not be null", ""),
        ("The parameter Tags[1].Key may not be null", "Tags[1].Key"),
        // The value is the person's own.
        (
            "Value (for parameter Name is) for parameter imageId is invalid",
            "ImageId",
        ),
        (
            "Invalid value 'parameter Name' for parameter ImageId",
            "ImageId",
        ),
    ] {
        let expected: &[&str] = if place.is_empty() { &[] } else { &[place] };
        assert_eq!(places(message), expected, "{message}");
    }
}

#[test]
fn a_word_of_the_language_is_no_name_and_of_several_none_is_meant() {
    for message in [
        "One or more parameter values were invalid",
        "The parameter name is missing",
        "A parameter value is not allowed",
        "Parameters are invalid",
        "The parameter ImageId cannot be used with the parameter Name",
        "The parameter Colour is unknown",
        "Hyperparameter Name is bad",
        "The parameter",
        "parameter: ",
        "ImageId",
    ] {
        assert_eq!(places(message), Vec::<String>::new(), "{message}");
    }
}

#[test]
fn only_a_request_that_was_not_understood_names_its_parameters() {
    let (_, start) = crate::operation(model(), "own-errors", "Start");
    let mut gone = error("Gone", "There is none for the parameter ImageId", json!({}));
    assert_eq!(told(model(), start, &gone).len(), 1);
    gone.status = 404;
    assert_eq!(told(model(), start, &gone), []);
}

#[test]
fn lists_of_fields_are_read_in_all_the_forms_that_services_have() {
    let own = |place: &str, said: &str| (place.to_owned(), said.to_owned());
    let message = "Wrong.";
    for (list, place) in [
        (
            json!({ "fieldList": [{ "name": "imageId", "message": "odd" }] }),
            "ImageId",
        ),
        (
            json!({ "Fields": [{ "Name": "StartRequest.Name", "Message": "odd" }] }),
            "Name",
        ),
        (
            json!({ "fieldList": [{ "path": "/Tags/0/Key", "message": "odd" }] }),
            "Tags[0].Key",
        ),
        (
            json!({ "fieldList": [{ "path": "$.Tags[0]['Key']", "message": "odd" }] }),
            "Tags[0].Key",
        ),
        (
            json!({ "fieldList": [{ "path": "#/Placement", "message": "odd" }] }),
            "Placement",
        ),
        (
            json!({ "FieldList": [{ "Name": "max-results", "ValidationIssue": "odd" }] }),
            "MaxResults",
        ),
        (
            json!({ "ValidationErrors": [{ "ElementPath": "Tags[1]", "ErrorMessage": "odd" }] }),
            "Tags[1]",
        ),
        (
            json!({ "PropertyList": [{ "PropertyPath": "/id", "Reason": "X", "Message": "odd" }] }),
            "StartId",
        ),
        (
            json!({ "ValidationExceptionFieldList": [{ "Field": "Name", "Message": "odd" }] }),
            "Name",
        ),
    ] {
        assert_eq!(of(message, list.clone()), [own(place, "odd")], "{list}");
    }
    // What is named in other lists need not be a member.
    for list in [
        json!({ "resources": [{ "name": "Name", "message": "odd" }] }),
        json!({ "fieldList": [{ "name": "Nowhere", "message": "odd" }, { "name": 1 }, "odd"] }),
        json!({ "fieldList": "Name" }),
    ] {
        assert_eq!(of(message, list), []);
    }
}

#[test]
fn an_error_may_name_the_one_member_it_is_about() {
    let own = |place: &str| vec![(place.to_owned(), "Wrong.".to_owned())];
    assert_eq!(
        of("Wrong.", json!({ "parameterName": "imageId" })),
        own("ImageId")
    );
    assert_eq!(of("Wrong.", json!({ "FieldName": "Name" })), own("Name"));
    assert_eq!(
        of("Wrong.", json!({ "InvalidParameter": "InstanceId" })),
        own("InstanceIds")
    );
    let both = of(
        "Wrong.",
        json!({ "ParameterNames": ["Name", "ImageId", 1] }),
    );
    assert_eq!(both, [own("Name"), own("ImageId")].concat());
    assert_eq!(
        of("Wrong.", json!({ "resourceName": "Name", "Name": "Name" })),
        []
    );
}
