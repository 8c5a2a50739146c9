//! What AWS's own clients do for single services, and no model says.

use super::{load, member, shop, text};
use formsmith_api::http::HttpRequest;
use formsmith_api::protocol;
use serde_json::{Value, json};

/// The request of the shop's operation, in a service and under a name of AWS's.
fn sent(document: &Value, sdk_id: &str, operation: &str, input: &Value) -> HttpRequest {
    let mut document = document.clone();
    document["shapes"]["s#Shop"]["traits"]["aws.api#service"]["sdkId"] = sdk_id.into();
    let document = document.to_string();
    let document = document.replace("\"s#Order\"", &format!("\"s#{operation}\""));
    let model = load(&serde_json::from_str(&document).unwrap());
    let service = model.services().first().unwrap();
    let operation = service.operation(operation).unwrap();
    protocol::request(&model, service, operation, input).unwrap()
}

fn put(protocol: &str, members: &Value, uri: &str) -> Value {
    let http = json!({ "smithy.api#http": { "method": "PUT", "uri": uri } });
    shop(protocol, members, &http)
}

fn header(name: &str) -> Value {
    member("String", &json!({ "smithy.api#httpHeader": name }))
}

#[test]
fn endpoints_are_asked_for_with_the_version_of_the_service() {
    let document = put("aws.protocols#awsJson1_0", &json!({}), "/");
    for service in ["DynamoDB", "Timestream Query", "Timestream Write"] {
        let version = |operation| {
            let sent = sent(&document, service, operation, &json!({}));
            sent.header("x-amz-api-version").map(str::to_owned)
        };
        let told = version("DescribeEndpoints");
        assert_eq!(told.as_deref(), Some("2024-01-01"), "{service}");
        assert_eq!(version("DescribeTable"), None, "{service}");
    }
}

#[test]
fn route_53_gets_the_last_part_of_an_id() {
    let members = json!({
        "Id": member("s#ResourceId", &json!({ "smithy.api#httpLabel": {}, "smithy.api#required": {} })),
        "Other": member("s#ChangeId", &json!({})),
        "Name": member("String", &json!({}))
    });
    let mut document = put("aws.protocols#restXml", &members, "/zones/{Id}");
    for id in ["s#ResourceId", "s#ChangeId"] {
        document["shapes"][id] = json!({ "type": "string" });
    }
    let input = json!({ "Id": "/hostedzone/Z1", "Other": "/change/C1", "Name": "a/b" });
    let own = sent(&document, "Route 53", "Order", &input);
    assert_eq!(own.path, "/zones/Z1");
    let body = text(&own);
    assert!(body.contains("<Other>C1</Other><Name>a/b</Name>"), "{body}");
    assert_eq!(
        sent(&document, "Shop", "Order", &input).path,
        "/zones/%2Fhostedzone%2FZ1"
    );
    let input = json!({ "Id": "Z1", "Other": null });
    assert_eq!(
        sent(&document, "Route 53", "Order", &input).path,
        "/zones/Z1"
    );
}

#[test]
fn s3_gets_keys_of_encryption_in_base64_with_their_digests() {
    let members = json!({
        "SSECustomerKey": header("key"), "SSECustomerKeyMD5": header("digest"),
        "CopySourceSSECustomerKey": header("source-key"), "CopySourceSSECustomerKeyMD5": header("source-digest")
    });
    let document = put("aws.protocols#restXml", &members, "/");
    let of_bytes = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";
    let input = json!({ "SSECustomerKey": "secret", "CopySourceSSECustomerKey": of_bytes });
    let own = sent(&document, "S3", "CopyObject", &input);
    assert_eq!(own.header("key"), Some("c2VjcmV0"));
    assert_eq!(own.header("digest"), Some("Xr4ilOzQ4PCOq3aQ0qbuaQ=="));
    // 32 bytes, in base64 already.
    assert_eq!(own.header("source-key"), Some(of_bytes));
    assert_eq!(
        own.header("source-digest"),
        Some("mT2HRsMGJ5IX5C+0rreZ8Q==")
    );
    let with_digest = json!({ "SSECustomerKey": "secret", "SSECustomerKeyMD5": "own" });
    for (service, operation, input) in [
        ("S3", "GetObject", &with_digest),
        ("S3", "ListParts", &input),
        ("Shop", "GetObject", &input),
    ] {
        let own = sent(&document, service, operation, input);
        assert_eq!(own.header("key"), Some("secret"), "{service} {operation}");
        let digest = input.get("SSECustomerKeyMD5").and_then(Value::as_str);
        assert_eq!(own.header("digest"), digest, "{service} {operation}");
    }
}

#[test]
fn glacier_gets_the_tree_of_hashes_of_an_archive() {
    let members = json!({
        "checksum": header("x-amz-sha256-tree-hash"),
        "body": member("Blob", &json!({ "smithy.api#httpPayload": {} }))
    });
    let document = put("aws.protocols#restJson1", &members, "/archives");
    let hash = |input: &Value| {
        let sent = sent(&document, "Glacier", "UploadArchive", input);
        sent.header("x-amz-sha256-tree-hash").unwrap().to_owned()
    };
    // Both as botocore has them; the second is of two mebibytes and a byte.
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(hash(&json!({})), empty);
    let large = json!({ "body": "YWFh".repeat(699_051) });
    assert_eq!(
        hash(&large),
        "b4c40de8c0f297322b07d3be87d1228c6f2f45b75c8c515def68bf5e2e228592"
    );
    assert_eq!(hash(&json!({ "body": "YQ==", "checksum": "own" })), "own");
}
