//! What an answer says, and what is no answer.

use super::{PROTOCOLS, answer, member, output, posted, shop};
use formsmith_api::protocol::{Answer, Format, NotUnderstood};
use serde_json::{Value, json};

#[test]
fn headers_status_and_body_of_an_answer_become_its_members() {
    let members = json!({
        "Status": member("Integer", &json!({ "smithy.api#httpResponseCode": {} })),
        "Etag": member("String", &json!({ "smithy.api#httpHeader": "ETag" })),
        "Size": member("Long", &json!({ "smithy.api#httpHeader": "X-Size" })),
        "Flag": member("Boolean", &json!({ "smithy.api#httpHeader": "X-Flag" })),
        "Parts": member("s#Texts", &json!({ "smithy.api#httpHeader": "X-Parts" })),
        "Meta": member("s#Numbers", &json!({ "smithy.api#httpPrefixHeaders": "X-Meta-" })),
        "Name": member("String", &json!({ "smithy.api#jsonName": "name", "smithy.api#xmlName": "name" }))
    });
    let headers = [
        ("etag", "\"x\""),
        ("X-SIZE", "12"),
        ("x-flag", "true"),
        ("x-parts", r#"a, "b,c" ,d\"#),
        ("x-meta-One", "1"),
        ("x-other", "2"),
    ];
    for (protocol, body) in [
        (PROTOCOLS[2], r#"{"name":"n"}"#),
        (PROTOCOLS[3], "<O><name>n</name></O>"),
    ] {
        let read = output(&shop(protocol, &members, &posted()), &headers, body);
        let expected = json!({
            "Status": 200, "Etag": "\"x\"", "Size": 12, "Flag": true, "Parts": ["a", "b,c", "d\\"],
            "Meta": { "One": "1" }, "Name": "n"
        });
        assert_eq!(Value::Object(read), expected, "{protocol}");
    }
}

#[test]
fn a_payload_comes_as_it_is() {
    let payload =
        |target| json!({ "Load": member(target, &json!({ "smithy.api#httpPayload": {} })) });
    for protocol in [PROTOCOLS[2], PROTOCOLS[3]] {
        let document = shop(protocol, &payload("Blob"), &posted());
        let read = match answer(&document, 200, &[], &[255, 0, 254]).unwrap() {
            Answer::Output(output) => output,
            error => panic!("{error:?}"),
        };
        assert_eq!(read["Load"], "/wD+");
        let document = shop(protocol, &payload("String"), &posted());
        assert_eq!(output(&document, &[], "<{ as it is")["Load"], "<{ as it is");
    }
    let document = shop(PROTOCOLS[2], &payload("Document"), &posted());
    assert_eq!(output(&document, &[], "[1,{}]")["Load"], json!([1, {}]));
    let document = shop(PROTOCOLS[3], &payload("s#Item"), &posted());
    assert_eq!(
        output(&document, &[], "<Item><Name>x</Name></Item>")["Load"],
        json!({ "Name": "x" })
    );
    assert!(output(&document, &[], "").is_empty());
}

#[test]
fn xml_answers_are_read_by_the_model_and_keep_what_it_does_not_know() {
    let members = json!({
        "Items": member("s#Items", &json!({})), "Numbers": member("s#Numbers", &json!({})),
        "Flat": member("s#Texts", &json!({ "smithy.api#xmlFlattened": {}, "smithy.api#xmlName": "flat" })),
        "Yes": member("Boolean", &json!({})), "Text": member("String", &json!({})), "Pay": member("s#Pay", &json!({}))
    });
    let inner = "<Items><thing><Name>a&amp;b&#65;</Name></thing><thing/></Items>\
        <Numbers><entry><key>n</key><value>1</value></entry></Numbers><flat>x</flat><flat></flat>\
        <Yes>true</Yes><Text><![CDATA[ <x> ]]></Text><Pay><Cash/></Pay>\
        <New><A>1</A><B>2</B><B>3</B></New>";
    let expected = json!({
        "Items": [{ "Name": "a&bA" }, {}], "Numbers": { "n": 1 }, "Flat": ["x", ""], "Yes": true, "Text": " <x> ",
        "Pay": { "Cash": {} }, "New": { "A": "1", "B": ["2", "3"] }
    });
    let bodies = [
        (
            PROTOCOLS[3],
            format!("<?xml version=\"1.0\"?><O xmlns=\"urn:x\">{inner}</O>"),
        ),
        (
            PROTOCOLS[4],
            format!(
                "<OrderResponse><OrderResult>{inner}</OrderResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></OrderResponse>"
            ),
        ),
        (
            PROTOCOLS[5],
            format!("<OrderResponse><requestId>r</requestId>{inner}</OrderResponse>"),
        ),
    ];
    for (protocol, body) in bodies {
        let read = output(&shop(protocol, &members, &posted()), &[], &body);
        assert_eq!(Value::Object(read), expected, "{protocol}");
    }
}

#[test]
fn cbor_answers_may_have_lengths_that_are_not_known_before() {
    let members = json!({ "Flat": member("s#Texts", &json!({})), "Load": member("Blob", &json!({})), "V": member("Float", &json!({})), "At": member("Timestamp", &json!({})) });
    let document = shop(PROTOCOLS[6], &members, &posted());
    let body = b"\xbf\x64Flat\x9f\x61a\x7f\x61b\x61c\xff\xff\x64Load\x5f\x41\xff\x42\x00\xfe\xff\x61V\xf9\x3e\x00\x62At\xc1\x1a\x69\x1e\x50\x8d\x63New\xf6\x65Other\xf7\xff";
    let read = match answer(&document, 200, &[], body).unwrap() {
        Answer::Output(output) => output,
        error => panic!("{error:?}"),
    };
    let expected = json!({ "Flat": ["a", "bc"], "Load": "/wD+", "V": 1.5, "At": 1_763_594_381 });
    assert_eq!(Value::Object(read), expected);
}

#[test]
fn a_json_body_that_is_empty_or_null_is_an_output_without_members() {
    let members = json!({ "Items": member("s#Items", &json!({})) });
    for protocol in &PROTOCOLS[..3] {
        for body in ["", " ", "null"] {
            let read = output(&shop(protocol, &members, &posted()), &[], body);
            assert!(read.is_empty(), "{protocol}: {body:?}: {read:?}");
        }
    }
}

#[test]
fn what_is_no_answer_is_said_to_be_none() {
    let members = json!({ "Items": member("s#Items", &json!({})) });
    let deep_xml = ["<a>".repeat(5000), "</a>".repeat(5000)].concat();
    let deep_cbor = vec![0x81; 100_000];
    let xml = NotUnderstood::NotInFormat(Format::Xml);
    let cbor = NotUnderstood::NotInFormat(Format::Cbor);
    let cases: [(&str, &[u8], NotUnderstood); 12] = [
        (PROTOCOLS[3], b"{}", xml.clone()),
        (PROTOCOLS[3], b"<a><b></a></b>", xml.clone()),
        (PROTOCOLS[3], b"<a>&unknown;</a>", xml.clone()),
        (PROTOCOLS[3], b"<a/><b/>", xml.clone()),
        (PROTOCOLS[3], b"\xff", xml.clone()),
        (PROTOCOLS[3], b"<a><b>", NotUnderstood::CutOff),
        (PROTOCOLS[4], b"<Other/>", xml.clone()),
        (PROTOCOLS[5], deep_xml.as_bytes(), xml),
        (PROTOCOLS[6], b"\x01", NotUnderstood::NotAnObject),
        (PROTOCOLS[6], b"\xa1\x65Items", NotUnderstood::CutOff),
        (PROTOCOLS[6], b"\xa0\xa0", cbor.clone()),
        (PROTOCOLS[6], &deep_cbor, cbor),
    ];
    for (protocol, body, expected) in cases {
        let read = answer(&shop(protocol, &members, &posted()), 200, &[], body);
        assert_eq!(
            read,
            Err(expected),
            "{protocol}: {:?}",
            body.get(..20.min(body.len()))
        );
    }
}
