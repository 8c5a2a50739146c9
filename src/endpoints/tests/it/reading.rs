//! What isn't understood, or could lead anywhere, is no rule set.

use crate::document;
use formsmith_endpoints::{Partitions, RuleSet};
use serde_json::{Value, json};

fn refused(document: &Value) -> String {
    match RuleSet::read(&document.to_string()) {
        Ok(_) => panic!("{document} is read"),
        Err(why) => why.to_string(),
    }
}

fn endpoint(conditions: Value, url: Value) -> Value {
    document(json!([{"type": "endpoint", "conditions": conditions, "endpoint": {"url": url}}]))
}

#[test]
fn the_end_of_a_host_is_known() {
    let parsed = json!([
        {"fn": "parseURL", "argv": [{"ref": "Endpoint"}], "assign": "U"},
        {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "P"},
        {"fn": "aws.parseArn", "argv": [{"ref": "Name"}], "assign": "A"},
    ]);
    for url in [
        "https://{Name}",
        "https://service.{Name}",
        "https://{Name}.com",
        "https://service{P#dnsSuffix}",
        "https://{Name}{P#dnsSuffix}",
        "https://{P#name}",
        "https://service.{P#implicitGlobalRegion}",
        "https://service.{A#region}",
        "https://service{U#authority}",
        "{U#scheme}://service.example.com",
        "{U#scheme}://{Name}",
        "{Name}",
        "{Name}://service.example.com",
        "https://",
        "https:///path",
        "ftp://a.b",
        "https://service.example.com:{Name}",
        "https://service.example.com?{Name}",
        "https://{Name}@service.example.com",
    ] {
        let why = refused(&endpoint(parsed.clone(), json!(url)));
        assert!(why.contains("URL") || why.contains("host"), "{url}: {why}");
    }
    let why = refused(&endpoint(json!([]), json!({"ref": "Name"})));
    assert!(why.contains("a URL doesn't begin with https://"), "{why}");
    let other = json!([{"fn": "parseURL", "argv": [{"ref": "Name"}], "assign": "U"}]);
    let why = refused(&endpoint(other, json!("{U#scheme}://{U#authority}")));
    assert!(why.contains("only the given endpoint"), "{why}");
}

#[test]
fn what_is_not_known_is_refused_by_its_name() {
    let url = json!("https://service.example.com");
    let condition = |condition: Value| endpoint(json!([condition]), url.clone());
    for (document, reason) in [
        (
            condition(json!({"fn": "aws.isLucky", "argv": [{"ref": "Name"}]})),
            "aws.isLucky",
        ),
        (
            condition(json!({"fn": "isSet", "argv": [{"ref": "Nobody"}]})),
            "Nobody",
        ),
        (condition(json!({"fn": "isSet", "argv": []})), "isSet"),
        (
            condition(json!({"fn": "booleanEquals", "argv": [{"ref": "Name"}, true]})),
            "boolean",
        ),
        (
            condition(json!({"fn": "stringEquals", "argv": [{"ref": "Flag"}, "a"]})),
            "no text",
        ),
        (
            condition(json!({"fn": "getAttr", "argv": [{"ref": "Name"}, "x"]})),
            "attribute x",
        ),
        (
            condition(json!({"fn": "getAttr", "argv": [{"ref": "Names"}, "x"]})),
            "attribute x",
        ),
        (
            condition(json!({"fn": "substring", "argv": [{"ref": "Name"}, -1, 2, true]})),
            "place",
        ),
        (
            condition(json!({"fn": "isSet", "argv": [{"ref": "Name"}], "assign": "Other"})),
            "Other",
        ),
        (
            endpoint(json!([]), json!("https://{Name.example.com")),
            "braces",
        ),
        (
            endpoint(json!([]), json!("https://Name}.example.com")),
            "braces",
        ),
        (
            document(json!([{"type": "guess", "conditions": []}])),
            "guess",
        ),
        (document(json!({})), "rules"),
        (
            json!({"version": "2.0", "parameters": {}, "rules": []}),
            "2.0",
        ),
        (
            json!({"version": "1.0", "parameters": {"A": {"type": "number"}}, "rules": []}),
            "number",
        ),
        (
            json!({"version": "1.0", "parameters": {"A": {"type": "string", "default": true}}, "rules": []}),
            "default",
        ),
        (json!({"version": "1.0", "rules": []}), "parameters"),
        (json!([]), "version"),
    ] {
        let why = refused(&document);
        assert!(why.contains(reason), "{why}");
    }
    // A name that a rule assigns is not known behind it.
    let after = json!([
        {"type": "error", "conditions": [{"fn": "aws.parseArn", "argv": [{"ref": "Name"}], "assign": "A"}], "error": ""},
        {"type": "error", "conditions": [], "error": "{A#region}"},
    ]);
    assert!(refused(&document(after)).contains("A has no value here"));
}

#[test]
fn properties_and_schemes_are_understood_or_refused() {
    for properties in [
        json!({"backend": "{Name}"}),
        json!({"list": ["a", {"b": "{Name}"}]}),
        json!({"authSchemes": [{"name": "sigv4", "signingHat": "a"}]}),
        json!({"authSchemes": ["sigv4"]}),
        json!("sigv4"),
    ] {
        let rule = json!({
            "type": "endpoint",
            "conditions": [],
            "endpoint": {"url": "https://service.example.com", "properties": properties},
        });
        refused(&document(json!([rule])));
    }
}

#[test]
fn contexts_are_of_parameters_that_there_are() {
    for contexts in [
        json!([]),
        json!({"Do": []}),
        json!({"Do": {"Nobody": "Name"}}),
        json!({"Do": {"Name": "a[0]"}}),
        json!({"Do": {"Name": {"value": true}}}),
        json!({"Do": {"Name": 1}}),
    ] {
        let mut document = document(json!([]));
        document["contexts"] = contexts;
        refused(&document);
    }
}

#[test]
fn partitions_are_complete() {
    for document in [
        "",
        "{}",
        "[]",
        r#"{"partitions": []}"#,
        r#"{"partitions": [{"id": "aws"}]}"#,
    ] {
        assert!(Partitions::read(document).is_err(), "{document}");
    }
}
