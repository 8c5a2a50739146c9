//! What is checked of a whole input: types, constraints, and that the time it takes is linear.

use crate::processor_time::ProcessorTime;
use formsmith_api::draft::{Draft, MistakeKind};
use formsmith_api::model::{Model, Operation};
use formsmith_api::validate::{self, Violation};
use serde_json::{Value, json};

/// A parcel, with every type there is.
fn model() -> Model {
    let member = |target: &str| json!({ "target": target });
    let ast = json!({
        "smithy": "2.0",
        "shapes": {
            "p#Post": {
                "type": "service",
                "version": "1",
                "operations": [{ "target": "p#Send" }],
                "traits": {
                    "aws.api#service": { "sdkId": "Post", "endpointPrefix": "post" },
                    "aws.protocols#awsJson1_1": {}
                }
            },
            "p#Send": { "type": "operation", "input": { "target": "p#Parcel" } },
            "p#Parcel": { "type": "structure", "members": {
                "Contents": member("p#Contents"),
                "Photo": member("p#Photo"),
                "Weight": member("p#Weight"),
                "Serial": member("smithy.api#Long"),
                "Sent": member("smithy.api#Timestamp"),
                "Extra": member("smithy.api#Document"),
                "Labels": member("p#Labels"),
                "Stamps": member("p#Stamps"),
                "Note": member("p#Note")
            } },
            "p#Contents": { "type": "union", "members": {
                "Text": member("p#Note"),
                "Box": member("p#Box")
            } },
            "p#Box": { "type": "structure", "members": {
                "Inner": member("p#Contents"),
                "Width": { "target": "smithy.api#Integer", "traits": { "smithy.api#required": {} } }
            } },
            "p#Photo": { "type": "blob", "traits": { "smithy.api#length": { "min": 2, "max": 4 } } },
            "p#Weight": { "type": "double", "traits": { "smithy.api#range": { "max": 9.5 } } },
            "p#Note": { "type": "string", "traits": {
                "smithy.api#length": { "max": 10 },
                "smithy.api#pattern": "^[a-z]+$"
            } },
            "p#Text": { "type": "string" },
            "p#Labels": { "type": "map", "key": member("p#Text"), "value": member("p#Text") },
            "p#Stamps": {
                "type": "list",
                "member": member("smithy.api#Document"),
                "traits": { "smithy.api#uniqueItems": {} }
            }
        }
    });
    Model::load(&[&ast.to_string()]).unwrap()
}

fn send(model: &Model) -> &Operation {
    crate::operation(model, "post", "Send").1
}

/// The violations of an input, each with its place.
fn found(input: &Value) -> Vec<(String, Violation)> {
    let model = model();
    let place = model.root(send(&model).input.as_ref().unwrap()).unwrap();
    let located = validate::input(&model, place, input).into_iter();
    located
        .map(|it| (it.path.to_string(), it.violation))
        .collect()
}

fn only(input: &Value) -> Violation {
    let mut found = found(input);
    assert_eq!(found.len(), 1, "{input}: {found:?}");
    found.remove(0).1
}

fn is_fine(input: Value) {
    assert_eq!(found(&input), [], "{input}");
}

#[test]
fn a_union_has_exactly_one_member() {
    is_fine(json!({ "Contents": { "Text": "a" } }));
    is_fine(json!({ "Contents": { "Text": "a", "Box": null } }));
    let actual = |contents: Value| match only(&json!({ "Contents": contents })) {
        Violation::NotOneMember { actual } => actual,
        other => panic!("{other:?}"),
    };
    assert_eq!(actual(json!({})), 0);
    assert_eq!(actual(json!({ "Text": "a", "Box": { "Width": 1 } })), 2);
    // What is in it is checked, too.
    let inner = json!({ "Contents": { "Box": { "Inner": { "Text": "A" } } } });
    let places: Vec<_> = found(&inner).into_iter().map(|(at, _)| at).collect();
    assert_eq!(places, ["Contents.Box.Inner.Text", "Contents.Box.Width"]);
    assert_eq!(
        only(&json!({ "Contents": { "Text": "a", "Bag": null } })),
        Violation::UnknownMember
    );
    assert_eq!(
        only(&json!({ "Contents": "Text" })),
        Violation::WrongType { expected: "object" }
    );
}

#[test]
fn a_blob_is_base64_and_as_long_as_its_bytes() {
    for text in ["AAA=", "AAAA", "AAAAAA==", "+/+/"] {
        is_fine(json!({ "Photo": text }));
    }
    for (text, actual) in [("", 0), ("AA==", 1)] {
        let violation = only(&json!({ "Photo": text }));
        assert_eq!(violation, Violation::TooFewBytes { actual, min: 2 });
    }
    let violation = only(&json!({ "Photo": "AAAAAAA=" }));
    assert_eq!(violation, Violation::TooManyBytes { actual: 5, max: 4 });
    for text in [
        "AAA", "A===", "AAAA=", "AAB=", "AB==", "AA-_", "AA A", "====", "ÀA==",
    ] {
        assert_eq!(
            only(&json!({ "Photo": text })),
            Violation::NotBase64,
            "{text}"
        );
    }
}

#[test]
fn numbers_keep_to_64_bits_and_floats_have_three_words() {
    is_fine(json!({ "Serial": i64::MAX }));
    is_fine(json!({ "Serial": i64::MIN }));
    let max = i64::MAX.into();
    assert_eq!(
        only(&json!({ "Serial": 1_u64 << 63 })),
        Violation::AboveMaximum { max }
    );
    let place = |name: &str, text: &str| {
        let model = model();
        let input = model.shape(send(&model).input.as_ref().unwrap()).unwrap();
        validate::text(model.place(input.member(name).unwrap()).unwrap(), text)
    };
    assert_eq!(place("Serial", "9223372036854775807"), []);
    let max = i64::MAX.into();
    assert_eq!(
        place("Serial", "9223372036854775808"),
        [Violation::AboveMaximum { max }]
    );
    let min = i64::MIN.into();
    assert_eq!(
        place("Serial", "-9223372036854775809"),
        [Violation::BelowMinimum { min }]
    );
    // No request could be written with these.
    assert_eq!(place("Serial", "007"), [Violation::NotANumber]);
    assert_eq!(place("Serial", "1e3"), [Violation::NotAnInteger]);
    for text in ["NaN", "Infinity", "-Infinity"] {
        is_fine(json!({ "Weight": text }));
        assert_eq!(place("Weight", text), []);
        assert_eq!(place("Serial", text), [Violation::NotANumber]);
    }
    assert_eq!(place("Weight", "inf"), [Violation::NotANumber]);
    assert_eq!(place("Weight", "9.51").len(), 1);
}

#[test]
fn a_moment_is_epoch_seconds_or_a_text_of_iso_8601() {
    for moment in [
        json!(1_763_594_445),
        json!(-1.5),
        json!("2025-11-19T23:20:45Z"),
        json!("2025-11-19T23:20:45.123456Z"),
        json!("2025-11-19T15:20:45-08:00"),
        json!("2024-02-29T00:00:00Z"),
    ] {
        is_fine(json!({ "Sent": moment }));
    }
    for text in [
        "",
        "yesterday",
        "2025-13-01T00:00:00Z",
        "2025-11-19",
        "2025-11-19T23:20:45",
        // No calendar has these days.
        "2025-02-29T00:00:00Z",
        "2026-04-31T10:00:00Z",
        // Milliseconds.
        "1768429800000",
    ] {
        assert_eq!(
            only(&json!({ "Sent": text })),
            Violation::NotAMoment,
            "{text}"
        );
    }
}

#[test]
fn a_text_that_is_too_long_is_not_tried_with_the_pattern() {
    let violations = found(&json!({ "Note": "A".repeat(11) }));
    let expected = Violation::TooLong {
        actual: 11,
        max: 10,
    };
    assert_eq!(violations, [("Note".to_owned(), expected)]);
}

#[test]
fn a_draft_keeps_moments_and_words_for_floats_and_checks_inside_of_unions() {
    let model = model();
    let draft = |text: &str| Draft::from_text(&model, send(&model), text).unwrap();
    let text = r#"{"Weight":"-Infinity","Sent":"2025-11-19T23:20:45Z","Photo":"AAAA"}"#;
    let whole = draft(text).unwrap();
    assert_eq!(whole.check(&model), []);
    let back: Value = whole.to_json(&model, whole.root());
    assert_eq!(back, serde_json::from_str::<Value>(text).unwrap());
    let mistake = draft(r#"{"Weight":"1.5"}"#).unwrap_err();
    assert_eq!(mistake.kind, MistakeKind::WrongType { expected: "number" });
    let within = |contents: Value| {
        let union = draft(&json!({ "Contents": contents }).to_string()).unwrap();
        let findings = union.check(&model).into_iter();
        findings.map(|it| it.violation).collect::<Vec<_>>()
    };
    assert_eq!(within(json!({ "Text": "a" })), []);
    assert_eq!(
        within(json!({ "Box": { "Inner": { "Text": "a" } } })),
        [Violation::Required]
    );
    let inner = json!({ "Box": { "Width": 1, "Inner": {} } });
    for none in [json!({}), inner] {
        assert_eq!(within(none), [Violation::NotOneMember { actual: 0 }]);
    }
    let both = json!({ "Text": "a", "Box": { "Width": 1 } });
    assert_eq!(within(both), [Violation::NotOneMember { actual: 2 }]);
    let wrong = |contents: Value| {
        let text = json!({ "Contents": contents }).to_string();
        draft(&text).unwrap_err().kind
    };
    let expected = MistakeKind::WrongType { expected: "number" };
    assert_eq!(wrong(json!({ "Box": { "Width": "a" } })), expected);
    let unknown = wrong(json!({ "Bag": 1 }));
    assert!(
        matches!(&unknown, MistakeKind::UnknownMember { name, .. } if name == "Bag"),
        "{unknown:?}"
    );
}

#[test]
fn of_equal_items_all_but_the_first_are_repeated() {
    let stamps = json!([1, { "a": 1, "b": [2] }, "1", { "b": [2], "a": 1 }, 1, [2], 1]);
    let repeated = found(&json!({ "Stamps": stamps }));
    let places: Vec<_> = repeated.iter().map(|(at, _)| at.as_str()).collect();
    assert_eq!(places, ["Stamps[3]", "Stamps[4]", "Stamps[6]"]);
    assert!(repeated.iter().all(|it| it.1 == Violation::Duplicate));
}

#[test]
fn the_time_for_long_lists_and_maps_is_linear() {
    let model = model();
    let labels: serde_json::Map<_, _> = (0..10_000)
        .map(|at| (format!("key-{:05}", at * 7_919 % 10_000), json!("value")))
        .collect();
    let stamps: Vec<Value> = (0..40_000).map(|at| json!({ "number": at })).collect();
    let input = json!({ "Labels": labels, "Stamps": stamps });
    let begun = ProcessorTime::begin();
    assert_eq!(found(&input), []);
    let text = input.to_string();
    let draft = Draft::from_text(&model, send(&model), &text).unwrap();
    assert_eq!(draft.unwrap().check(&model), []);
    // Each against each were a thousand million comparisons.
    let spent = begun.spent();
    assert!(spent.as_secs() < 6, "{spent:?}");
    let twice = r#"{"Labels":{"a":"1","b":"2","a":"3"}}"#;
    let mistake = Draft::from_text(&model, send(&model), twice).unwrap();
    let mistake = mistake.unwrap_err();
    assert_eq!((mistake.line, mistake.column), (1, 28));
}
