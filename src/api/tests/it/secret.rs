//! What looks like a secret, in a value and in the body around it.

use formsmith_api::json::compact;
use formsmith_api::secret::{looks_secret, may_look_secret};
use serde_json::json;

const SECRETS: [&str; 7] = [
    "https://bucket.s3.amazonaws.com/a?X-Amz-Date=1&X-Amz-Signature=0f",
    "https://bucket.s3.amazonaws.com/a?AWSAccessKeyId=AKIA&Signature=a%3D",
    "https://d.cloudfront.net/a?Signature=a&Key-Pair-Id=K",
    "-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----",
    "FwoGZXIvYXdzEBYaD",
    "IQoJb3JpZ2luX2VjE",
    "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
];

#[test]
fn a_body_in_which_something_looks_secret_may_look_so() {
    for secret in SECRETS {
        assert!(looks_secret(secret), "{secret}");
        let json = compact(&json!({"Members": [{"Url": secret}]}));
        let escaped = json.replace('&', "\\u0026").replace('=', "\\u003d");
        let xml = secret.replace('&', "&amp;").replace('\n', "&#xA;");
        for body in [json, escaped, format!("<Url>{xml}</Url>")] {
            assert!(may_look_secret(&body), "{body}");
        }
    }
}

#[test]
fn other_texts_do_not() {
    for text in [
        "arn:aws:iam::111122223333:role/Signature",
        "https://example.com/?Expires=1",
        "-----BEGIN CERTIFICATE-----",
        "a.b.c",
    ] {
        assert!(!looks_secret(text) && !may_look_secret(text), "{text}");
    }
}
