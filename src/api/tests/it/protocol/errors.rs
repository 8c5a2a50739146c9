//! Errors as each protocol has them.

use super::{PROTOCOLS, answer, posted, shop};
use formsmith_api::protocol::{Answer, NotUnderstood, ServiceError};
use serde_json::{Value, json};

fn error(document: &Value, status: u16, headers: &[(&str, &str)], body: &[u8]) -> ServiceError {
    match answer(document, status, headers, body) {
        Ok(Answer::Error(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_protocol_says_name_message_and_members_in_its_own_way() {
    let json: &[u8] = br#"{"__type":"s#SoldOut","Message":"none","Left":0}"#;
    let query = b"<ErrorResponse><Error><Type>Sender</Type><Code>Shop.SoldOut</Code><Message>none</Message><Left>0</Left></Error><RequestId>r</RequestId></ErrorResponse>";
    let rest = b"<ErrorResponse><Error><Code>SoldOut</Code><Message>none</Message><Left>0</Left></Error><RequestId>r</RequestId></ErrorResponse>";
    let s3 = b"<Error><Code>SoldOut</Code><Message>none</Message><Left>0</Left><RequestId>r</RequestId><HostId>h</HostId></Error>";
    let ec2 = b"<Response><Errors><Error><Code>SoldOut</Code><Message>none</Message><Left>0</Left></Error></Errors><RequestID>r</RequestID></Response>";
    let cbor = b"\xa3\x66__type\x69s#SoldOut\x67message\x64none\x64Left\x00";
    let cases: [(&str, &[u8], &str); 8] = [
        (PROTOCOLS[0], json, "SoldOut"),
        (PROTOCOLS[1], json, "SoldOut"),
        (PROTOCOLS[2], json, "SoldOut"),
        (PROTOCOLS[3], rest, "SoldOut"),
        (PROTOCOLS[3], s3, "SoldOut"),
        (PROTOCOLS[4], query, "Shop.SoldOut"),
        (PROTOCOLS[5], ec2, "SoldOut"),
        (PROTOCOLS[6], cbor, "SoldOut"),
    ];
    for (protocol, body, name) in cases {
        let error = error(&shop(protocol, &json!({}), &posted()), 409, &[], body);
        let expected = ServiceError {
            name: Some(name.to_owned()),
            message: Some("none".to_owned()),
            status: 409,
            members: json!({ "Left": 0 }).as_object().unwrap().clone(),
            is_modeled: true,
        };
        assert_eq!(error, expected, "{protocol}");
    }
}

#[test]
fn the_description_of_oauth_is_the_message_where_there_is_no_other() {
    let document = shop(PROTOCOLS[2], &json!({}), &posted());
    let headers = [("x-amzn-ErrorType", "UnheardOf")];
    let said = |body: &[u8]| error(&document, 400, &headers, body);
    let told = said(br#"{"error":"slow_down","error_description":"Wait."}"#);
    assert_eq!(told.message.as_deref(), Some("Wait."));
    assert_eq!(told.members["error_description"], "Wait.");
    let told = said(br#"{"message":"m","error_description":"Wait."}"#);
    assert_eq!(told.message.as_deref(), Some("m"));
}

#[test]
fn an_error_that_the_model_does_not_have_keeps_what_it_says() {
    let body = b"<Error><Code>NoSuchBucket</Code><Message>gone</Message><BucketName>b</BucketName></Error>";
    let error = error(&shop(PROTOCOLS[3], &json!({}), &posted()), 404, &[], body);
    assert_eq!(error.name.as_deref(), Some("NoSuchBucket"));
    assert_eq!(Value::Object(error.members), json!({ "BucketName": "b" }));
    assert!(!error.is_modeled);
}

#[test]
fn the_code_of_former_times_is_the_name_where_the_service_has_it() {
    let mut document = shop(PROTOCOLS[0], &json!({}), &posted());
    let headers = [("x-amzn-query-error", "Shop.SoldOut;Sender")];
    let body = br#"{"__type":"s#SoldOut","Left":1}"#;
    assert_eq!(
        error(&document, 400, &headers, body).name.as_deref(),
        Some("SoldOut")
    );
    document["shapes"]["s#Shop"]["traits"]["aws.protocols#awsQueryCompatible"] = json!({});
    let error = error(&document, 400, &headers, body);
    assert_eq!(error.name.as_deref(), Some("Shop.SoldOut"));
    assert!(error.is_modeled && error.members["Left"] == 1);
}

#[test]
fn s3_finds_out_too_late_and_a_page_of_a_balancer_is_no_error_of_the_service() {
    let document = shop(PROTOCOLS[3], &json!({}), &posted());
    let late = error(
        &document,
        200,
        &[],
        b"<Error><Code>InternalError</Code><Message>m</Message></Error>",
    );
    assert_eq!(
        (late.name.as_deref(), late.status),
        (Some("InternalError"), 200)
    );
    for protocol in &PROTOCOLS[3..6] {
        let document = shop(protocol, &json!({}), &posted());
        for body in ["", "<html><body>Bad gateway</body></html>"] {
            let read = answer(&document, 502, &[], body.as_bytes());
            assert_eq!(
                read,
                Err(NotUnderstood::NoErrorName { status: 502 }),
                "{protocol} {body}"
            );
        }
    }
}
