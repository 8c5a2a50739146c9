//! What lists say that a run acts on.

use crate::story::{ASSOCIATE, BATCH, Story};
use formsmith_api::model::Model;
use formsmith_api::protocol::Codec;
use formsmith_run::{Head, OperationRef, Subject};
use serde_json::{Value, json};

#[test]
fn a_run_is_about_what_its_input_identifies() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    let subject = story.head(&run).subject;
    let named = ["ProductId", "ProvisioningArtifactId", "ServiceActionId"];
    let named = named.map(|name| story.input[name].as_str().unwrap().to_owned());
    assert_eq!(subject.first, named, "and no token");
    assert_eq!(subject.count, 3);
}

#[test]
fn of_many_rows_the_first_are_named_and_all_are_counted() {
    let mut story = Story::of(BATCH);
    let row = |at: usize| json!({"ServiceActionId": format!("act-{at}"), "ProductId": "prod-1", "ProvisioningArtifactId": "pa-1"});
    story.input["ServiceActionAssociations"] = Value::from((0..7).map(row).collect::<Vec<_>>());
    let run = story.send();
    let head = story.head(&run);
    assert_eq!(head.subject.first, ["act-0", "act-1", "act-2"]);
    assert_eq!(head.subject.count, 7);
    assert_eq!(head.service_title, "Service Catalog");
    assert_eq!(Head::from_json(&head.to_json()).unwrap(), head);
    let mut before = head.to_json();
    before.as_object_mut().unwrap().remove("subject");
    before.as_object_mut().unwrap().remove("serviceTitle");
    before["service"] = json!("sqs");
    let read = Head::from_json(&before).unwrap();
    assert_eq!(read.service_title, "SQS", "an earlier version stored none");
    assert_eq!(read.subject.count, 0, "an earlier version stored none");
}

/// What a run with this input is about, of an operation whose input has these members. Those that are
/// given rows are lists of structures with the members of the first row; other lists are of texts.
fn about(input: &Value) -> Subject {
    let mut shapes = json!({ "String": { "type": "string" } });
    let mut members = json!({});
    for (name, value) in input.as_object().unwrap() {
        members[name] = json!({ "shape": "String" });
        if let Some(first) = value.as_array().map(|items| &items[0]) {
            let item = first.as_object().map_or("String".to_owned(), |row| {
                let own = row
                    .keys()
                    .map(|name| (name.clone(), json!({ "shape": "String" })));
                let own: Value = own.collect::<serde_json::Map<_, _>>().into();
                let row = format!("{name}Row");
                shapes[&row] = json!({ "type": "structure", "members": own });
                row
            });
            members[name] = json!({ "shape": format!("{name}List") });
            shapes[format!("{name}List")] = json!({ "type": "list", "member": { "shape": item } });
        }
    }
    let required: Vec<&String> = input.as_object().unwrap().keys().collect();
    shapes["Input"] = json!({ "type": "structure", "required": required, "members": members });
    let document = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2026-01-01", "endpointPrefix": "x", "protocol": "json", "protocols": ["json"],
            "jsonVersion": "1.1", "targetPrefix": "X", "serviceFullName": "X", "serviceId": "X",
            "signatureVersion": "v4", "uid": "x"
        },
        "operations": { "Do": { "name": "Do", "http": { "method": "POST", "requestUri": "/" }, "input": { "shape": "Input" } } },
        "shapes": shapes
    });
    let model = Model::load_botocore("x", &document.to_string(), Codec::of).unwrap();
    let op = OperationRef::find(Box::leak(Box::new(model)), "x", "Do").unwrap();
    let mut story = Story::with(op, input.clone());
    let run = story.send();
    story.head(&run).subject
}

#[test]
fn entries_of_a_batch_are_no_things_where_the_input_names_one() {
    let url = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders";
    let entries = json!([{ "Id": "a", "ReceiptHandle": "x" }, { "Id": "b", "ReceiptHandle": "y" }]);
    let subject = about(&json!({ "Entries": entries, "QueueUrl": url }));
    assert_eq!(
        (subject.first, subject.count),
        (vec!["orders".to_owned()], 1)
    );
    let targets = json!([{ "Id": "i-1" }]);
    let arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/1";
    let subject = about(&json!({ "TargetGroupArn": arn, "Targets": targets }));
    assert_eq!(subject.first, [arn]);
    let subject = about(&json!({ "Targets": targets }));
    assert_eq!(subject.first, ["i-1"], "there is nothing else");
}

#[test]
fn what_is_tagged_is_what_a_run_is_about() {
    let tags = json!([{ "Key": "owner", "Value": "ana" }]);
    let subject = about(&json!({ "Resources": ["i-1", "i-2", "i-3", "i-4"], "Tags": tags }));
    assert_eq!(
        (subject.first.join(" "), subject.count),
        ("i-1 i-2 i-3".to_owned(), 4)
    );
    let arns = json!(["arn:aws:s3:::one", "arn:aws:s3:::two"]);
    assert_eq!(about(&json!({ "ResourceARNList": arns })).count, 2);
    let one = json!({ "Resource": "arn:aws:lambda:eu-central-1:123456789012:function:f" });
    assert_eq!(about(&one).count, 1);
}

#[test]
fn what_identifies_a_message_is_no_thing() {
    let subject = about(&json!({
        "ClientRequestId": "r-1", "MessageDeduplicationId": "d-1", "MessageGroupId": "g-1",
        "QueueUrl": "https://localhost/1/orders.fifo"
    }));
    assert_eq!(subject.first, ["orders.fifo"]);
}
