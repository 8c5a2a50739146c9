//! Status, and the sandbox behind its two addresses.

use super::running::{TOKEN, signing, start};
use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_api::model::{Model, Service};
use formsmith_api::protocol;
use serde_json::json;

/// The request of each operation's first example, which the seeded state knows.
pub fn examples() -> Vec<(&'static Service, HttpRequest)> {
    let model: &'static Model = Box::leak(Box::new(Model::embedded().unwrap()));
    let mut all = Vec::new();
    for service in model.services() {
        for operation in &service.operations {
            let mut input = operation.traits.examples[0].input.clone();
            protocol::fill_tokens(model, operation, &mut input, &mut || {
                "0e4b3c1a-9d2f-4c7b-8a51-6f0d3e2b7c94".into()
            });
            let request = protocol::request(model, service, operation, &input).unwrap();
            all.push((service, request));
        }
    }
    all
}

#[test]
fn status_says_who_answers_and_keeps_the_token() {
    let proxy = start(|_| {});
    let answer = proxy.get("/api/status");
    let expected = json!({
        "name": "formsmith-proxy",
        "version": "0.1.0",
        "targets": ["sandbox"],
        "writes": true,
            "classes": [
                "read", "secret", "effect", "body", "write", "credentials", "destroys", "permissions",
            ],
        "warnings": [],
    });
    assert_eq!((answer.status, answer.json()), (200, expected));
    assert_eq!(answer.header("Content-Type"), Some("application/json"));

    for writes in [true, false] {
        let proxy = start(|config| {
            config.target = signing("http://127.0.0.1:9", signature::credentials(None), writes);
        });
        let answer = proxy.get("/api/status");
        assert_eq!(answer.json()["targets"], json!(["aws"]));
        assert_eq!(answer.json()["writes"], writes);
        let whole = format!("{answer:?}{}", String::from_utf8_lossy(&answer.body));
        assert!(!whole.contains(TOKEN) && !whole.contains("AKIDEXAMPLE"));
    }
}

#[test]
fn every_operation_is_answered_at_both_addresses_without_a_token() {
    for (service, request) in examples() {
        for raw in [false, true] {
            let proxy = start(|_| {});
            let prefix = match raw {
                true => "/sandbox".to_owned(),
                false => format!("/api/{}/eu-west-1", service.name),
            };
            let answer = proxy.console(&prefix, &request, &[]);
            assert_eq!(answer.status, 200, "{prefix} {request:?} {answer:?}");
            assert_eq!(answer.code(), None);
            let id = answer.header("x-amzn-RequestId").unwrap();
            assert_eq!(
                (id.len(), &id[14..15]),
                (36, "4"),
                "a UUID of version 4: {id}"
            );
            let again = proxy.console(&prefix, &request, &[]);
            assert_ne!(again.header("x-amzn-RequestId"), Some(id));
        }
    }
}

#[test]
fn the_address_of_one_service_does_not_answer_for_another() {
    let (own, request) = examples().remove(0);
    let proxy = start(|_| {});
    let mut others = own_and_others(own);
    let (own, rest) = (others.remove(0), others);
    for prefix in rest {
        let answer = proxy.console(&prefix, &request, &[]);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (403, Some("operation-not-allowed")),
            "{prefix}"
        );
    }
    let answer = proxy.console(&own, &request, &[]);
    assert_eq!((answer.status, answer.code()), (200, None));
}

/// The addresses of a service and of all others.
fn own_and_others(own: &Service) -> Vec<String> {
    let model = Model::embedded().unwrap();
    let prefixes = model.services().iter().map(|service| &service.name);
    let others = prefixes.filter(|prefix| **prefix != own.name);
    std::iter::once(&own.name)
        .chain(others)
        .map(|prefix| format!("/api/{prefix}/us-east-1"))
        .collect()
}

#[test]
fn both_addresses_share_one_state() {
    let changing = examples()
        .into_iter()
        .find(|(service, request)| {
            let proxy = start(|_| {});
            let prefix = format!("/api/{}/us-east-1", service.name);
            let first = proxy.console(&prefix, request, &[]);
            let second = proxy.console(&prefix, request, &[]);
            first.body != second.body
        })
        .expect("an operation that does something only once");
    let (service, request) = changing;
    let proxy = start(|_| {});
    let first = proxy.console("/sandbox", &request, &[]);
    let prefix = format!("/api/{}/us-east-1", service.name);
    let second = proxy.console(&prefix, &request, &[]);
    assert_ne!(first.body, second.body);
}

#[test]
fn the_raw_sandbox_is_also_at_its_address_without_a_slash() {
    let proxy = start(|_| {});
    let (_, mut request) = examples().remove(0);
    assert_eq!(request.path, "/");
    request.path.clear();
    let answer = proxy.console("/sandbox", &request, &[]);
    assert_eq!(answer.status, 200, "{answer:?}");
    request.path = "/sandboxed".into();
    assert_eq!(proxy.console("", &request, &[]).status, 404);
}

#[test]
fn what_no_service_answers_is_told_as_the_proxys_own_error() {
    let proxy = start(|_| {});
    let cases = [
        ("/api/s3/us-east-1/", 403, "service-not-allowed"),
        ("/api/servicecatalog/moon/", 403, "region-not-allowed"),
        ("/api/servicecatalog", 404, "not-found"),
        ("/api/", 404, "not-found"),
        ("/elsewhere", 404, "not-found"),
        ("/", 404, "no-site"),
    ];
    for (path, status, code) in cases {
        let answer = proxy.get(path);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (status, Some(code)),
            "{path}"
        );
    }
    let host = proxy.address.to_string();
    let answer = proxy.send("POST", "/api/status", &[("Host", &host)], b"");
    assert_eq!(
        (answer.status, answer.code().as_deref()),
        (405, Some("method-not-allowed"))
    );
}

#[test]
fn a_body_over_the_limit_is_refused_with_the_limit() {
    let proxy = start(|_| {});
    let host = proxy.address.to_string();
    let body = vec![b' '; 3 * 1024 * 1024];
    for path in ["/sandbox/", "/api/servicecatalog/us-east-1/"] {
        let answer = proxy.send("POST", path, &[("Host", &host)], &body);
        assert_eq!(answer.status, 413, "{path}");
        assert_eq!(answer.code().as_deref(), Some("request-too-large"));
        assert!(
            answer.json()["message"]
                .as_str()
                .unwrap()
                .contains("1048576 bytes")
        );
    }
}
