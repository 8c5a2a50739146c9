//! Requests and answers in each protocol, of a Smithy model that nobody has written code for.
//! botocore's own suites are played by the example `protocols`.

mod answers;
mod checksums;
mod clients;
mod compression;
mod errors;
mod files;
mod requests;
mod values;

use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::protocol::{self, Answer, NotSendable, NotUnderstood};
use serde_json::{Map, Value, json};

const PROTOCOLS: [&str; 7] = [
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "smithy.protocols#rpcv2Cbor",
];

fn member(target: &str, traits: &Value) -> Value {
    let target = match target.contains('#') {
        true => target.to_owned(),
        false => format!("smithy.api#{target}"),
    };
    json!({ "target": target, "traits": traits })
}

/// A shop whose operation `Order` has these members and traits.
fn shop(protocol: &str, members: &Value, traits: &Value) -> Value {
    let mut service = json!({
        "type": "service", "version": "2024-01-01", "operations": [{ "target": "s#Order" }],
        "traits": { "aws.api#service": { "sdkId": "Shop" }, "smithy.api#xmlNamespace": { "uri": "urn:shop" } }
    });
    service["traits"][protocol] = json!({});
    json!({
        "smithy": "2.0",
        "shapes": {
            "s#Shop": service,
            "s#Order": {
                "type": "operation", "input": { "target": "s#OrderInput" },
                "output": { "target": "s#OrderOutput" },
                "errors": [{ "target": "s#SoldOut" }], "traits": traits
            },
            "s#OrderInput": { "type": "structure", "members": members },
            "s#OrderOutput": { "type": "structure", "members": members },
            "s#SoldOut": {
                "type": "structure",
                "members": { "Message": member("String", &json!({})), "Left": member("Integer", &json!({})) },
                "traits": { "smithy.api#error": "client", "aws.protocols#awsQueryError": { "code": "Shop.SoldOut" } }
            },
            "s#Texts": { "type": "list", "member": { "target": "smithy.api#String" } },
            "s#Numbers": { "type": "map", "key": { "target": "smithy.api#String" }, "value": { "target": "smithy.api#Long" } },
            "s#Item": { "type": "structure", "members": { "Name": member("String", &json!({})), "At": member("Timestamp", &json!({})) } },
            "s#Items": { "type": "list", "member": { "target": "s#Item", "traits": { "smithy.api#xmlName": "thing" } } },
            "s#Pay": { "type": "union", "members": { "Card": member("s#Item", &json!({})), "Cash": member("Unit", &json!({})) } }
        }
    })
}

/// What `http` says where nothing else matters.
fn posted() -> Value {
    json!({ "smithy.api#http": { "method": "POST", "uri": "/orders" } })
}

fn load(document: &Value) -> Model {
    Model::load(&[&document.to_string()]).unwrap()
}

fn order(model: &Model) -> (&Service, &Operation) {
    let service = model.service("shop").unwrap();
    (service, service.operation("Order").unwrap())
}

fn request(document: &Value, input: &Value) -> Result<HttpRequest, NotSendable> {
    let model = load(document);
    let (service, operation) = order(&model);
    protocol::request(&model, service, operation, input)
}

fn text(request: &HttpRequest) -> &str {
    std::str::from_utf8(&request.body).unwrap()
}

fn answer(
    document: &Value,
    status: u16,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<Answer, NotUnderstood> {
    let model = load(document);
    let (service, operation) = order(&model);
    let headers = headers.iter();
    let headers = headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let response = HttpResponse {
        status,
        headers: headers.collect(),
        body: body.to_vec(),
        file: None,
    };
    protocol::response(&model, service, operation, &response)
}

fn output(document: &Value, headers: &[(&str, &str)], body: &str) -> Map<String, Value> {
    match answer(document, 200, headers, body.as_bytes()) {
        Ok(Answer::Output(output)) => output,
        other => panic!("{body}: {other:?}"),
    }
}
