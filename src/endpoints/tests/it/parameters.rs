//! From an operation, its input and a place to parameters.

use crate::{document, partitions};
use formsmith_endpoints::{Call, Given, Parameters, Place, Refused, RuleSet};
use serde_json::{Value, json};

fn rules() -> RuleSet {
    let shown = ["Region", "Endpoint", "Name", "Flag", "Names", "HostPrefix"];
    let asked = shown.map(|name| json!({"fn": "isSet", "argv": [{"ref": name}]}));
    let mut document = document(json!([
        {"type": "error", "conditions": asked, "error": ""},
        {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://{HostPrefix}.{Name}.example.com"}},
    ]));
    document["parameters"]["HostPrefix"] = json!({"type": "string", "required": true});
    document["contexts"] = json!({
        "Put": {"Name": "Bucket", "Other": "Key", "Flag": {"value": true}},
        "Batch": {"Names": "keys(Items)"},
    });
    RuleSet::read(&document.to_string()).unwrap()
}

fn asked(operation: &str, input: Value, place: Place<'_>) -> Result<Parameters, Refused> {
    rules().parameters(&Call {
        host_prefix: Some("service"),
        operation,
        input: &input,
        place: &place,
    })
}

fn named(values: Value) -> Parameters {
    rules().named(|name| values.get(name)).unwrap()
}

#[test]
fn an_operation_goes_before_its_input_and_that_before_the_place() {
    let options = [
        ("Flag", Given::Flag(false)),
        ("Name", Given::Text("set".into())),
        ("Nobody", Given::Flag(true)),
    ];
    let place = Place {
        region: Some("here-1"),
        endpoint: Some("https://given.example"),
        options: &options,
        ..Place::default()
    };
    let found = asked("Put", json!({"Bucket": "b", "Key": "k"}), place);
    let mut expected = json!({
        "HostPrefix": "service", "Region": "here-1", "Endpoint": "https://given.example", "Name": "b", "Flag": true,
    });
    assert_eq!(found.unwrap(), named(expected.clone()));
    let found = asked("Put", json!({"Bucket": null}), place);
    expected["Name"] = json!("set");
    assert_eq!(found.unwrap(), named(expected.clone()));
    expected["Flag"] = json!(false);
    let found = asked("Another", json!({"Bucket": "b"}), place);
    assert_eq!(found.unwrap(), named(expected));
}

#[test]
fn what_no_rule_asks_for_makes_no_difference() {
    let one = asked("Put", json!({"Bucket": "b", "Key": "1"}), Place::default());
    let other = asked(
        "Put",
        json!({"Bucket": "b", "Key": {"any": 2}}),
        Place::default(),
    );
    assert_eq!(one, other);
}

#[test]
fn paths_lead_to_lists() {
    let found = asked(
        "Batch",
        json!({"Items": {"t": [], "u": []}}),
        Place::default(),
    );
    assert_eq!(
        found.unwrap(),
        named(json!({"HostPrefix": "service", "Names": ["t", "u"]}))
    );
}

#[test]
fn a_value_of_another_type_or_a_missing_one_is_said() {
    let found = asked("Put", json!({"Bucket": 1}), Place::default());
    assert_eq!(found, Err(Refused::Type("Name".into())));
    let options = [("AWS::Region", Given::Flag(true))];
    let place = Place {
        options: &options,
        ..Place::default()
    };
    assert_eq!(
        asked("Get", json!({}), place),
        Err(Refused::Type("Region".into()))
    );
    let call = Call {
        host_prefix: None,
        operation: "Get",
        input: &json!({}),
        place: &Place::default(),
    };
    assert_eq!(
        rules().parameters(&call),
        Err(Refused::Missing("HostPrefix".into()))
    );
}

#[test]
fn inputs_that_are_none_have_no_members() {
    for input in [json!(null), json!([]), json!("Bucket"), json!(1)] {
        let parameters = asked("Put", input, Place::default()).unwrap();
        let found = rules().resolve(&partitions(), &parameters);
        assert_eq!(found, Err(Refused::Unset));
    }
}
