//! Requests for operations that the sandbox doesn't play: whoever asked reads the answer by the
//! protocol of the service.

use super::World;
use formsmith_api::http::HttpRequest;
use formsmith_api::model::{Model, Protocol};
use formsmith_api::protocol::{self, Answer};
use formsmith_sandbox::{Asked, Call, Sandbox, Signature};
use serde_json::json;

const PROTOCOLS: [&str; 7] = [
    "aws.protocols#ec2Query",
    "aws.protocols#awsQuery",
    "smithy.protocols#rpcv2Cbor",
    "aws.protocols#restXml",
    "aws.protocols#restJson1",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
];

fn model(protocol: &str) -> Model {
    let document = json!({"smithy": "2.0", "shapes": {
        "example.tide#Tide": {
            "type": "service",
            "version": "2016-11-15",
            "operations": [{"target": "example.tide#GetTide"}],
            "traits": {
                "aws.api#service": {"sdkId": "Tide", "endpointPrefix": "tide"},
                "aws.auth#sigv4": {"name": "tide"},
                protocol: {},
            },
        },
        "example.tide#GetTide": {
            "type": "operation",
            "traits": {"smithy.api#http": {"method": "GET", "uri": "/tide"}},
        },
    }});
    Model::load(&[&document.to_string()]).unwrap()
}

fn ask(model: &Model, asked: Option<Asked>) -> (u16, String, String) {
    let service = &model.services()[0];
    let operation = &service.operations[0];
    let request = protocol::request(model, service, operation, &json!({})).unwrap();
    let mut sandbox = Sandbox::new(Model::embedded().unwrap());
    let call = Call {
        now_ms: 0,
        request_id: "r".into(),
        signature: Signature::NotChecked,
        asked,
    };
    let response = sandbox.handle(&request, &call).response;
    match protocol::response(model, service, operation, &response).unwrap() {
        Answer::Error(error) => (response.status, error.name.unwrap(), error.message.unwrap()),
        Answer::Output(output) => panic!("{output:?}"),
    }
}

#[test]
fn what_the_console_asks_in_vain_is_answered_in_the_protocol_of_the_service() {
    for id in PROTOCOLS {
        let asked = Asked {
            protocol: Protocol::of_trait(id).unwrap(),
            operation: "GetTide".into(),
        };
        let (status, code, message) = ask(&model(id), Some(asked));
        assert_eq!((status, &*code), (400, "NotImplementedException"), "{id}");
        let start = "The sandbox does not play GetTide. It plays 24 operations of ";
        assert!(message.starts_with(start), "{message}");
        assert!(message.contains("Service Catalog"), "{message}");
        assert!(message.contains("--target aws"), "{message}");
    }
}

#[test]
fn other_clients_are_answered_in_what_their_bytes_tell_of_their_protocol() {
    // A request over REST without a body says nothing of JSON or XML.
    let told = PROTOCOLS
        .into_iter()
        .filter(|id| *id != "aws.protocols#restXml");
    for id in told {
        let (status, code, message) = ask(&model(id), None);
        let expected = if id == "aws.protocols#restJson1" {
            404
        } else {
            400
        };
        assert_eq!(
            (status, &*code),
            (expected, "UnknownOperationException"),
            "{id}"
        );
        assert!(
            message.starts_with("The sandbox plays no operation of this name. "),
            "{message}"
        );
    }
}

#[test]
fn texts_in_an_answer_in_xml_are_escaped() {
    let asked = Asked {
        protocol: Protocol::RestXml,
        operation: "<a>&".into(),
    };
    let (.., message) = ask(&model("aws.protocols#restXml"), Some(asked));
    assert!(
        message.starts_with("The sandbox does not play <a>&. "),
        "{message}"
    );
}

#[test]
fn an_operation_that_a_played_service_does_not_play_is_told_by_its_name() {
    let mut world = World::fresh();
    let request = HttpRequest {
        host_prefix: String::new(),
        method: "POST".into(),
        path: "/".into(),
        headers: vec![
            ("Content-Type".into(), "application/x-amz-json-1.1".into()),
            (
                "X-Amz-Target".into(),
                "AWS242ServiceCatalogService.CreateProduct".into(),
            ),
        ],
        body: b"{}".to_vec(),
        file: None,
    };
    let response = world.send(&request);
    let text = String::from_utf8(response.body).unwrap();
    assert!(
        text.contains("The sandbox plays no operation of this name"),
        "{text}"
    );
    assert!(text.contains("UnknownOperationException"), "{text}");
}
