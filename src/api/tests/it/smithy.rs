//! What AWS's own Smithy files have besides the shapes that the project's models are made of.

use formsmith_api::model::{Binding, Model, Protocol, Shape, ShapeKind, TimestampFormat};
use serde_json::{Value, json};

fn target(id: &str) -> Value {
    json!({ "target": id })
}

/// A service whose operations are bound by resources, one within the other.
fn archive() -> Value {
    json!({
        "smithy": "2.0",
        "shapes": {
            "a#Archive": {
                "type": "service", "version": "1",
                "resources": [target("a#Shelf")], "operations": [target("a#Ping")],
                "traits": {
                    "aws.api#service": { "sdkId": "Old Archive" },
                    "aws.protocols#awsQuery": {}, "aws.protocols#restXml": {},
                    "smithy.api#xmlNamespace": { "uri": "urn:a" }
                }
            },
            "a#Shelf": { "type": "resource", "identifiers": { "Id": target("smithy.api#String") },
                "read": target("a#GetShelf"), "resources": [target("a#Book")] },
            "a#Book": { "type": "resource", "operations": [target("a#Lend"), target("a#Ping")] },
            "a#Ping": { "type": "operation" },
            "a#GetShelf": { "type": "operation", "input": target("a#GetShelfInput"),
                "traits": { "smithy.api#http": { "method": "GET", "uri": "/shelves/{Id}" } } },
            "a#Lend": { "type": "operation", "traits": { "smithy.api#auth": [] } },
            "a#GetShelfInput": {
                "type": "structure", "mixins": [target("a#Identified"), target("a#Dated")],
                "members": { "Colour": target("a#Colour") }
            },
            "a#Identified": {
                "type": "structure", "mixins": [target("a#Base")],
                "members": { "Id": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } } },
                "traits": { "smithy.api#mixin": {} }
            },
            "a#Base": {
                "type": "structure", "members": { "Count": target("smithy.api#PrimitiveLong") },
                "traits": { "smithy.api#mixin": { "localTraits": ["smithy.api#title"] }, "smithy.api#title": "x",
                    "smithy.api#documentation": "The base." }
            },
            "a#Dated": {
                "type": "structure", "members": { "On": target("a#Day") }, "traits": { "smithy.api#mixin": {} }
            },
            "a#Day": { "type": "timestamp", "traits": { "smithy.api#timestampFormat": "http-date" } },
            "a#Colour": { "type": "string", "traits": { "smithy.api#enum": [
                { "value": "r", "name": "RED" }, { "value": "g" }
            ] } },
            "a#GetShelfInput$Id": { "type": "apply", "traits": { "smithy.api#httpLabel": {} } }
        }
    })
}

fn input(model: &Model) -> &Shape {
    let service = model.service("old-archive").unwrap();
    let input = service.operation("GetShelf").unwrap().input.as_ref();
    model.shape(input.unwrap()).unwrap()
}

#[test]
fn operations_bound_by_resources_are_the_services() {
    let model = Model::load(&[&archive().to_string()]).unwrap();
    let service = model.service("old-archive").unwrap();
    let mut names: Vec<_> = service.operations.iter().map(|it| it.name()).collect();
    names.sort_unstable();
    assert_eq!(names, ["GetShelf", "Lend", "Ping"]);
    assert_eq!(service.protocol, Protocol::RestXml);
    assert_eq!(service.endpoint_prefix, "archive");
    let missing = archive()
        .to_string()
        .replace("{\"target\":\"a#Lend\"}", "{\"target\":\"a#Gone\"}");
    assert!(
        Model::load(&[&missing])
            .unwrap_err()
            .to_string()
            .contains("a#Gone")
    );
}

#[test]
fn what_the_built_in_models_do_without_is_refused_as_one() {
    for shape in ["a#Shelf", "a#GetShelfInput", "a#GetShelfInput$Id"] {
        let archive = archive();
        let document = json!({ "smithy": "2.0", "shapes": { shape: archive["shapes"][shape] } });
        let error = Model::load_built_in(&[&document.to_string()]).unwrap_err();
        assert_eq!(error.shape, shape);
    }
}

#[test]
fn mixins_and_applied_traits_are_in_the_shapes() {
    let model = Model::load(&[&archive().to_string()]).unwrap();
    let input = input(&model);
    let names: Vec<_> = input.members().iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Count", "Id", "On", "Colour"]);
    let id = &input.member("Id").unwrap().traits;
    assert!(id.required);
    assert_eq!(id.wire.binding, Binding::Label("Id".into()));
    assert_eq!(input.traits.documentation.as_deref(), Some("The base."));
    assert_eq!(input.traits.title, None);
    let day = model.shape(&input.member("On").unwrap().target).unwrap();
    assert_eq!(
        day.traits.wire.timestamp_format,
        Some(TimestampFormat::HttpDate)
    );
    for broken in ["a#Identified", "a#Base"] {
        let text = archive().to_string().replace(
            &format!("{{\"target\":\"{broken}\"}}"),
            "{\"target\":\"a#Gone\"}",
        );
        assert_eq!(Model::load(&[&text]).unwrap_err().shape, "a#Gone");
    }
}

#[test]
fn the_older_way_to_write_an_enum_gives_the_same_values() {
    let model = Model::load(&[&archive().to_string()]).unwrap();
    let colour = model
        .shape(&input(&model).member("Colour").unwrap().target)
        .unwrap();
    assert!(matches!(colour.kind, ShapeKind::Enum(_)));
    let values: Vec<_> = colour
        .enum_members()
        .iter()
        .map(|it| (it.name.as_str(), it.enum_value()))
        .collect();
    assert_eq!(values, [("RED", "r"), ("g", "g")]);
}
