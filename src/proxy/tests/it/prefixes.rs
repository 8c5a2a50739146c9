//! What operations have before the host of the endpoint that was given.

use super::models::{service, write};
use super::running::{Running, one, signing, start};
use super::upstream::Upstream;
use crate::signature;
use formsmith_api::http::HttpRequest;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const YARD: &str = "/api/yard/us-east-1";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(["prefixes-", name].concat());
    let operation = |name: &str, prefix: &str| {
        json!({
            "name": name,
            "http": { "method": "POST", "requestUri": format!("/{name}") },
            "input": { "shape": "Input" },
            "endpoint": { "hostPrefix": prefix },
        })
    };
    let yard = service(
        json!({ "protocol": "rest-json", "endpointPrefix": "yard", "apiVersion": "2020-01-01" }),
        json!({ "Find": operation("Find", "data-"), "Own": operation("Own", "{Account}.") }),
        json!({
            "Text": { "type": "string" },
            "Input": { "type": "structure", "required": ["Account"], "members": {
                "Account": {
                    "shape": "Text", "hostLabel": true,
                    "location": "header", "locationName": "x-yard-account",
                },
            } },
        }),
    );
    write(&folder, [("yard", yard)]);
    folder
}

fn proxy(endpoint: &str, name: &str) -> Running {
    start(|config| {
        config.target = signing(endpoint, signature::credentials(None), true);
        config.models = Some(folder(name));
    })
}

fn request(operation: &str, account: &str) -> HttpRequest {
    HttpRequest {
        host_prefix: String::new(),
        method: "POST".into(),
        path: format!("/{operation}"),
        headers: vec![
            ("Content-Type".into(), "application/json".into()),
            ("x-yard-account".into(), account.into()),
            ("X-Formsmith-Operation".into(), operation.into()),
        ],
        body: b"{}".to_vec(),
        file: None,
    }
}

fn proposed(proxy: &Running, operation: &str) -> Value {
    let proposal = proxy.propose(&one(YARD, &request(operation, "12")));
    proposal.json()["host"].clone()
}

#[test]
fn an_endpoint_on_this_machine_gets_no_prefix() {
    let upstream = Upstream::answering("{}");
    let port = upstream.address.port();
    for host in ["127.0.0.1", "localhost"] {
        let proxy = proxy(&format!("http://{host}:{port}"), host);
        for operation in ["Find", "Own"] {
            let authority = format!("{host}:{port}");
            assert_eq!(proposed(&proxy, operation), authority);
            let answer = proxy.reviewed(YARD, &request(operation, "12"), &[]);
            assert_eq!(answer.status, 200, "{host} {operation}: {answer:?}");
            let received = upstream.received();
            let received = received.last().unwrap();
            assert_eq!(received.line, format!("POST /{operation} HTTP/1.1"));
            assert_eq!(received.header("Host"), authority);
        }
    }
}

#[test]
fn an_endpoint_with_a_name_gets_the_prefix_as_botocore_has_it() {
    let proxy = proxy("https://endpoint.invalid:8443/base", "name");
    for (operation, host, shown) in [
        ("Find", "data-endpoint.invalid", "data-endpoint.invalid"),
        ("Own", "12.endpoint.invalid", "{Account}.endpoint.invalid"),
    ] {
        assert_eq!(proposed(&proxy, operation), format!("{shown}:8443"));
        let answer = proxy.reviewed(YARD, &request(operation, "12"), &[]);
        assert_eq!(answer.code().as_deref(), Some("upstream-dns"));
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(&format!(" {host}")), "{message}");
    }
    for account in ["", "evil.example/", "a b", "evil.example:1"] {
        let answer = proxy.reviewed(YARD, &request("Own", account), &[]);
        assert_eq!(answer.code().as_deref(), Some("not-sendable"), "{account}");
    }
}
