//! Moments, numbers, bytes and texts, as each protocol has them.

use super::{PROTOCOLS, member, output, posted, request, shop, text};
use formsmith_api::protocol::to_iso_8601;
use proptest::prelude::*;
use serde_json::{Value, json};

fn body(protocol: &str, target: &str, traits: &Value, value: &Value) -> String {
    let document = shop(protocol, &json!({ "V": member(target, traits) }), &posted());
    text(&request(&document, &json!({ "V": value })).unwrap()).to_owned()
}

#[test]
fn a_moment_is_written_in_the_format_of_its_member_whatever_it_was_typed_in() {
    let formats = [
        (None, "1763594445.5", "2025-11-19T23%3A20%3A45.500000Z"),
        (Some("epoch-seconds"), "1763594445.5", "1763594445.5"),
        (
            Some("date-time"),
            "\"2025-11-19T23:20:45.500000Z\"",
            "2025-11-19T23%3A20%3A45.500000Z",
        ),
        (
            Some("http-date"),
            "\"Wed, 19 Nov 2025 23:20:45 GMT\"",
            "Wed%2C%2019%20Nov%202025%2023%3A20%3A45%20GMT",
        ),
    ];
    let typed = [
        json!(1_763_594_445.5),
        json!("1763594445.5"),
        json!("2025-11-19T23:20:45.5Z"),
        json!("2025-11-20T01:20:45.5+02:00"),
        json!("2025-11-19t23:20:45.500000000z"),
    ];
    for (format, in_json, in_form) in formats {
        let traits = format.map_or(json!({}), |it| json!({ "smithy.api#timestampFormat": it }));
        for value in &typed {
            let json = body("aws.protocols#awsJson1_1", "Timestamp", &traits, value);
            assert_eq!(json, format!("{{\"V\":{in_json}}}"), "{value}");
            let form = body("aws.protocols#awsQuery", "Timestamp", &traits, value);
            assert_eq!(
                form,
                format!("Action=Order&Version=2024-01-01&V={in_form}"),
                "{value}"
            );
        }
    }
}

#[test]
fn what_is_no_moment_is_not_sent() {
    let wrong = [
        "",
        "noon",
        "2025-11-19",
        "2025-13-01T00:00:00Z",
        "2025-11-19T23:20:45",
        "2025-11-19T24:00:00Z",
        "2025-11-19T23:20:45+2",
        "Wed, 19 Foo 2025 23:20:45 GMT",
        "Wed, 19 Nov 2025 23:20 GMT",
        "1.2.3",
        "é.é",
        "2025-11-19T23:20:45.éZ",
    ];
    for value in wrong {
        for protocol in [
            "aws.protocols#awsQuery",
            "aws.protocols#restXml",
            "smithy.protocols#rpcv2Cbor",
        ] {
            let document = shop(
                protocol,
                &json!({ "V": member("Timestamp", &json!({})) }),
                &posted(),
            );
            let refused = request(&document, &json!({ "V": value }));
            assert!(refused.is_err(), "{value}: {refused:?}");
        }
    }
}

#[test]
fn a_moment_of_an_answer_is_in_seconds_whatever_it_came_in() {
    let members = json!({ "V": member("Timestamp", &json!({})), "Head": member("Timestamp", &json!({ "smithy.api#httpHeader": "X-At" })) });
    let json = shop("aws.protocols#restJson1", &members, &posted());
    for written in [
        "1763594445",
        "\"2025-11-19T23:20:45Z\"",
        "\"Wed, 19 Nov 2025 23:20:45 GMT\"",
        "\"2025-11-19T18:20:45-05:00\"",
    ] {
        let read = output(
            &json,
            &[("x-at", "Wed, 19 Nov 2025 23:20:45 GMT")],
            &format!("{{\"V\":{written}}}"),
        );
        assert_eq!(
            (&read["V"], &read["Head"]),
            (&json!(1_763_594_445), &json!(1_763_594_445)),
            "{written}"
        );
    }
    let xml = shop("aws.protocols#restXml", &members, &posted());
    let read = output(&xml, &[], "<O><V>1969-12-31T23:59:59.25Z</V></O>");
    assert_eq!(formsmith_api::json::float(&read["V"]), Some(-0.75));
    // What is none is shown as it came.
    assert_eq!(output(&xml, &[], "<O><V>noon</V></O>")["V"], "noon");
}

#[test]
fn numbers_keep_their_digits_and_special_ones_their_names() {
    let query = |target, value: Value| {
        let body = body("aws.protocols#awsQuery", target, &json!({}), &value);
        body.rsplit_once("V=").unwrap().1.to_owned()
    };
    assert_eq!(
        query("Long", json!(9_223_372_036_854_775_807_i64)),
        "9223372036854775807"
    );
    assert_eq!(
        query("Long", json!(-9_223_372_036_854_775_808_i64)),
        "-9223372036854775808"
    );
    let doubles = [
        (json!(5), "5"),
        (json!(5.0), "5.0"),
        (json!(0.1), "0.1"),
        (json!(1e16), "1e%2B16"),
        (json!(123_456.75), "123456.75"),
        (json!(-1.5e-7), "-1.5e-07"),
        (json!(1e-4), "0.0001"),
        (json!(1e15), "1000000000000000.0"),
        (json!(1e300), "1e%2B300"),
    ];
    for (value, expected) in doubles {
        assert_eq!(query("Double", value.clone()), expected, "{value}");
    }
    for special in ["NaN", "Infinity", "-Infinity"] {
        assert_eq!(query("Double", special.into()), special);
        assert_eq!(
            body(
                "aws.protocols#restJson1",
                "Double",
                &json!({}),
                &special.into()
            ),
            format!("{{\"V\":\"{special}\"}}")
        );
        let xml = shop(
            "aws.protocols#restXml",
            &json!({ "V": member("Double", &json!({})) }),
            &posted(),
        );
        assert_eq!(
            output(&xml, &[], &format!("<O><V>{special}</V></O>"))["V"],
            special
        );
    }
}

/// A value that goes up as an input and comes down as an output is the same.
fn there_and_back(protocol: &str, target: &str, value: &Value) -> Value {
    let document = shop(
        protocol,
        &json!({ "V": member(target, &json!({})) }),
        &posted(),
    );
    let sent = request(&document, &json!({ "V": value })).unwrap();
    match super::answer(&document, 200, &[], &sent.body).unwrap() {
        formsmith_api::protocol::Answer::Output(mut output) => {
            output.remove("V").unwrap_or_default()
        }
        error => panic!("{error:?}"),
    }
}

proptest! {
    #[test]
    fn values_survive_each_codec(
        text in "[ -~é漢👍\t\n\r]{0,20}",
        number: i64,
        double in proptest::num::f64::NORMAL,
        keys in proptest::collection::btree_map("[a-z<&. ]{1,5}", any::<i64>(), 0..4),
        items in proptest::collection::vec("[a-z]{0,4}", 0..4),
    ) {
        for protocol in [PROTOCOLS[0], PROTOCOLS[2], PROTOCOLS[3], PROTOCOLS[6]] {
            let values = [
                ("String", json!(text)), ("Long", json!(number)), ("Double", json!(double)),
                ("s#Numbers", json!(keys)), ("s#Texts", json!(items)),
                ("s#Item", json!({ "Name": text, "At": number / 1_000_000_000 })),
            ];
            for (target, value) in values {
                let back = there_and_back(protocol, target, &value);
                if target == "Double" {
                    prop_assert_eq!(formsmith_api::json::float(&back), formsmith_api::json::float(&value), "{}", protocol);
                } else {
                    prop_assert_eq!(back, value, "{} {}", protocol, target);
                }
            }
        }
    }

    /// Against the calendar of the standard library's own kind: days go by one after the other.
    #[test]
    fn moments_are_the_same_in_all_formats(seconds in -62_135_596_800_i64..253_402_300_800) {
        let iso = to_iso_8601(seconds as f64).unwrap();
        for protocol in [PROTOCOLS[0], PROTOCOLS[3], PROTOCOLS[6]] {
            prop_assert_eq!(there_and_back(protocol, "Timestamp", &json!(iso)), json!(seconds), "{}", iso);
        }
        let header = json!({ "V": member("Timestamp", &json!({ "smithy.api#httpHeader": "X-V" })) });
        let document = shop(PROTOCOLS[2], &header, &posted());
        let sent = request(&document, &json!({ "V": seconds })).unwrap();
        let read = output(&document, &[("X-V", sent.header("X-V").unwrap())], "{}");
        prop_assert_eq!(&read["V"], &json!(seconds));
    }
}
