//! How requests are addressed and how answers are written, protocol by protocol.

use super::{World, json};
use formsmith_api::http::HttpRequest;
use formsmith_api::model::Model;
use formsmith_sandbox::{Call, Sandbox, Signature};
use serde_json::{Value, json};

const JSON_1_1: &str = "application/x-amz-json-1.1";
const ASSOCIATE: &str =
    "AWS242ServiceCatalogService.AssociateServiceActionWithProvisioningArtifact";
const RUN: &str = "AWS242ServiceCatalogService.ExecuteProvisionedProductServiceAction";
const DISASSOCIATE: &str = "AWSPartnerCentralSelling.DisassociateOpportunity";
const LINE_ITEM: &str = "/batch-disassociate-resources-from-custom-line-item";

fn post(content_type: &str, target: &str, body: impl Into<Vec<u8>>) -> HttpRequest {
    HttpRequest {
        host_prefix: String::new(),
        method: "POST".into(),
        path: "/".into(),
        headers: vec![
            ("content-type".into(), content_type.into()),
            ("x-amz-target".into(), target.into()),
            ("Authorization".into(), "AWS4-HMAC-SHA256 nonsense".into()),
        ],
        body: body.into(),
        file: None,
    }
}

fn put(path: &str, body: &Value) -> HttpRequest {
    HttpRequest {
        host_prefix: String::new(),
        method: "PUT".into(),
        path: path.into(),
        headers: vec![("Content-Type".into(), "application/json".into())],
        body: body.to_string().into_bytes(),
        file: None,
    }
}

fn association() -> String {
    json!({
        "ProductId": "prod-abcdzk7xy33qa",
        "ProvisioningArtifactId": "pa-wk3f6hvy9pb7m",
        "ServiceActionId": "act-fs7abcd89wxyz",
        "AMemberNobodyKnows": {"is": "ignored"},
        "IdempotencyToken": null,
    })
    .to_string()
}

#[test]
fn an_operation_without_output_answers_without_body_or_with_an_empty_object() {
    let mut world = World::fresh();
    let response = world.send(&post(JSON_1_1, ASSOCIATE, association()));
    assert_eq!((response.status, response.body.len()), (200, 0));
    assert_eq!(response.header("content-type"), Some(JSON_1_1));

    let input = json!({
        "Catalog": "Sandbox",
        "OpportunityIdentifier": "O1234567",
        "RelatedEntityType": "Solutions",
        "RelatedEntityIdentifier": "S-0000123",
    });
    let json_1_0 = "application/x-amz-json-1.0";
    let response = world.send(&post(json_1_0, DISASSOCIATE, input.to_string()));
    assert_eq!(
        (response.status, response.body.as_slice()),
        (200, &b"{}"[..])
    );
    assert_eq!(response.header("content-type"), Some(json_1_0));
}

#[test]
fn errors_of_the_json_protocols_name_their_shape_in_the_body() {
    let mut world = World::fresh();
    let taken = association().replace("pa-wk3f6hvy9pb7m", "pa-4abcdjnxjj6ne");
    let response = world.send(&post(JSON_1_1, ASSOCIATE, taken));
    assert_eq!(response.status, 400);
    assert_eq!(
        json(&response),
        json!({
            "__type": "com.amazonaws.servicecatalog#DuplicateResourceException",
            "Message": "ServiceAction act-fs7abcd89wxyz is already associated with \
                        ProvisioningArtifact pa-4abcdjnxjj6ne.",
        })
    );
}

#[test]
fn errors_of_the_rest_protocol_name_their_shape_in_a_header() {
    let mut world = World::fresh();
    let input = json!({"TargetArn": "Thr0ttl3dX", "ResourceArns": ["123456789012"]});
    let response = world.send(&put(LINE_ITEM, &input));
    assert_eq!(response.status, 429);
    assert_eq!(
        response.header("x-amzn-errortype"),
        Some("ThrottlingException")
    );
    assert_eq!(response.header("retry-after"), Some("2"));
    assert_eq!(json(&response), json!({"Message": "Rate exceeded."}));
}

#[test]
fn a_record_id_is_new_for_each_run() {
    let mut world = World::fresh();
    let mut ids = Vec::new();
    for (product, action) in [
        ("pp-abcdefgh12345", "act-stop4ec2k9m7q"),
        ("pp-dev7wk2n4hq8t", "act-stop4ec2k9m7q"),
        ("pp-orders3pg9zk5", "act-snap3rds6hw2z"),
    ] {
        let input = json!({
            "ProvisionedProductId": product,
            "ServiceActionId": action,
            "ExecuteToken": product,
        });
        let response = world.send(&post(JSON_1_1, RUN, input.to_string()));
        let detail = json(&response)["RecordDetail"].clone();
        assert_eq!(detail["CreatedTime"], json!(1_763_594_445.123));
        ids.push(detail["RecordId"].as_str().unwrap().to_owned());
    }
    for id in &ids {
        let rest = id.strip_prefix("rec-").unwrap();
        assert_eq!(rest.len(), 13, "{id}");
        assert!(
            rest.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        );
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn queries_and_parameters_of_the_content_type_do_not_matter() {
    let mut world = World::fresh();
    let mut request = post(
        "Application/X-Amz-Json-1.1; charset=utf-8",
        ASSOCIATE,
        association(),
    );
    request.path = "/?x=1".into();
    assert_eq!(world.send(&request).status, 200);
    let input = json!({"TargetArn": "abcde12345", "ResourceArns": ["123456789012"]});
    let response = world.send(&put(&format!("{LINE_ITEM}?region=x"), &input));
    assert_eq!(response.status, 200);
}

#[test]
fn what_is_not_of_the_json_protocols_is_turned_away_before_it_is_read() {
    let mut world = World::fresh();
    let mut get = post(JSON_1_1, ASSOCIATE, association());
    get.method = "GET".into();
    let mut no_content_type = post(JSON_1_1, ASSOCIATE, association());
    no_content_type.headers.remove(0);
    let requests = [
        post("application/json", ASSOCIATE, association()),
        post("application/x-amz-json-1.0", ASSOCIATE, association()),
        no_content_type,
        get,
    ];
    for request in requests {
        let response = world.send(&request);
        assert_eq!(response.status, 404, "{request:?}");
        assert_eq!(response.body, b"<UnknownOperationException/>\n");
    }
    let response = world.send(&post(JSON_1_1, ASSOCIATE, association()));
    assert_eq!(response.status, 200, "nothing was associated before");
}

#[test]
fn unknown_addresses_are_unknown_operations() {
    let mut world = World::fresh();
    for target in [
        "AWS242ServiceCatalogService.CreateProduct",
        "Nobody.Knows",
        "",
    ] {
        let response = world.send(&post(JSON_1_1, target, "{}"));
        assert_eq!(response.status, 400);
        let name = "com.amazon.coral.service#UnknownOperationException";
        assert_eq!(json(&response)["__type"], name);
    }
    let mut wrong_method = put(LINE_ITEM, &json!({}));
    wrong_method.method = "POST".into();
    for request in [
        put("/nowhere", &json!({})),
        put("/", &json!({})),
        wrong_method,
    ] {
        let response = world.send(&request);
        assert_eq!(response.status, 404);
        let name = response.header("x-amzn-errortype");
        assert_eq!(name, Some("UnknownOperationException"));
    }
}

#[test]
fn bodies_that_are_not_json_or_of_wrong_types_cannot_be_read() {
    let mut world = World::fresh();
    let bodies: [&[u8]; 8] = [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        br#"{"ProductId": 7}"#,
        br#"{"ProductId": ["prod-1"]}"#,
        br#"{"AcceptLanguage": 1e999}"#,
    ];
    for body in bodies {
        let response = world.send(&post(JSON_1_1, ASSOCIATE, body));
        assert_eq!(response.status, 400);
        let name = "com.amazon.coral.service#SerializationException";
        assert_eq!(
            json(&response)["__type"],
            name,
            "{}",
            String::from_utf8_lossy(body)
        );
    }
    let mut request = put(
        LINE_ITEM,
        &json!({"TargetArn": "abcde12345", "ResourceArns": "x"}),
    );
    let response = world.send(&request);
    assert_eq!(response.status, 400);
    assert_eq!(
        response.header("x-amzn-errortype"),
        Some("SerializationException")
    );
    request.headers.clear();
    let response = world.send(&request);
    assert_eq!(response.status, 415);
}

#[test]
fn an_operation_of_the_model_that_is_not_emulated_says_so() {
    let document = json!({"smithy": "2.0", "shapes": {
        "example.queue#Queue": {
            "type": "service",
            "version": "2020-01-01",
            "operations": [{"target": "example.queue#Send"}],
            "traits": {
                "aws.api#service": {"sdkId": "Queue", "endpointPrefix": "queue"},
                "aws.protocols#awsJson1_1": {},
            },
        },
        "example.queue#Send": {"type": "operation"},
    }});
    let model = Model::load(&[&document.to_string()]).unwrap();
    let mut sandbox = Sandbox::new(model);
    let call = Call {
        now_ms: 0,
        request_id: "r".into(),
        signature: Signature::NotChecked,
        asked: None,
    };
    let reply = sandbox.handle(&post(JSON_1_1, "Queue.Send", "{}"), &call);
    let response = reply.response;
    assert_eq!(response.status, 400);
    assert_eq!(
        json(&response),
        json!({
            "__type": "formsmith.sandbox#NotImplementedException",
            "message": "The sandbox does not play Send. It plays 24 operations. To send this request to AWS, \
                        start the local proxy with --target aws; to an emulator such as moto, with \
                        --endpoint as well.",
        })
    );
}
