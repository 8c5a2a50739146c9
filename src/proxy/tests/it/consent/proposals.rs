//! What the proxy answers before the review, and what it refuses to propose.

use super::{refused, told};
use crate::library::{self, burn, find};
use crate::running::{Running, TOKEN, one, signing, start, start_signing};
use crate::signature;
use crate::signing::{PREFIX, request};
use crate::upstream::{ACCOUNT, ARN, Upstream};
use formsmith_proxy::Limits;
use formsmith_test_support::cases;
use serde_json::{Value, json};

#[test]
fn a_proposal_tells_where_the_request_goes_and_who_signs_it() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let mut told = proxy.propose(&one(PREFIX, &request())).json();
    let id = told["id"].take();
    let id = id.as_str().unwrap();
    assert!(id.len() == 32 && id.bytes().all(|byte| b"0123456789abcdef".contains(&byte)));
    let target = request().header("X-Amz-Target").unwrap().to_owned();
    let (_, operation) = target.split_once('.').unwrap();
    let expected = json!({
        "id": null,
        "kind": "one",
        "profile": null,
        "host": upstream.address.to_string(),
        "service": "servicecatalog",
        "region": "us-east-1",
        "signingRegion": "us-east-1",
        "signingName": "servicecatalog",
        "operation": operation,
        "class": "write",
        "attempts": 1,
        "identity": { "label": ARN, "account": ACCOUNT, "arn": ARN },
        "expiresInSeconds": 600,
    });
    assert_eq!(told, expected);
    let confirmed = proxy.confirm(id).json();
    assert_eq!(
        confirmed,
        json!({ "confirmed": true, "expiresInSeconds": 60 })
    );
    assert!(upstream.received().is_empty(), "nothing but STS was asked");
}

#[test]
fn the_signature_of_a_service_may_be_for_another_region() {
    let proxy = start(|_| {});
    let exchanges = cases::exchanges();
    let mut exchanges = exchanges.iter();
    let (_, case) = exchanges
        .find(|(_, case)| case["service"] == "billingconductor")
        .unwrap();
    let request = signature::recorded(&case["request"]);
    let proposal = one("/api/billingconductor/eu-west-1", &request);
    let answer = proxy.propose(&proposal);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json()["region"], "eu-west-1");
    assert_eq!(answer.json()["signingRegion"], "us-east-1");
    assert_eq!(answer.json()["class"], "write");
}

#[test]
fn reading_can_be_proposed_as_well() {
    let upstream = Upstream::answering("{}");
    let proxy = library::serving(&upstream.url(), Limits::default());
    let reading = one(library::PREFIX, &find());
    assert_eq!(proxy.propose(&reading).json()["class"], "read");
    let id = proxy.agree(&reading).unwrap();
    for code in [None, Some("consent-used".to_owned())] {
        let answer = proxy.agreed(library::PREFIX, &find(), &id, &[]);
        assert_eq!(answer.code(), code);
    }
}

fn with(proposal: &Value, name: &str, value: Value) -> Value {
    let mut changed = proposal.clone();
    changed[name] = value;
    changed
}

#[test]
fn what_would_be_refused_is_not_proposed() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let right = one(PREFIX, &request());
    let list = json!({
        "kind": "list", "service": "servicecatalog", "region": "us-east-1", "method": "POST",
        "path": "/", "target": right["target"], "root": "0".repeat(64), "count": 1, "attempts": 1,
        "minutes": 1,
    });
    let run = with(&with(&right, "kind", json!("run")), "attempts", json!(10));
    for right in [&right, &list, &run] {
        assert_eq!(proxy.propose(right).status, 200, "{right}");
    }
    for (proposal, status, code) in [
        (
            with(&right, "service", json!("s3")),
            403,
            "service-not-allowed",
        ),
        (
            with(&right, "region", json!("moon")),
            403,
            "region-not-allowed",
        ),
        (
            with(&right, "target", json!("A.B")),
            403,
            "operation-not-allowed",
        ),
        (
            with(&right, "target", json!(null)),
            403,
            "operation-not-allowed",
        ),
        (
            with(&right, "path", json!("/x")),
            403,
            "operation-not-allowed",
        ),
        (
            with(&right, "method", json!("PUT")),
            403,
            "operation-not-allowed",
        ),
        (json!([]), 400, "consent-malformed"),
        (with(&right, "kind", json!("two")), 400, "consent-malformed"),
        (with(&right, "kind", json!("run")), 400, "consent-malformed"),
        (with(&right, "hash", json!("abc")), 400, "consent-malformed"),
        (
            with(&right, "hash", json!("A".repeat(64))),
            400,
            "consent-malformed",
        ),
        (with(&right, "method", json!("")), 400, "consent-malformed"),
        (
            with(&right, "target", json!("a\nb")),
            400,
            "consent-malformed",
        ),
        (with(&right, "target", json!(7)), 400, "consent-malformed"),
        (with(&run, "attempts", json!(0)), 400, "consent-malformed"),
        (with(&run, "attempts", json!(11)), 400, "consent-malformed"),
        (with(&run, "attempts", json!(1.5)), 400, "consent-malformed"),
        (with(&list, "attempts", json!(11)), 400, "consent-malformed"),
        (with(&list, "count", json!(0)), 400, "consent-malformed"),
        (
            with(&list, "count", json!(1_000_001)),
            400,
            "consent-malformed",
        ),
        (with(&list, "minutes", json!(0)), 400, "consent-malformed"),
        (
            with(&list, "minutes", json!(1441)),
            400,
            "consent-malformed",
        ),
        (with(&list, "root", json!(null)), 400, "consent-malformed"),
    ] {
        let answer = proxy.propose(&proposal);
        assert_eq!(told(&answer), refused(status, code), "{proposal}");
    }
    let long = with(&right, "padding", json!("x".repeat(20_000)));
    assert_eq!(
        told(&proxy.propose(&long)),
        refused(413, "request-too-large")
    );
    for id in ["", "yes", &"0".repeat(32)] {
        let answer = proxy.confirm(id);
        assert_eq!(told(&answer), refused(403, "consent-unknown"), "{id}");
    }
}

#[test]
fn a_proxy_that_only_reads_proposes_no_change() {
    let upstream = Upstream::answering("{}");
    let proxy = start(|config| {
        config.target = signing(&upstream.url(), signature::credentials(None), false);
        config.model = library::model().into();
    });
    let answer = proxy.propose(&one(library::PREFIX, &burn()));
    assert_eq!(told(&answer), refused(403, "write-not-allowed"));
    assert_eq!(proxy.propose(&one(library::PREFIX, &find())).status, 200);
}

fn post(proxy: &Running, method: &str, path: &str, more: &[(&str, &str)]) -> (u16, Option<String>) {
    let host = proxy.address.to_string();
    let mut headers = vec![("Host", host.as_str())];
    headers.extend(more);
    let body = one(PREFIX, &request()).to_string();
    told(&proxy.send(method, path, &headers, body.as_bytes()))
}

#[test]
fn who_has_no_token_proposes_and_confirms_nothing() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let right = ("X-Formsmith-Token", TOKEN);
    let confirming = format!("/api/consents/{}", "0".repeat(32));
    for path in ["/api/consents", &confirming] {
        let wrong = ("X-Formsmith-Token", "wrong");
        assert_eq!(
            post(&proxy, "POST", path, &[]),
            refused(403, "token-missing")
        );
        assert_eq!(
            post(&proxy, "POST", path, &[wrong]),
            refused(403, "token-wrong")
        );
        let forwarded = ("X-Forwarded-Host", "localhost:8080");
        let answer = post(&proxy, "POST", path, &[right, forwarded]);
        assert_eq!(answer, refused(403, "forwarded-not-allowed"));
        let foreign = ("Origin", "https://evil.example");
        let answer = post(&proxy, "POST", path, &[right, foreign]);
        assert_eq!(answer, refused(403, "origin-not-allowed"));
        let answer = post(&proxy, "GET", path, &[right]);
        assert_eq!(answer, refused(405, "method-not-allowed"));
    }
}
