//! What is signed, for whom, and what of a request and an answer travels.

use super::running::{TOKEN, signing, start, start_signing};
use super::upstream::{Then, Upstream};
use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_api::model::Model;
use formsmith_proxy::Limits;
use formsmith_proxy::sign::{Scope, sign};
use formsmith_test_support::cases;
use serde_json::json;
use std::sync::Arc;

pub const PREFIX: &str = "/api/servicecatalog/us-east-1";

/// A recorded request to Service Catalog.
pub fn request() -> HttpRequest {
    let (_, case) = cases::exchanges().remove(0);
    signature::recorded(&case["request"])
}

pub fn with_token<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut headers = vec![("X-Formsmith-Token", TOKEN)];
    headers.extend(more);
    headers
}

#[test]
fn without_the_right_token_nothing_is_signed() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let longer = format!("{TOKEN}x");
    let cases: [(&[(&str, &str)], &str); 6] = [
        (&[], "token-missing"),
        (&[("X-Formsmith-Token", "")], "token-wrong"),
        (&[("X-Formsmith-Token", "wrong")], "token-wrong"),
        (&[("X-Formsmith-Token", &longer)], "token-wrong"),
        (
            &[("X-Formsmith-Token", TOKEN), ("X-Formsmith-Token", TOKEN)],
            "token-wrong",
        ),
        (
            &[("Cookie", TOKEN), ("Authorization", TOKEN)],
            "token-missing",
        ),
    ];
    for (headers, code) in cases {
        let answer = proxy.console(PREFIX, &request(), headers);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (403, Some(code)),
            "{headers:?}"
        );
    }
    // Through Trunk the Host says nothing: the token must carry that path as well.
    let own = request();
    let mut headers = vec![
        ("Host", "127.0.0.1"),
        ("X-Forwarded-Host", "localhost:8080"),
    ];
    headers.extend(own.headers.iter().map(|(name, value)| (&**name, &**value)));
    let answer = proxy.send("POST", &format!("{PREFIX}/"), &headers, &own.body);
    assert_eq!(answer.code().as_deref(), Some("token-missing"));
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn the_endpoint_receives_the_exact_body_the_allowed_headers_and_a_valid_signature() {
    for (file, case) in cases::exchanges() {
        let upstream = Upstream::answering("{}");
        let proxy = start_signing(&upstream.url(), Limits::default());
        let request = signature::recorded(&case["request"]);
        let service = case["service"].as_str().unwrap();
        let more = [
            ("Cookie", "session=1"),
            ("Authorization", "Bearer of-another"),
            ("Accept-Language", "fr"),
            ("X-Amz-Security-Token", "of-another"),
            ("X-Amz-Date", "19990101T000000Z"),
            ("X-Forwarded-For", "203.0.113.7"),
            ("User-Agent", "a browser"),
        ];
        let prefix = format!("/api/{service}/us-east-1");
        let answer = proxy.reviewed(&prefix, &request, &more);
        assert_eq!(answer.status, 200, "{file}: {answer:?}");

        let received = upstream.received();
        assert_eq!(received.len(), 1);
        let received = &received[0];
        assert_eq!(received.body, request.body, "{file}");
        assert_eq!(
            received.line,
            format!("{} {} HTTP/1.1", request.method, request.path)
        );
        let mut names: Vec<_> = received
            .headers
            .iter()
            .map(|(name, _)| name.to_ascii_lowercase())
            .collect();
        names.sort();
        let mut expected = vec![
            "authorization",
            "content-length",
            "content-type",
            "host",
            "x-amz-date",
        ];
        if request.header("X-Amz-Target").is_some() {
            expected.push("x-amz-target");
        }
        assert_eq!(names, expected, "{file}");
        assert_eq!(received.header("Host"), upstream.address.to_string());

        let scope = Scope {
            region: "us-east-1",
            service,
        };
        let time = signature::time(received.header("X-Amz-Date"));
        let added = sign(
            &request,
            received.header("Host"),
            scope,
            &signature::credentials(None),
            time,
        )
        .unwrap();
        let authorization = added
            .iter()
            .find(|(name, _)| name == "authorization")
            .unwrap();
        assert_eq!(received.header("Authorization"), authorization.1, "{file}");
    }
}

#[test]
fn the_scope_is_that_of_the_service_whatever_the_endpoint() {
    let upstream = Upstream::answering("{}");
    let url = format!("{}/base/path/", upstream.url());
    let proxy = start(|config| {
        config.target = signing(&url, signature::credentials(Some("session")), true);
    });
    let exchanges = cases::exchanges();
    for (service, region, scope) in [
        ("servicecatalog", "eu-west-1", "/eu-west-1/servicecatalog/"),
        (
            "billingconductor",
            "eu-west-1",
            "/us-east-1/billingconductor/",
        ),
        (
            "billingconductor",
            "cn-north-1",
            "/cn-north-1/billingconductor/",
        ),
        (
            "partnercentral-selling",
            "us-east-1",
            "/us-east-1/partnercentral-selling/",
        ),
    ] {
        let (_, case) = exchanges
            .iter()
            .find(|(_, case)| case["service"] == service)
            .unwrap();
        let request = signature::recorded(&case["request"]);
        let answer = proxy.reviewed(&format!("/api/{service}/{region}"), &request, &[]);
        assert_eq!(answer.status, 200, "{answer:?}");
        let received = upstream.received().pop().unwrap();
        assert!(
            received.header("Authorization").contains(scope),
            "{received:?}"
        );
        assert_eq!(received.header("X-Amz-Security-Token"), "session");
        let path = format!(" /base/path{} ", request.path);
        assert!(received.line.contains(&path), "{}", received.line);
    }
}

#[test]
fn of_an_answer_only_what_the_console_reads_is_passed_on() {
    let answer = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.1\r\n\
                  x-amzn-RequestId: 1-2-3\r\nx-amzn-ErrorType: SomeException:\r\n\
                  Retry-After: 7\r\nDate: Fri, 20 Nov 2026 23:30:25 GMT\r\n\
                  Set-Cookie: a=b\r\nAccess-Control-Allow-Origin: *\r\nServer: x\r\n\
                  X-Formsmith-Error: forged\r\nContent-Length: 17\r\n\r\n{\"Message\": \"é\"}";
    let upstream = Upstream::start(answer, Then::Close);
    let proxy = start_signing(&upstream.url(), Limits::default());
    let answer = proxy.reviewed(PREFIX, &request(), &[]);
    assert_eq!(answer.status, 400);
    assert_eq!(answer.body, "{\"Message\": \"é\"}".as_bytes());
    for (name, value) in [
        ("Content-Type", "application/x-amz-json-1.1"),
        ("x-amzn-RequestId", "1-2-3"),
        ("x-amzn-ErrorType", "SomeException:"),
        ("Retry-After", "7"),
        ("Date", "Fri, 20 Nov 2026 23:30:25 GMT"),
    ] {
        assert_eq!(answer.header(name), Some(value));
    }
    for name in [
        "Set-Cookie",
        "Access-Control-Allow-Origin",
        "Server",
        "X-Formsmith-Error",
    ] {
        assert_eq!(answer.header(name), None, "{name}");
    }
}

#[test]
fn what_a_service_needs_and_no_model_says_reaches_it() {
    for (name, header) in [
        ("API Gateway", "accept"),
        ("Glacier", "x-amz-glacier-version"),
        ("Shop", ""),
    ] {
        let document = json!({ "smithy": "2.0", "shapes": {
            "s#Shop": {
                "type": "service", "version": "2012-06-01", "operations": [{ "target": "s#Look" }],
                "traits": {
                    "aws.api#service": { "sdkId": name, "endpointPrefix": "shop" },
                    "aws.auth#sigv4": { "name": name.to_lowercase() },
                    "formsmith#name": "shop",
                    "aws.protocols#restJson1": {}
                }
            },
            "s#Look": { "type": "operation", "traits": {
                "smithy.api#readonly": {}, "smithy.api#http": { "method": "POST", "uri": "/look" }
            } }
        } });
        let upstream = Upstream::answering("{}");
        let url = upstream.url();
        let proxy = start(|config| {
            config.target = signing(&url, signature::credentials(None), true);
            config.model = Arc::new(Model::load(&[&document.to_string()]).unwrap());
        });
        let request = HttpRequest {
            host_prefix: String::new(),
            method: "POST".into(),
            path: "/look".into(),
            headers: vec![
                ("Content-Type".into(), "application/json".into()),
                ("Accept".into(), "application/json".into()),
                ("x-amz-glacier-version".into(), "2012-06-01".into()),
            ],
            body: b"{}".to_vec(),
            file: None,
        };
        let more = [("X-Formsmith-Token", TOKEN)];
        let answer = proxy.console("/api/shop/us-east-1", &request, &more);
        assert_eq!(answer.status, 200, "{name}: {answer:?}");
        let received = upstream.received();
        let names: Vec<_> = received[0]
            .headers
            .iter()
            .map(|(name, _)| name.to_ascii_lowercase())
            .collect();
        for own in ["accept", "x-amz-glacier-version"] {
            let is_there = names.iter().any(|name| name == own);
            assert_eq!(is_there, own == header, "{name}: {names:?}");
        }
        // Glacier takes no archive without it.
        let has_hash = names.iter().any(|name| name == "x-amz-content-sha256");
        assert_eq!(has_hash, name == "Glacier", "{names:?}");
    }
}
