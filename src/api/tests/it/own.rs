//! Models of a person's own: what a file may be, and what its service is called.

use formsmith_api::draft::Draft;
use formsmith_api::model::{Lacking, Model, NotOwn, Stops, is_own};
use formsmith_api::protocol::Codec;
use serde_json::{Value, json};

fn target(id: &str) -> Value {
    json!({ "target": id })
}

fn smithy() -> Value {
    json!({ "smithy": "2.0", "shapes": {
        "a#Post": {
            "type": "service", "version": "1", "operations": [target("a#Send"), target("a#Listen")],
            "traits": {
                "aws.api#service": { "sdkId": "Service Catalog" }, "aws.protocols#awsJson1_1": {},
                "smithy.api#title": "Post office"
            }
        },
        "a#Send": { "type": "operation", "input": target("a#SendInput") },
        "a#Listen": { "type": "operation", "output": target("a#Heard") },
        "a#SendInput": { "type": "structure", "members": {
            "Letter": { "target": "a#Letter", "traits": { "smithy.api#required": {} } }
        } },
        "a#Letter": { "type": "string", "traits": { "smithy.api#pattern": "^(a)\\1$", "a#stamp": {} } },
        "a#Heard": { "type": "structure", "members": { "Events": target("a#Events") } },
        "a#Events": {
            "type": "union", "members": { "One": target("a#Heard") },
            "traits": { "smithy.api#streaming": {} }
        }
    } })
}

fn c2j() -> Value {
    json!({
        "metadata": { "protocol": "json", "jsonVersion": "1.1", "endpointPrefix": "email", "serviceId": "SES v2" },
        "operations": { "Send": { "name": "Send", "http": { "method": "POST", "requestUri": "/" } } },
        "shapes": {}
    })
}

fn load(file: &str, document: &Value) -> Result<Model, NotOwn> {
    Model::load_own(file, &document.to_string(), Codec::of)
}

fn name(file: &str, document: &Value) -> String {
    let model = load(file, document).unwrap();
    let [service] = model.services() else {
        panic!("one service");
    };
    service.name.clone()
}

#[test]
fn a_service_of_ones_own_never_has_the_name_of_a_folder_of_botocore() {
    // The names of AWS's are letters, digits and hyphens, and none begins so.
    assert!(
        Model::embedded()
            .unwrap()
            .services()
            .iter()
            .all(|it| !is_own(&it.name))
    );
    assert_eq!(name("a.json", &smithy()), "own-service-catalog");
    assert_eq!(name("a.json", &c2j()), "own-ses-v2");
    let mut named = smithy();
    let traits = &mut named["shapes"]["a#Post"]["traits"];
    traits["formsmith#name"] = "servicecatalog".into();
    assert_eq!(name("a.json", &named), "own-servicecatalog");
    assert_eq!(
        load("a.json", &named).unwrap().services()[0].title,
        "Post office"
    );
}

#[test]
fn a_name_can_stand_in_an_address() {
    let mut document = c2j();
    for (id, file, expected) in [
        ("../../X?y#z", "a.json", "own-x-y-z"),
        ("日本", "My Model.json.gz", "own-email"),
        ("own-own", "a.json", "own-own-own"),
    ] {
        document["metadata"]["serviceId"] = id.into();
        assert_eq!(name(file, &document), expected, "{id}");
    }
    document["metadata"]["endpointPrefix"] = "".into();
    document["metadata"]["serviceId"] = "日本".into();
    assert_eq!(name("My Model.json.gz", &document), "own-my-model");
    assert_eq!(name("日本", &document), "own-model");
    document["metadata"]["serviceId"] = "x".repeat(1000).into();
    assert_eq!(name("a", &document).len(), 64);
}

#[test]
fn a_mark_before_the_text_is_no_mistake() {
    let text = format!("\u{FEFF}{}", smithy());
    assert!(Model::load_own("a.json", &text, Codec::of).is_ok());
}

#[test]
fn what_is_no_model_is_told_from_what_is_a_broken_one() {
    let refused = |text: &str| Model::load_own("a.json", text, Codec::of).unwrap_err();
    for text in ["", "{", "<xml/>", "\u{1F}\u{8B}"] {
        assert!(matches!(refused(text), NotOwn::NoJson(_)), "{text}");
    }
    assert_eq!(
        refused("// A model\n\n$version: \"2\"\nnamespace a\n"),
        NotOwn::Idl
    );
    for text in [
        "null",
        "1",
        "[]",
        "{}",
        r#"{"metadata":{}}"#,
        r#"[{"smithy":"2.0"}]"#,
    ] {
        assert_eq!(refused(text), NotOwn::NoModel, "{text}");
    }
    assert_eq!(
        refused(r#"{"smithy":"2.0","shapes":{}}"#),
        NotOwn::Services(0)
    );
    let deep = "[".repeat(100_000);
    assert!(matches!(refused(&deep), NotOwn::NoJson(_)));

    let changed = |pointer: &str, value: Value| {
        let mut document = smithy();
        *document.pointer_mut(pointer).unwrap() = value;
        load("a.json", &document).unwrap_err()
    };
    assert_eq!(
        changed("/shapes/a#Post/operations", json!([])),
        NotOwn::Empty
    );
    for (pointer, value, at) in [
        ("/smithy", json!("1.0"), ""),
        ("/shapes/a#Send/input", target("a#Gone"), "a#Send"),
        ("/shapes/a#Heard/type", json!(7), "a#Heard"),
    ] {
        let NotOwn::Broken(why) = changed(pointer, value) else {
            panic!("{pointer}");
        };
        assert_eq!(why.shape, at, "{why}");
    }
    let mut document = c2j();
    document["operations"] = json!({ "A/B": { "http": { "method": "POST" } } });
    assert!(matches!(load("a.json", &document), Err(NotOwn::Broken(_))));
}

#[test]
fn what_is_not_supported_is_listed_for_each_operation() {
    let model = load("a.json", &smithy()).unwrap();
    let service = &model.services()[0];
    let listed = |name: &str| {
        let all = model.unsupported_of(service.operation(name).unwrap());
        let told = all
            .iter()
            .map(|it| (it.at.as_str(), it.what.as_str(), it.kind, it.stops));
        told.collect::<Vec<_>>()
    };
    assert_eq!(
        listed("Send"),
        [
            ("a#Letter", "a#stamp", Lacking::Trait, None),
            ("a#Letter", "^(a)\\1$", Lacking::Pattern, None),
        ]
    );
    let stops = Some(Stops::Reading);
    let stream = ("a#Listen$Events", "a stream of events", Lacking::Way, stops);
    assert_eq!(listed("Listen"), [stream]);
}

#[test]
fn an_operation_without_input_has_a_form_without_fields() {
    let model = load("a.json", &smithy()).unwrap();
    let operation = model.services()[0].operation("Listen").unwrap();
    let draft = Draft::new(&model, operation, &mut String::new).unwrap();
    assert_eq!(draft.children(draft.root()), []);
    let read = Draft::from_text(&model, operation, "{}").unwrap();
    assert!(read.is_ok());
}

#[test]
fn a_structure_that_requires_itself_has_an_end() {
    let mut document = smithy();
    document["shapes"]["a#SendInput"]["members"] = json!({
        "Self": { "target": "a#SendInput", "traits": { "smithy.api#required": {} } },
        "All": { "target": "a#All", "traits": { "smithy.api#required": {} } },
    });
    document["shapes"]["a#All"] = json!({ "type": "list", "member": target("a#All") });
    let model = load("a.json", &document).unwrap();
    let operation = model.services()[0].operation("Send").unwrap();
    assert!(Draft::new(&model, operation, &mut String::new).is_some());
}
