//! What is refused before it is signed, and what the model decides about it.

use super::library;
use super::running::{Running, signing, start, start_signing};
use super::signing::{PREFIX, request, with_token};
use super::upstream::Upstream;
use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Limits;
use formsmith_proxy::http::{HeaderMap, HeaderValue, Method};
use formsmith_proxy::models::Models;
use formsmith_proxy::permits::Permits;
use formsmith_proxy::policy::admit;

fn refused(proxy: &Running, prefix: &str, request: &HttpRequest) -> (u16, Option<String>) {
    let answer = proxy.console(prefix, request, &with_token(&[]));
    (answer.status, answer.code())
}

#[test]
fn what_the_models_do_not_list_is_refused_and_not_sent() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let own = request();
    let target = own.header("X-Amz-Target").unwrap().to_owned();
    let (namespace, _) = target.split_once('.').unwrap();
    let content_type = (
        "Content-Type".to_owned(),
        "application/x-amz-json-1.1".to_owned(),
    );
    let with_target = |target: &str| HttpRequest {
        headers: vec![content_type.clone(), ("X-Amz-Target".into(), target.into())],
        ..own.clone()
    };
    let get = HttpRequest {
        method: "GET".into(),
        ..own.clone()
    };
    let deeper = HttpRequest {
        path: "/deeper".into(),
        ..own.clone()
    };
    let query = HttpRequest {
        path: "/?a=b".into(),
        ..own.clone()
    };
    let mut twice = own.clone();
    twice.headers.push(("X-Amz-Target".into(), target.clone()));
    let unlisted = [
        with_target(&format!("{namespace}.DeleteProduct")),
        with_target("Another.DescribeEverything"),
        with_target(""),
        get,
        deeper,
        query,
        twice,
    ];
    for request in unlisted {
        let found = refused(&proxy, PREFIX, &request);
        assert_eq!(
            found,
            (403, Some("operation-not-allowed".into())),
            "{request:?}"
        );
    }
    for prefix in [
        "/api/iam/us-east-1",
        "/api/servicecatalog.evil.example/us-east-1",
        "/api/%73ts/us-east-1",
    ] {
        let found = refused(&proxy, prefix, &own);
        assert_eq!(found, (403, Some("service-not-allowed".into())), "{prefix}");
    }
    for region in [
        "",
        "x",
        "us-east",
        "us-east-1.evil.example",
        "us-east-1%2f",
        "US-EAST-1",
        "a-b-c",
        "us--1",
        "us-east-123",
        "a-b-99",
        "us-east-9",
        "us-iso-east-1",
    ] {
        let found = refused(&proxy, &format!("/api/servicecatalog/{region}"), &own);
        assert_eq!(found, (403, Some("region-not-allowed".into())), "{region}");
    }
    for content_type in [
        "text/plain",
        "application/json",
        "application/x-amz-json-1.1, text/plain",
    ] {
        let mut request = own.clone();
        request.headers[0].1 = content_type.into();
        let found = refused(&proxy, PREFIX, &request);
        assert_eq!(
            found,
            (415, Some("content-type-not-allowed".into())),
            "{content_type}"
        );
    }
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn nothing_is_changed_unless_the_proxy_was_started_for_it() {
    let upstream = Upstream::answering("{}");
    let proxy = start(|config| {
        config.target = signing(&upstream.url(), signature::credentials(None), false);
    });
    let answer = proxy.console(PREFIX, &request(), &with_token(&[]));
    assert_eq!(
        (answer.status, answer.code().as_deref()),
        (403, Some("write-not-allowed"))
    );
    assert!(
        answer.json()["action"]
            .as_str()
            .unwrap()
            .contains("--allow-write")
    );
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn an_operation_the_model_calls_read_only_needs_no_permission_to_write() {
    let models = Models::new(&library::model(), None).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    let admitted = |path: &str, allow_write| {
        let found = models.find("library", &Method::POST, path, &headers);
        let permits = match allow_write {
            true => Permits::all(),
            false => Permits::default(),
        };
        admit(&found.unwrap(), &headers, &permits)
            .map(|admission| admission.operation.name.to_owned())
            .map_err(|failure| failure.code.as_str())
    };
    assert_eq!(admitted("/find", false).as_deref(), Ok("FindBook"));
    assert_eq!(admitted("/burn", false), Err("write-not-allowed"));
    assert_eq!(admitted("/burn", true).as_deref(), Ok("BurnBook"));
    assert_eq!(admitted("/find/", true), Err("operation-not-allowed"));
}
