//! A consent to one request is none to any other.

use super::{agreed, refused, told};
use crate::running::{hash, hex, one, start_signing};
use crate::signature;
use crate::signing::{PREFIX, request};
use crate::upstream::Upstream;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Limits;
use formsmith_test_support::cases;

#[test]
fn a_change_needs_consent_to_exactly_this_request() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let own = request();
    let another_body = HttpRequest {
        body: b"{}".to_vec(),
        ..own.clone()
    };
    let mut another_operation = own.clone();
    another_operation.headers[1].1 =
        "AWS242ServiceCatalogService.ExecuteProvisionedProductServiceAction".into();
    let mut another_spelling = own.clone();
    another_spelling.headers[0].1 = own.headers[0].1.to_uppercase();
    for (prefix, request) in [
        (PREFIX, another_body),
        (PREFIX, another_operation),
        (PREFIX, another_spelling),
        ("/api/servicecatalog/us-east-2", own.clone()),
    ] {
        let id = agreed(&proxy);
        let answer = proxy.agreed(prefix, &request, &id, &[]);
        assert_eq!(told(&answer), refused(403, "consent-wrong"), "{request:?}");
        assert_eq!(upstream.connections(), 0);
        // It is still good for what it was given to.
        proxy.agree(&one(prefix, &request)).unwrap();
    }
    let id = agreed(&proxy);
    assert_eq!(proxy.agreed(PREFIX, &own, &id, &[]).status, 200);
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn what_the_review_showed_is_where_it_goes() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let own = request();
    let right = one(PREFIX, &own);
    let mut another_region = right.clone();
    another_region["region"] = "us-east-2".into();
    let mut another_operation = right.clone();
    another_operation["target"] =
        "AWS242ServiceCatalogService.ExecuteProvisionedProductServiceAction".into();
    let (_, other) = cases::exchanges()
        .into_iter()
        .find(|(_, case)| case["service"] == "billingconductor")
        .unwrap();
    let other = signature::recorded(&other["request"]);
    let mut another_service = one("/api/billingconductor/us-east-1", &other);
    another_service["hash"] = right["hash"].clone();
    for proposal in [another_region, another_operation, another_service] {
        let id = proxy.agree(&proposal).unwrap();
        let answer = proxy.agreed(PREFIX, &own, &id, &[]);
        assert_eq!(told(&answer), refused(403, "consent-wrong"), "{proposal}");
    }
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn the_hash_is_that_of_a_text_that_anybody_can_make() {
    let request = HttpRequest {
        host_prefix: String::new(),
        method: "POST".into(),
        path: "/x?y=1".into(),
        headers: vec![
            ("X-Amz-Target".into(), "Service.Operation".into()),
            ("Content-Type".into(), "application/json".into()),
        ],
        body: b"{}".to_vec(),
        file: None,
    };
    let body = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let headers = request
        .headers
        .iter()
        .map(|(name, value)| (&**name, &**value));
    let text = formsmith_wire::consent::text("POST", "/api/a/us-east-1/x?y=1", headers, body);
    let expected = "POST\n/api/a/us-east-1/x?y=1\ncontent-type:application/json\n\
                    x-amz-target:Service.Operation\n\
                    44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assert_eq!(text, expected);
    // sha256sum of the text.
    let known = "f43ed5a908be632d5a569c4e397dabd150e4f92678edcd70e01177b4ae0cf1fb";
    assert_eq!(hex(&hash("/api/a/us-east-1", &request)), known);
}
