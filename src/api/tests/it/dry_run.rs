//! Dry runs: which operations have one, and what services say to it.

use formsmith_api::dry_run::{DryRun, input, said};
use formsmith_api::model::Model;
use formsmith_api::outcome::Outcome;
use formsmith_api::protocol::{Codec, ServiceError};
use serde_json::{Map, Value, json};

/// A service with an operation that has a member for it.
fn model(protocol: &str, errors: &[&str], kind: &str) -> Model {
    let errors: Vec<Value> = errors.iter().map(|it| json!({ "shape": it })).collect();
    let document = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2026-01-01", "endpointPrefix": "boats", "protocol": protocol,
            "protocols": [protocol], "jsonVersion": "1.1", "targetPrefix": "Boats",
            "serviceFullName": "Boats", "serviceId": "Boats", "signatureVersion": "v4", "uid": "boats"
        },
        "operations": { "Sink": {
            "name": "Sink", "http": { "method": "POST", "requestUri": "/" },
            "input": { "shape": "SinkInput" }, "errors": errors
        } },
        "shapes": {
            "SinkInput": { "type": "structure", "members": {
                "Name": { "shape": "String" }, "DryRun": { "shape": "Flag" }
            } },
            "String": { "type": "string" }, "Flag": { "type": kind },
            "DryRunOperationException": { "type": "structure", "members": {}, "exception": true }
        }
    });
    Model::load_botocore("boats", &document.to_string(), Codec::of).unwrap()
}

fn asked(model: &Model) -> Option<Value> {
    let service = &model.services()[0];
    let operation = service.operation("Sink").unwrap();
    input(model, service, operation, &json!({ "Name": "Ida" }))
}

#[test]
fn it_is_asked_for_where_the_service_answers_it_with_an_error_of_its_own() {
    let expected = Some(json!({ "Name": "Ida", "DryRun": true }));
    assert_eq!(asked(&model("ec2", &[], "boolean")), expected);
    let own = ["DryRunOperationException"];
    assert_eq!(asked(&model("json", &own, "boolean")), expected);
    // Elsewhere the member may ask for a preview, whose answer looks like a success.
    assert_eq!(asked(&model("json", &[], "boolean")), None);
    assert_eq!(asked(&model("ec2", &[], "string")), None);
}

#[test]
fn its_answer_is_an_error_whatever_the_service_would_do() {
    let error = |name: &str, status| {
        said(&Outcome::Error(ServiceError {
            name: Some(name.into()),
            message: Some("so it says".into()),
            status,
            members: Map::new(),
            is_modeled: false,
        }))
    };
    let message = || "so it says".to_owned();
    assert_eq!(error("DryRunOperation", 412), DryRun::Allowed);
    assert_eq!(error("DryRunOperationException", 412), DryRun::Allowed);
    assert_eq!(
        error("UnauthorizedOperation", 403),
        DryRun::Denied(message())
    );
    let refused = DryRun::Refused("InvalidVpcID.NotFound".into(), message());
    assert_eq!(error("InvalidVpcID.NotFound", 400), refused);
    assert_eq!(said(&Outcome::Output(Map::new())), DryRun::CarriedOut);
    assert_eq!(said(&Outcome::Empty), DryRun::CarriedOut);
}
