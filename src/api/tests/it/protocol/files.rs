//! Files in the place of a body.

use super::{PROTOCOLS, load, member, order, posted, request, shop};
use formsmith_api::file::FileRef;
use formsmith_api::http::HttpResponse;
use formsmith_api::model::Place;
use formsmith_api::protocol::{self, Answer};
use formsmith_api::validate::{Violation, input};
use serde_json::{Value, json};

fn photo() -> FileRef {
    FileRef::new("a photo #1 & more.jpg", 1_073_741_824, "0123abcd")
}

/// A shop that takes a blob as its whole body.
fn put(protocol: &str) -> Value {
    let sized =
        json!({ "smithy.api#httpPayload": {}, "smithy.api#length": { "max": 2_000_000_000 } });
    let members = json!({
        "Body": member("Blob", &sized),
        "Algorithm": member("String", &json!({ "smithy.api#httpHeader": "x-amz-sdk-checksum-algorithm" })),
        "Thumb": member("Blob", &json!({ "smithy.api#httpHeader": "x-thumb" })),
    });
    let traits = json!({
        "smithy.api#http": { "method": "PUT", "uri": "/" },
        "aws.protocols#httpChecksum": { "requestAlgorithmMember": "Algorithm" }
    });
    shop(protocol, &members, &traits)
}

#[test]
fn a_file_is_known_by_its_text() {
    let file = photo();
    assert_eq!(file.name(), "a photo #1 & more.jpg");
    assert_eq!(file.size(), 1_073_741_824);
    let read = file
        .with_digest("SHA256", "x+/=")
        .with_digest("CRC32", "y==");
    assert_eq!(read.digest("SHA256"), Some("x+/="));
    assert_eq!(read.digest("CRC32"), Some("y=="));
    assert_eq!(read.digest("CRC"), None);
    assert_eq!(FileRef::parse(read.as_str()), Some(read.clone()));
    assert_eq!((file.id(), read.id()), ("0123abcd", "0123abcd"));
    assert!(read.in_memory().is_in_memory() && !read.is_in_memory());
    for other in [
        "",
        "YWJj",
        "fileb://",
        "fileb://a.jpg",
        "fileb://a#size=-1",
        "file://a#size=1",
    ] {
        assert_eq!(FileRef::parse(other), None, "{other}");
    }
    assert_eq!(FileRef::new("a\nb\r.txt", 1, "1").name(), "a_b_.txt");
}

#[test]
fn a_request_has_a_file_in_place_of_its_body() {
    for protocol in [PROTOCOLS[2], PROTOCOLS[3]] {
        let document = put(protocol);
        let model = load(&document);
        let (service, operation) = order(&model);
        let body = protocol::file_member(&model, service, operation).unwrap();
        assert_eq!(body.name, "Body");
        let needed = |input: Value| protocol::file_digests(&model, service, operation, &input);
        assert_eq!(needed(json!({})).unwrap(), ["SHA256", "CRC32"]);
        assert_eq!(
            needed(json!({ "Algorithm": "SHA1" })).unwrap(),
            ["SHA256", "SHA1"]
        );
        assert_eq!(
            needed(json!({ "Algorithm": "SHA256" })).unwrap(),
            ["SHA256"]
        );
        let undone = needed(json!({ "Algorithm": "XXHASH64" })).unwrap_err();
        assert!(undone.to_string().contains("XXHASH64"), "{undone}");

        let unread = request(&document, &json!({ "Body": photo().as_str() }));
        assert!(unread.is_err(), "without a digest nothing can be signed");
        let file = photo()
            .with_digest("SHA256", "a=")
            .with_digest("CRC32", "b=");
        let sent = request(&document, &json!({ "Body": file.as_str() })).unwrap();
        assert_eq!(sent.file, Some(file));
        assert!(sent.body.is_empty());
        assert_eq!(sent.header("x-amz-checksum-crc32"), Some("b="));
        assert_eq!(sent.header("x-amz-sdk-checksum-algorithm"), Some("CRC32"));
    }
}

#[test]
fn a_file_stands_only_where_a_blob_is_the_whole_body() {
    let model = load(&put(PROTOCOLS[3]));
    let shape = model
        .shape(order(&model).1.input.as_ref().unwrap())
        .unwrap();
    let place = Place {
        member: None,
        shape,
    };
    let check = |value: Value| input(&model, place, &value);
    assert!(check(json!({ "Body": photo().as_str() })).is_empty());
    let elsewhere = check(json!({ "Thumb": photo().as_str() }));
    assert_eq!(elsewhere[0].violation, Violation::NotBase64);
    let huge = FileRef::new("x", 2_000_000_001, "1");
    let found = check(json!({ "Body": huge.as_str() }));
    let (actual, max) = (2_000_000_001, 2_000_000_000);
    assert_eq!(found[0].violation, Violation::TooManyBytes { actual, max });
}

#[test]
fn an_answer_that_went_into_a_file_names_it() {
    for protocol in [PROTOCOLS[2], PROTOCOLS[3]] {
        let model = load(&shop(
            protocol,
            &json!({
                "Body": member("Blob", &json!({ "smithy.api#httpPayload": {} })),
                "Type": member("String", &json!({ "smithy.api#httpHeader": "Content-Type" })),
            }),
            &posted(),
        ));
        let (service, operation) = order(&model);
        assert!(protocol::answer_file_member(&model, service, operation).is_some());
        let response = HttpResponse {
            status: 200,
            headers: vec![("content-type".into(), "image/jpeg".into())],
            body: Vec::new(),
            file: Some(photo()),
        };
        let Ok(Answer::Output(output)) = protocol::response(&model, service, operation, &response)
        else {
            panic!("no output");
        };
        assert_eq!(output["Body"], photo().as_str());
        assert_eq!(output["Type"], "image/jpeg");
    }
}
