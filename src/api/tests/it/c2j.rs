//! Models in botocore's own language, C2J.

use formsmith_api::model::{
    Auth, Binding, Model, Protocol, Shape, ShapeKind, TimestampFormat, XmlNamespace,
};
use formsmith_api::protocol::Codec;
use serde_json::{Value, json};

/// A service nobody has written code for, in botocore's words.
fn harbour() -> Value {
    json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2024-01-01", "endpointPrefix": "port", "serviceId": "Harbour Master",
            "serviceFullName": "The Harbour Master", "signingName": "harbour",
            "targetPrefix": "Harbour_2024", "jsonVersion": "1.0", "signatureVersion": "v4",
            "protocol": "rest-json", "protocols": ["query", "rest-json"],
            "auth": ["aws.auth#sigv4"]
        },
        "operations": {
            "Moor": {
                "name": "Moor2024",
                "http": { "method": "PUT", "requestUri": "/berths/{Berth}/{Path+}", "responseCode": 201 },
                "input": { "shape": "MoorInput", "locationName": "MoorRequest", "xmlNamespace": { "uri": "urn:h" } },
                "output": { "shape": "MoorOutput", "resultWrapper": "MoorResult" },
                "errors": [{ "shape": "Full" }],
                "endpoint": { "hostPrefix": "{Berth}." },
                "httpChecksum": { "requestAlgorithmMember": "Algorithm", "requestChecksumRequired": true },
                "idempotent": true
            },
            "Watch": {
                "name": "Watch", "http": { "method": "POST", "requestUri": "/watch" },
                "pagination": { "input_token": ["From", "At"], "output_token": ["Next || Bells[-1].Id", "List.At"], "more_results": "List.IsCut" },
                "output": { "shape": "WatchOutput" }, "authtype": "none"
            }
        },
        "shapes": {
            "MoorInput": {
                "type": "structure", "required": ["Berth"], "payload": "Ship",
                "members": {
                    "Berth": { "shape": "Name", "location": "uri", "locationName": "Berth", "hostLabel": true },
                    "Path": { "shape": "Text", "location": "uri", "locationName": "Path" },
                    "Until": { "shape": "Moment", "location": "header", "locationName": "x-until" },
                    "Algorithm": { "shape": "Flag", "location": "querystring", "locationName": "a" },
                    "Notes": { "shape": "Texts", "location": "headers", "locationName": "x-note-" },
                    "Token": { "shape": "Text", "idempotencyToken": true },
                    "Ship": { "shape": "Ship" }
                }
            },
            "Ship": {
                "type": "structure", "union": true,
                "members": { "Cargo": { "shape": "Bytes", "locationName": "cargo" }, "Any": { "shape": "Any" } }
            },
            "Any": { "type": "structure", "members": {}, "document": true },
            "Bytes": { "type": "blob", "max": 5, "min": 0 },
            "Flag": { "type": "string", "enum": ["Blue", "Peter"] },
            "Name": { "type": "string", "max": 3, "pattern": "[a-z]+|x" },
            "Text": { "type": "string" },
            "Texts": { "type": "map", "key": { "shape": "Text" }, "value": { "shape": "Text" } },
            "Moment": { "type": "timestamp", "timestampFormat": "iso8601" },
            "Tons": { "type": "long", "min": 1, "max": 9007199254740993_i64 },
            "MoorOutput": { "type": "structure", "members": { "Tons": { "shape": "Tons" }, "Status": { "shape": "Tons", "location": "statusCode" } } },
            "Full": {
                "type": "structure", "exception": true, "members": { "message": { "shape": "Text" } },
                "error": { "code": "Harbour.Full", "httpStatusCode": 409, "senderFault": true },
                "retryable": { "throttling": true }
            },
            "WatchOutput": { "type": "structure", "members": { "Events": { "shape": "Events" } }, "payload": "Events" },
            "Events": { "type": "structure", "eventstream": true, "members": { "Bell": { "shape": "Bell" } } },
            "Bell": { "type": "structure", "members": {}, "event": true }
        }
    })
}

/// The model doesn't say that an attribute value of DynamoDB has exactly one member.
#[test]
fn a_union_that_its_model_does_not_name_is_one() {
    let document = json!({
        "metadata": {
            "apiVersion": "2012-08-10", "endpointPrefix": "dynamodb", "serviceId": "DynamoDB",
            "serviceFullName": "DB", "targetPrefix": "DB", "jsonVersion": "1.0",
            "signatureVersion": "v4", "protocol": "json",
        },
        "operations": {},
        "shapes": {
            "AttributeValue": { "type": "structure", "members": { "S": { "shape": "Text" }, "N": { "shape": "Text" } } },
            "Key": { "type": "structure", "members": { "S": { "shape": "Text" } } },
            "Text": { "type": "string" },
        },
    });
    let is_union = |service: &str, shape: &str| {
        let model = Model::load_botocore(service, &document.to_string(), Codec::of).unwrap();
        let id = formsmith_api::model::ShapeId::new(format!("{service}#{shape}"));
        matches!(model.shape(&id).unwrap().kind, ShapeKind::Union(_))
    };
    assert!(is_union("dynamodb", "AttributeValue"));
    assert!(!is_union("dynamodb", "Key"));
    assert!(!is_union("another", "AttributeValue"));
}

/// The same as a model.
pub fn harbour_model() -> Model {
    load(&harbour())
}

fn load(document: &Value) -> Model {
    Model::load_botocore("harbour-master", &document.to_string(), Codec::of).unwrap()
}

fn shape<'a>(model: &'a Model, from: &Shape, member: &str) -> &'a Shape {
    model.shape(&from.member(member).unwrap().target).unwrap()
}

#[test]
fn heads_have_all_that_stands_outside_of_bodies() {
    let heads = |text: &str| {
        let kept = |member: &str| member == "Token";
        Model::load_botocore_heads("harbour-master", text, &kept, Codec::of)
    };
    let (own, whole) = (heads(&harbour().to_string()).unwrap(), load(&harbour()));
    let operations = |model: &Model| format!("{:?}", model.services()[0].operations);
    assert_eq!(operations(&own), operations(&whole));
    let operation = |name: &str| whole.services()[0].operation(name).unwrap();
    let moor = operation("Moor");
    let members = |model: &Model, id: &Option<_>| {
        let shape = model.shape(id.as_ref().unwrap()).unwrap();
        let members = shape.members().iter();
        let members = members.map(|it| (it.name.clone(), format!("{it:?}")));
        members.collect::<Vec<_>>()
    };
    // Of bodies there is the payload, and what was asked for.
    assert_eq!(members(&own, &moor.input), members(&whole, &moor.input));
    let output = members(&whole, &moor.output);
    assert_eq!(output[0].0, "Tons");
    assert_eq!(members(&own, &moor.output), output[1..]);
    let input = own.shape(moor.input.as_ref().unwrap()).unwrap();
    let ship = shape(&own, input, "Ship");
    assert!(matches!(&ship.kind, ShapeKind::Union(members) if members.is_empty()));
    assert!(shape(&own, input, "Berth").traits.pattern.is_none());
    let refusal = |model: &Model| {
        let refusal = model.refusal(operation("Watch"));
        refusal.map(|it| it.what.clone())
    };
    assert!(refusal(&own).is_some());
    assert_eq!(refusal(&own), refusal(&whole));
    // Where shapes come first, nothing is left out.
    let Value::Object(mut document) = harbour() else {
        panic!("no object")
    };
    let operations = document.shift_remove("operations").unwrap();
    document.insert("operations".into(), operations);
    let text = Value::from(document).to_string();
    assert_eq!(format!("{:?}", heads(&text).unwrap()), format!("{whole:?}"));
    for other in ["[]".to_owned(), harbour().to_string() + "{}"] {
        assert!(heads(&other).is_err(), "{other}");
    }
}

#[test]
fn a_service_has_the_folders_name_and_botocores_choice_of_protocol() {
    let model = load(&harbour());
    let service = model.service("harbour-master").unwrap();
    assert_eq!(service.protocol, Protocol::RestJson1);
    let facts = [
        &service.endpoint_prefix,
        &service.signing_name,
        &service.sdk_id,
    ];
    assert_eq!(facts, ["port", "harbour", "Harbour Master"]);
    assert_eq!(
        (service.title.as_str(), service.version.as_str()),
        ("The Harbour Master", "2024-01-01")
    );
    let mut document = harbour();
    let preferred = [
        (json!(["smithy-rpc-v2-cbor", "json"]), Protocol::AwsJson1_0),
        (json!(["ec2", "query"]), Protocol::AwsQuery),
        (json!(["query", "smithy-rpc-v2-cbor"]), Protocol::RpcV2Cbor),
        (json!(["rest-xml", "query", "odd"]), Protocol::RestXml),
    ];
    for (offered, protocol) in preferred {
        document["metadata"]["protocols"] = offered;
        assert_eq!(load(&document).services()[0].protocol, protocol);
    }
    // Without the list the older single name says it.
    document["metadata"]["protocols"] = Value::Null;
    assert_eq!(load(&document).services()[0].protocol, Protocol::RestJson1);
    let moor = load(&document).services()[0].operations[0].id.clone();
    assert_eq!(moor.name(), "Moor");
}

#[test]
fn shapes_members_and_operations_say_what_the_wire_needs() {
    let model = load(&harbour());
    let operation = model
        .service("harbour-master")
        .unwrap()
        .operation("Moor")
        .unwrap();
    let wire = &operation.traits.wire;
    let http = operation.traits.http.as_ref().unwrap();
    assert_eq!(
        (http.method.as_str(), http.uri.as_str(), http.code),
        ("PUT", "/berths/{Berth}/{Path+}", 201)
    );
    assert_eq!(wire.host_prefix.as_deref(), Some("{Berth}."));
    assert_eq!(wire.xml_root.as_deref(), Some("MoorRequest"));
    assert_eq!(wire.result_wrapper.as_deref(), Some("MoorResult"));
    let namespace = XmlNamespace {
        uri: "urn:h".into(),
        prefix: None,
    };
    assert_eq!(wire.xml_namespace.as_deref(), Some(&namespace));
    let checksum = wire.checksum.as_deref().unwrap();
    assert_eq!(
        (checksum.is_required, checksum.algorithm_member.as_deref()),
        (true, Some("Algorithm"))
    );

    let input = model.shape(operation.input.as_ref().unwrap()).unwrap();
    let bindings = [
        ("Berth", Binding::Label("Berth".into())),
        ("Until", Binding::Header("x-until".into())),
        ("Algorithm", Binding::Query("a".into())),
        ("Notes", Binding::PrefixHeaders("x-note-".into())),
        ("Token", Binding::Body),
        ("Ship", Binding::Payload),
    ];
    for (name, binding) in bindings {
        assert_eq!(
            input.member(name).unwrap().traits.wire.binding,
            binding,
            "{name}"
        );
    }
    let berth = &input.member("Berth").unwrap().traits;
    assert!(berth.required && berth.wire.host_label);
    assert!(input.member("Token").unwrap().traits.idempotency_token);
    let until = shape(&model, input, "Until");
    assert_eq!(
        until.traits.wire.timestamp_format,
        Some(TimestampFormat::DateTime)
    );
    let ship = shape(&model, input, "Ship");
    assert!(matches!(ship.kind, ShapeKind::Union(_)));
    assert!(matches!(
        shape(&model, ship, "Any").kind,
        ShapeKind::Document
    ));
    let cargo = shape(&model, ship, "Cargo");
    assert!(matches!(cargo.kind, ShapeKind::Blob) && cargo.traits.length.unwrap().max == Some(5));
    assert_eq!(
        ship.member("Cargo")
            .unwrap()
            .traits
            .wire
            .json_name
            .as_deref(),
        Some("cargo")
    );
    let values: Vec<_> = shape(&model, input, "Algorithm")
        .enum_members()
        .iter()
        .map(|it| it.enum_value())
        .collect();
    assert_eq!(values, ["Blue", "Peter"]);
    let output = model.shape(operation.output.as_ref().unwrap()).unwrap();
    assert_eq!(
        output.member("Status").unwrap().traits.wire.binding,
        Binding::StatusCode
    );
    let tons = shape(&model, output, "Tons").traits.range.clone().unwrap();
    assert_eq!(tons.max.unwrap().as_i64(), Some(9_007_199_254_740_993));

    let full = model.shape(&operation.errors[0]).unwrap();
    assert_eq!(full.traits.wire.error_code.as_deref(), Some("Harbour.Full"));
    assert_eq!(full.traits.http_error, Some(409));
    assert!(full.traits.retryable.unwrap().throttling);
    let watch = model.services()[0].operation("Watch").unwrap();
    assert_eq!(watch.traits.wire.auth, Auth::Unsigned);
}

#[test]
fn a_pattern_of_botocores_is_of_the_whole_value() {
    let model = load(&harbour());
    let input = model.shape(model.services()[0].operations[0].input.as_ref().unwrap());
    let name = shape(&model, input.unwrap(), "Berth");
    let pattern = name.traits.pattern.as_ref().unwrap();
    assert_eq!(pattern.source(), "^(?:[a-z]+|x)$");
}

#[test]
fn streams_of_events_and_unknown_signatures_are_listed_and_refused() {
    let model = load(&harbour());
    let service = &model.services()[0];
    let refused = |model: &Model, name: &str| {
        let operation = model.services()[0].operation(name).unwrap();
        model
            .refusal(operation)
            .map(|it| (it.at.clone(), it.what.clone()))
    };
    assert_eq!(service.operations.len(), 2);
    assert_eq!(refused(&model, "Moor"), None);
    let stream = (
        "harbour-master#Watch$Events".to_owned(),
        "a stream of events".to_owned(),
    );
    assert_eq!(refused(&model, "Watch"), Some(stream));

    let mut document = harbour();
    document["metadata"]["auth"] = json!(["smithy.api#httpBearerAuth"]);
    let model = load(&document);
    let (at, what) = refused(&model, "Moor").unwrap();
    assert_eq!(at, "harbour-master#Moor");
    assert_eq!(what, "signing by smithy.api#httpBearerAuth");
    // One that isn't signed at all needs no way to sign.
    document["operations"]["Watch"]["output"] = Value::Null;
    assert_eq!(refused(&load(&document), "Watch"), None);
    for (auth, is_known) in [
        (json!(["aws.auth#sigv4a"]), false),
        (json!(["aws.auth#sigv4a", "aws.auth#sigv4"]), true),
        (json!(["aws.auth#sigv4", "smithy.api#httpBearerAuth"]), true),
    ] {
        document["metadata"]["auth"] = auth;
        assert_eq!(refused(&load(&document), "Moor").is_none(), is_known);
    }
    document["metadata"]["auth"] = Value::Null;
    document["metadata"]["signatureVersion"] = "v2".into();
    assert_eq!(
        refused(&load(&document), "Moor").unwrap().1,
        "signing by v2"
    );
}

#[test]
fn a_broken_model_says_where() {
    let broken = [
        ("/metadata/protocols", json!(["telegraph"]), "metadata"),
        (
            "/shapes/MoorInput/members/Berth/shape",
            json!("Nothing"),
            "harbour-master#MoorInput",
        ),
        ("/shapes/Moment/timestampFormat", json!("noon"), "Moment"),
        ("/operations/Moor/http/method", json!(1), "Moor"),
        ("/shapes/MoorInput/members", json!([]), "MoorInput"),
    ];
    for (pointer, value, at) in broken {
        let mut document = harbour();
        *document.pointer_mut(pointer).unwrap() = value;
        let error =
            Model::load_botocore("harbour-master", &document.to_string(), Codec::of).unwrap_err();
        assert_eq!(error.shape, at, "{pointer}: {error}");
    }
    assert!(Model::load_botocore("harbour-master", "{}", Codec::of).is_err());
}
