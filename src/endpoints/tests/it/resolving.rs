//! What rules come to.

use crate::{partitions, read, resolve};
use formsmith_endpoints::Refused;
use serde_json::{Value, json};

/// A rule with a partition, whose host has the name in front.
fn named(name: &str) -> Result<String, Refused> {
    let partition = json!([
        {"fn": "isSet", "argv": [{"ref": "Name"}]},
        {"fn": "aws.partition", "argv": ["here-1"], "assign": "P"},
    ]);
    let endpoint = json!({"url": "https://{Name}.service.{P#dnsSuffix}"});
    resolve(partition, endpoint, json!({"Name": name})).map(|endpoint| endpoint.url)
}

/// Conditions that take the given endpoint apart.
fn parsed() -> Value {
    json!([{"fn": "parseURL", "argv": [{"ref": "Endpoint"}], "assign": "U"}])
}

#[test]
fn a_value_that_is_no_label_makes_no_host() {
    assert_eq!(named("a.b").unwrap(), "https://a.b.service.one.example");
    for name in [
        "",
        "a/",
        "a.evil.com/",
        "a@evil",
        "a:b@evil.com",
        "a#",
        "a?",
        "a\\",
        "a b",
        "a\n",
        "ä",
        "a_b",
        "-a",
        "a-",
        ".a",
        "a..b",
        "a%2e",
    ] {
        let refused = named(name).unwrap_err();
        assert!(matches!(refused, Refused::Unsafe(_)), "{name}: {refused:?}");
    }
}

#[test]
fn labels_stand_in_front_of_a_given_endpoint_and_never_in_its_place() {
    let with = |url: &str, given: &str, name: &str| {
        let values = json!({"Endpoint": given, "Name": name});
        resolve(parsed(), json!({"url": url}), values).map(|endpoint| endpoint.url)
    };
    let before = "{U#scheme}://{Name}.{U#authority}{U#path}";
    let given = "http://localhost:4566/base";
    assert_eq!(
        with(before, given, "a").unwrap(),
        "http://a.localhost:4566/base"
    );
    for name in ["", "a@", "a/", "evil.com:80/", "a.b."] {
        assert!(with(before, given, name).is_err(), "{name}");
    }
    let behind = "{U#scheme}://{U#authority}{U#normalizedPath}{Name}";
    assert_eq!(
        with(behind, given, "a").unwrap(),
        "http://localhost:4566/base/a"
    );
    for name in ["a/b", "..", ".", "%2e%2E", "a?b", "a#b", "a b", "a@b"] {
        assert!(with(behind, given, name).is_err(), "{name}");
    }
    for given in [
        "https://a@b",
        "localhost",
        "https://a?b",
        "https://a/..",
        "file:///a",
    ] {
        // Where a URL is asked for and there is none, no rule holds.
        assert_eq!(with(before, given, "a"), Err(Refused::NoRule), "{given}");
        let whole = resolve(
            json!([]),
            json!({"url": {"ref": "Endpoint"}}),
            json!({"Endpoint": given}),
        );
        assert_eq!(whole, Err(Refused::Unsafe(given.into())));
    }
}

#[test]
fn an_endpoint_says_whether_it_is_the_given_one() {
    let own = json!({"url": "https://service.example.com"});
    let values = json!({"Endpoint": "https://given.example/a"});
    let found = resolve(json!([]), own, values.clone()).unwrap();
    assert!(!found.is_given);
    let found = resolve(json!([]), json!({"url": "{Endpoint}"}), values).unwrap();
    assert!(found.is_given);
    assert_eq!((found.authority(), found.path()), ("given.example", "/a"));
}

#[test]
fn what_is_not_encrypted_has_to_be_asked_for() {
    let found = resolve(
        json!([]),
        json!({"url": "http://localhost:8000"}),
        json!({}),
    );
    assert_eq!(found, Err(Refused::Unsafe("http://localhost:8000".into())));
}

#[test]
fn scopes_and_headers_are_no_way_in_either() {
    let with = |name: &str| {
        let endpoint = json!({
            "url": "https://service.example.com",
            "properties": {"authSchemes": [{"name": "sigv4", "signingRegion": "{Name}"}]},
        });
        resolve(json!([]), endpoint, json!({"Name": name}))
    };
    let region = with("here-1").unwrap().schemes[0].signing_region.clone();
    assert_eq!(region.as_deref(), Some("here-1"));
    for name in ["", "a/b", "a b", "a\n"] {
        assert!(with(name).is_err(), "{name}");
    }
    let header = |name: &str| {
        let endpoint =
            json!({"url": "https://service.example.com", "headers": {"x-a": ["{Name}", "b"]}});
        resolve(json!([]), endpoint, json!({"Name": name}))
    };
    let pair = |value: &str| ("x-a".to_owned(), value.to_owned());
    assert_eq!(header("1").unwrap().headers, [pair("1"), pair("b")]);
    assert!(header("a\r\nx-b: 1").is_err());
}

#[test]
fn rules_are_followed_in_their_order_and_names_end_with_their_rule() {
    let is = |text: &str| json!({"fn": "stringEquals", "argv": [{"ref": "Name"}, text]});
    let part = |start: u8, assign: &str| json!({"fn": "substring", "argv": [{"ref": "Name"}, start, start + 1, false], "assign": assign});
    let rules = read(json!([
        {"type": "error", "conditions": [is("no")], "error": "{Name} is {{not}} allowed"},
        {"type": "tree", "conditions": [part(0, "A")], "rules": [
            {"type": "endpoint", "conditions": [part(9, "B")], "endpoint": {"url": "https://{A}{B}.example.com"}},
        ]},
        {"type": "endpoint", "conditions": [part(1, "A")], "endpoint": {"url": "https://{A}.example.com"}},
    ]));
    let with = |name: &str| {
        let name = json!(name);
        let parameters = rules.named(|it| (it == "Name").then_some(&name)).unwrap();
        rules
            .resolve(&partitions(), &parameters)
            .map(|endpoint| endpoint.url)
    };
    assert_eq!(
        with("no"),
        Err(Refused::Rules("no is {not} allowed".into()))
    );
    assert_eq!(with("0123456789").unwrap(), "https://09.example.com");
    assert_eq!(with("012").unwrap(), "https://1.example.com");
    assert_eq!(with("0"), Err(Refused::NoRule));
}

#[test]
fn a_missing_value_is_no_equal() {
    let conditions = json!([{"fn": "stringEquals", "argv": [{"ref": "Name"}, "a"]}]);
    let endpoint = json!({"url": "https://service.example.com"});
    let found = resolve(conditions, endpoint.clone(), json!({}));
    assert_eq!(found, Err(Refused::Unset));
    let found = resolve(json!([]), endpoint, json!({"Name": 1}));
    assert!(found.is_ok(), "nothing asks for the name");
}

#[test]
fn partitions_are_found_by_list_and_by_look() {
    let partitions = partitions();
    for (region, name, is_known) in [
        ("here-1", "one", true),
        ("here-99", "one", false),
        ("there-a-1", "two", true),
        ("there-b-9", "two", false),
        ("nowhere", "one", false),
        ("one-global", "one", true),
    ] {
        assert_eq!(&*partitions.of(region).name, name, "{region}");
        assert_eq!(partitions.is_known(region), is_known, "{region}");
        assert_eq!(
            partitions.is_global(region),
            region == "one-global",
            "{region}"
        );
    }
    let all: Vec<&str> = partitions
        .known_regions()
        .map(|(region, _)| region)
        .collect();
    assert_eq!(all, ["here-1", "one-global", "there-a-1"]);
}
