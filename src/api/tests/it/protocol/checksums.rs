//! Checksums of bodies, against the values that their definitions give for `123456789`.

use super::{member, request, shop};
use serde_json::{Value, json};

fn put(is_required: bool) -> Value {
    let members = json!({
        "Body": member("Blob", &json!({ "smithy.api#httpPayload": {} })),
        "Algorithm": member("String", &json!({ "smithy.api#httpHeader": "x-amz-sdk-checksum-algorithm" })),
        "Sum": member("String", &json!({ "smithy.api#httpHeader": "x-amz-checksum-sha1" }))
    });
    let traits = json!({
        "smithy.api#http": { "method": "PUT", "uri": "/" },
        "aws.protocols#httpChecksum": { "requestAlgorithmMember": "Algorithm", "requestChecksumRequired": is_required }
    });
    shop("aws.protocols#restXml", &members, &traits)
}

const BODY: &str = "MTIzNDU2Nzg5";

#[test]
fn the_checksum_is_the_one_that_the_input_names() {
    let expected = [
        ("CRC32", "y/Q5Jg=="),
        ("CRC32C", "4waSgw=="),
        ("CRC64NVME", "rosUhgp5mIg="),
        ("MD5", "JfnnlDI7RTiF9RgfG2JNCw=="),
        ("SHA1", "98O8HYCOBHMq32eZZczDTKeuNEE="),
        ("SHA256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
    ];
    for (algorithm, sum) in expected {
        let sent = request(
            &put(false),
            &json!({ "Body": BODY, "Algorithm": algorithm }),
        )
        .unwrap();
        let name = format!("x-amz-checksum-{}", algorithm.to_lowercase());
        assert_eq!(sent.header(&name), Some(sum), "{algorithm}");
        assert_eq!(sent.header("x-amz-sdk-checksum-algorithm"), Some(algorithm));
    }
    let refused = request(&put(false), &json!({ "Body": BODY, "Algorithm": "CRC7" }));
    assert!(refused.unwrap_err().to_string().contains("CRC7"));
}

#[test]
fn without_a_name_it_is_crc32_and_one_that_is_there_stays() {
    for is_required in [false, true] {
        let sent = request(&put(is_required), &json!({ "Body": BODY })).unwrap();
        assert_eq!(sent.header("x-amz-checksum-crc32"), Some("y/Q5Jg=="));
        assert_eq!(sent.header("x-amz-sdk-checksum-algorithm"), Some("CRC32"));
        let sent = request(&put(is_required), &json!({ "Body": BODY, "Sum": "own" })).unwrap();
        assert_eq!(sent.header("x-amz-checksum-sha1"), Some("own"));
        assert_eq!(sent.header("x-amz-checksum-crc32"), None);
    }
}

#[test]
fn checksums_of_the_answer_are_asked_for_where_the_input_says_nothing_of_them() {
    let members = json!({
        "Mode": member("String", &json!({ "smithy.api#httpHeader": "x-amz-checksum-mode" }))
    });
    let traits = json!({
        "smithy.api#http": { "method": "GET", "uri": "/" },
        "aws.protocols#httpChecksum": { "requestValidationModeMember": "Mode", "responseAlgorithms": ["CRC32"] }
    });
    let get = shop("aws.protocols#restXml", &members, &traits);
    let sent = request(&get, &json!({})).unwrap();
    assert_eq!(sent.header("x-amz-checksum-mode"), Some("ENABLED"));
    assert_eq!(sent.header("x-amz-checksum-crc32"), None);
    let sent = request(&get, &json!({ "Mode": "own" })).unwrap();
    assert_eq!(sent.header("x-amz-checksum-mode"), Some("own"));
}
