//! The forms in which answers tell of parts of an input, as AWS's models have them.

use serde_json::{Map, Value, json};

/// A model in botocore's words, with one operation of each form.
#[must_use]
pub fn forms_model() -> Value {
    let mut shapes = Map::new();
    let mut operations = Map::new();
    for (name, input, output, errors) in forms() {
        let mut operation = json!({"name": name, "http": {"method": "POST", "requestUri": "/"}});
        for (role, members) in [("input", input), ("output", output)] {
            let shape = format!("{name}{role}");
            structure(&mut shapes, &shape, &members);
            operation[role] = json!({"shape": shape});
        }
        if name == "GetPages" {
            operation["pagination"] = json!({"input_token": "next", "output_token": "next"});
        }
        let errors = errors.as_object().into_iter().flatten();
        let errors = errors.map(|(error, members)| {
            structure(&mut shapes, error, members);
            shapes[error]["exception"] = true.into();
            json!({"shape": error})
        });
        operation["errors"] = errors.collect::<Vec<_>>().into();
        operations.insert(name.to_owned(), operation);
    }
    json!({
        "metadata": {
            "apiVersion": "2024-01-01", "endpointPrefix": "forms", "serviceId": "Forms",
            "protocol": "json", "jsonVersion": "1.1", "targetPrefix": "Forms"
        },
        "operations": operations,
        "shapes": shapes,
    })
}

/// Members with their types: `text`, `number`, `secret`; an array is a list, an object a structure,
/// one with the member `*` a map, one with `is` the shape of that name. A star behind a name: it is
/// required.
fn structure(shapes: &mut Map<String, Value>, name: &str, members: &Value) {
    let mut references = Map::new();
    let mut required = Vec::new();
    for (member, kind) in members.as_object().into_iter().flatten() {
        let own = member.trim_end_matches('*');
        if own != member {
            required.push(own);
        }
        let shape = shape(shapes, &format!("{name}{own}"), kind);
        references.insert(own.to_owned(), json!({"shape": shape}));
    }
    let whole = json!({"type": "structure", "required": required, "members": references});
    shapes.insert(name.to_owned(), whole);
}

fn shape(shapes: &mut Map<String, Value>, name: &str, kind: &Value) -> String {
    let whole = match kind {
        Value::String(kind) => match kind.as_str() {
            "text" => json!({"type": "string"}),
            "secret" => json!({"type": "string", "sensitive": true}),
            "number" => json!({"type": "integer"}),
            other => return other.to_owned(),
        },
        Value::Array(items) => {
            let item = shape(shapes, &format!("{name}Item"), &items[0]);
            json!({"type": "list", "member": {"shape": item}})
        }
        Value::Object(members) if members.contains_key("*") => {
            let value = shape(shapes, &format!("{name}Value"), &members["*"]);
            let key = shape(shapes, &format!("{name}Key"), &"text".into());
            json!({"type": "map", "key": {"shape": key}, "value": {"shape": value}})
        }
        _ => {
            structure(shapes, name, kind);
            return name.to_owned();
        }
    };
    shapes.insert(name.to_owned(), whole);
    name.to_owned()
}

/// Name, input, output and errors of the operations.
fn forms() -> Vec<(&'static str, Value, Value, Value)> {
    let item = json!({"*": {"S": "text"}});
    let write = json!({"PutRequest": {"Item": item}, "DeleteRequest": {"Key": item}});
    vec![
        (
            "SendMessageBatch",
            json!({"QueueUrl*": "text", "Entries*": [{"Id*": "text", "MessageBody*": "text", "Message": "text"}]}),
            json!({
                "Successful": [{"Id*": "text", "MessageId*": "text"}],
                "Failed": [{"Id*": "text", "Code*": "text", "Message": "text"}],
            }),
            Value::Null,
        ),
        (
            "BatchDeleteScheduledAction",
            json!({"ScheduledActionNames*": ["text"]}),
            json!({"FailedScheduledActions": [
                {"ScheduledActionName*": "text", "ErrorCode": "text", "ErrorMessage": "text"},
            ]}),
            Value::Null,
        ),
        (
            "PutRecords",
            json!({"Records*": [{"PartitionKey*": "text"}], "StreamName": "text"}),
            json!({
                "FailedRecordCount": "number",
                "Records": [{"SequenceNumber": "text", "ErrorCode": "text", "ErrorMessage": "text"}],
            }),
            Value::Null,
        ),
        (
            "PutEvents",
            json!({"Entries*": [{"Source": "text", "DetailType": "text", "Detail": "text"}]}),
            json!({
                "FailedEntryCount": "number",
                "Entries": [{"EventId": "text", "ErrorCode": "text", "ErrorMessage": "text"}],
            }),
            Value::Null,
        ),
        (
            "BatchWriteItem",
            json!({"RequestItems*": {"*": [write]}}),
            json!({"UnprocessedItems": "BatchWriteIteminputRequestItems"}),
            Value::Null,
        ),
        (
            "BatchDetect",
            json!({"TextList*": ["secret"]}),
            json!({
                "ResultList": [{"Index": "number"}],
                "ErrorList": [{"Index": "number", "ErrorCode": "text"}],
            }),
            Value::Null,
        ),
        (
            "DeleteVersions",
            json!({"versions*": ["text"]}),
            json!({
                "successfulVersions": {"*": {"status": "text"}},
                "failedVersions": {"*": {"errorCode": "text"}},
            }),
            Value::Null,
        ),
        (
            "WriteRecords",
            json!({"Records*": [{"MeasureName*": "text"}]}),
            json!({"RecordsIngested": {"Total": "number"}}),
            json!({"RejectedRecordsException": {
                "Message": "text",
                "RejectedRecords": [{"RecordIndex": "number", "Reason": "text"}],
            }}),
        ),
        (
            "DeleteObjects",
            json!({"Bucket*": "text", "Delete*": {"Objects*": [{"Key*": "text", "VersionId": "text"}]}}),
            json!({
                "Deleted": [{"Key": "text", "VersionId": "text", "ErrorCode": "text"}],
                "Errors": [{"Key": "text", "VersionId": "text", "Code": "text", "Message": "text"}],
            }),
            Value::Null,
        ),
        (
            "RegisterTargets",
            json!({"targets*": [{"id*": "text", "port": "number"}]}),
            json!({"unsuccessful": [{"id": "text", "port": "number", "failureCode": "text"}]}),
            Value::Null,
        ),
        (
            "PutExceptions",
            json!({"ResourceKeys*": [{"ResourceType": "text", "ResourceId": "text"}]}),
            json!({"FailedBatches": [{
                "FailureMessage": "text",
                "FailedItems": [{"ResourceType*": "text", "ResourceId*": "text"}],
            }]}),
            Value::Null,
        ),
        (
            "RunTask",
            json!({"placementStrategy": [{"type": "text"}], "constraints": [{"expression": "text"}]}),
            json!({"tasks": [{"taskArn": "text"}], "failures": [{"arn": "text", "reason": "text"}]}),
            Value::Null,
        ),
        (
            "PutLogEvents",
            json!({"logEvents*": [{"timestamp*": "number", "message*": "text"}]}),
            json!({"rejectedLogEventsInfo": {"tooNewLogEventStartIndex": "number"}}),
            Value::Null,
        ),
        (
            "PutMetrics",
            json!({"Metrics*": ["text"]}),
            json!({"FailedCount": "number"}),
            Value::Null,
        ),
        (
            "CreateProject",
            json!({"terms": ["text"]}),
            json!({
                "status": "text",
                "failureReasons": [{"code": "text"}],
                "errors": [{"code": "text"}],
            }),
            Value::Null,
        ),
        (
            "ListImportFailures",
            json!({"job": "text"}),
            json!({"failures": [{"job": "text"}]}),
            Value::Null,
        ),
        (
            "UpdateBaseline",
            json!({"RejectedPatches": ["text"]}),
            json!({"RejectedPatches": ["text"]}),
            Value::Null,
        ),
        (
            "CancelExecutions",
            json!({"flow*": "text", "executionIds": ["text"]}),
            json!({"invalidExecutions": ["text"]}),
            Value::Null,
        ),
        (
            "BatchGetParts",
            json!({"entries*": [{"registryId*": "text", "recordIds*": ["text"]}]}),
            json!({"errors": [{"registryId": "text", "recordId": "text", "errorCode": "text"}]}),
            Value::Null,
        ),
        (
            "AssociateFaces",
            json!({"FaceIds*": ["text"], "UserId": "text"}),
            json!({
                "AssociatedFaces": [{"FaceId": "text"}],
                "UnsuccessfulFaceAssociations": [{"FaceId": "text", "Reasons": ["text"]}],
            }),
            Value::Null,
        ),
        (
            "EnableRestores",
            json!({"SnapshotIds*": ["text"]}),
            json!({"Unsuccessful": [{
                "SnapshotId": "text",
                "StateErrors": [{"Zone": "text", "Error": {"Code": "text", "Message": "text"}}],
            }]}),
            Value::Null,
        ),
        (
            "CreateAssociationBatch",
            json!({"Entries*": [{"Name*": "text", "MaxErrors": "text"}]}),
            json!({
                "Successful": [{"Name": "text", "MaxErrors": "text"}],
                "Failed": [{"Name": "text", "Message": "text"}],
            }),
            Value::Null,
        ),
        (
            "GetPages",
            json!({"accountIds*": ["text"], "next": "text"}),
            json!({"errors": [{"accountId": "text", "code": "text"}], "next": "text"}),
            Value::Null,
        ),
    ]
}
