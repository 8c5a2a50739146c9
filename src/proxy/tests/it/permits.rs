//! What operations can do, what the proxy was started for, and what of it is signed.

use super::places::{S3, ask, folder, permitting};
use super::running::{Running, hash, hex, one, signing, start};
use super::signing::with_token;
use super::upstream::{ACCOUNT, Upstream};
use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Target;
use formsmith_proxy::permits::{Classes, Named, Permits};
use serde_json::{Value, json};

fn flag(flag: &str) -> Permits {
    Permits {
        classes: Classes::of_flag(flag).unwrap(),
        ..Permits::default()
    }
}

fn names(texts: &[&str]) -> Vec<Named> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn code(proxy: &Running, request: &HttpRequest) -> Option<String> {
    proxy.reviewed(S3, request, &[]).code()
}

fn with_header(request: &HttpRequest, name: &str, value: &str) -> HttpRequest {
    let mut request = request.clone();
    request.headers.push((name.into(), value.into()));
    request
}

/// A proposal with all headers of the request.
fn whole(request: &HttpRequest) -> Value {
    let mut proposal = one(S3, request);
    let headers = request.headers.iter();
    let headers = headers.filter(|(name, _)| !name.starts_with("X-Formsmith"));
    let headers = headers.map(|(name, value)| (name.clone(), json!(value)));
    proposal["headers"] = Value::Object(headers.collect());
    proposal
}

#[test]
fn what_only_answers_is_signed_without_a_flag_and_without_consent() {
    let upstream = Upstream::answering("<a/>");
    let proxy = permitting("classes", &upstream, Permits::default());
    let list = ask("GET", "/books?prefix=a", "ListObjects");
    assert_eq!(proxy.console(S3, &list, &with_token(&[])).status, 200);
    assert_eq!(upstream.received().len(), 1);
    for (method, path, operation, code, class, flag) in [
        (
            "PUT",
            "/books/a",
            "PutObject",
            "write-not-allowed",
            "write",
            "--allow-write",
        ),
        (
            "DELETE",
            "/books/a",
            "DeleteObject",
            "destroy-not-allowed",
            "destroys",
            "--allow-destroy",
        ),
        (
            "PUT",
            "/books/a?acl",
            "PutObjectAcl",
            "permissions-not-allowed",
            "permissions",
            "--allow-permissions",
        ),
    ] {
        let request = ask(method, path, operation);
        for answer in [
            proxy.console(S3, &request, &with_token(&[])),
            proxy.propose(&one(S3, &request)),
        ] {
            assert_eq!(answer.code().as_deref(), Some(code), "{operation}");
            let told = answer.json();
            assert_eq!(
                (&told["class"], &told["flag"]),
                (&json!(class), &json!(flag))
            );
            assert!(told["action"].as_str().unwrap().contains(flag), "{told}");
        }
    }
    assert_eq!(upstream.received().len(), 1);
}

#[test]
fn each_flag_allows_its_class_alone_and_consent_is_asked_for_all_the_same() {
    let upstream = Upstream::answering("");
    let proxy = permitting("flags", &upstream, flag("--allow-destroy"));
    let delete = ask("DELETE", "/books/a", "DeleteObject");
    let answer = proxy.console(S3, &delete, &with_token(&[]));
    assert_eq!(answer.code().as_deref(), Some("consent-missing"));
    assert_eq!(proxy.propose(&one(S3, &delete)).json()["class"], "destroys");
    assert_eq!(proxy.reviewed(S3, &delete, &[]).status, 200);
    let put = ask("PUT", "/books/a", "PutObject");
    assert_eq!(code(&proxy, &put).as_deref(), Some("write-not-allowed"));
    let status = proxy.get("/api/status").json();
    assert_eq!(status["classes"], json!(["read", "destroys"]));
    assert_eq!(status["writes"], false);
}

#[test]
fn a_header_that_says_who_may_do_what_makes_it_a_matter_of_permissions() {
    let upstream = Upstream::answering("");
    let writing = permitting("acl", &upstream, flag("--allow-write"));
    let put = ask("PUT", "/books/a", "PutObject");
    for name in ["x-amz-acl", "x-amz-grant-read", "X-Amz-Acl"] {
        let answer = writing.reviewed(S3, &put, &[(name, "public-read")]);
        assert_eq!(
            answer.code().as_deref(),
            Some("permissions-not-allowed"),
            "{name}"
        );
    }
    // By its name an operation is allowed to do what it does by itself.
    let permits = Permits {
        allow: names(&["s3:PutObject"]),
        ..Permits::default()
    };
    let named = permitting("acl-named", &upstream, permits);
    let public = with_header(&put, "x-amz-acl", "public-read");
    assert_eq!(code(&named, &put), None);
    assert_eq!(
        named.propose(&whole(&public)).code().as_deref(),
        Some("permissions-not-allowed")
    );
    assert_eq!(upstream.received().len(), 1);
}

#[test]
fn a_header_that_locks_an_object_makes_it_one_that_destroys() {
    let upstream = Upstream::answering("");
    let writing = permitting("lock", &upstream, flag("--allow-write"));
    let put = ask("PUT", "/books/a", "PutObject");
    for (name, value) in [
        ("x-amz-object-lock-mode", "COMPLIANCE"),
        (
            "x-amz-object-lock-retain-until-date",
            "2125-01-01T00:00:00Z",
        ),
    ] {
        let answer = writing.reviewed(S3, &put, &[(name, value)]);
        assert_eq!(answer.code().as_deref(), Some("destroy-not-allowed"));
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains("can't be undone"), "{message}");
    }
    assert_eq!(upstream.received().len(), 0);
}

#[test]
fn consent_to_a_change_is_none_to_one_of_permissions() {
    let upstream = Upstream::answering("");
    let proxy = permitting("lie", &upstream, Permits::all());
    let put = ask("PUT", "/books/a", "PutObject");
    let public = with_header(&put, "x-amz-acl", "public-read");
    // The proposal leaves the header out, and says what it likes of the class.
    let mut proposal = one(S3, &public);
    proposal["class"] = json!("permissions");
    assert_eq!(proxy.propose(&proposal).json()["class"], "write");
    let id = proxy.agree(&proposal).unwrap();
    let answer = proxy.agreed(S3, &public, &id, &[]);
    assert_eq!(answer.code().as_deref(), Some("consent-wrong"));
    assert_eq!(upstream.received().len(), 0);
    let proposal = whole(&public);
    assert_eq!(proposal["hash"], hex(&hash(S3, &public)));
    assert_eq!(proxy.propose(&proposal).json()["class"], "permissions");
    let id = proxy.agree(&proposal).unwrap();
    assert_eq!(proxy.agreed(S3, &public, &id, &[]).status, 200);
}

#[test]
fn names_allow_and_a_denial_always_wins() {
    let upstream = Upstream::answering("");
    let permits = Permits {
        allow: names(&["s3:Delete*"]),
        // Whoever denies means it, however it is written.
        deny: names(&["*:DeleteBucket*", "S3:list*"]),
        ..flag("--allow-destroy")
    };
    let proxy = permitting("names", &upstream, permits);
    for (method, path, operation, expected) in [
        ("DELETE", "/books/a", "DeleteObject", None),
        ("DELETE", "/books", "DeleteBucket", Some("operation-denied")),
        (
            "DELETE",
            "/books?policy",
            "DeleteBucketPolicy",
            Some("operation-denied"),
        ),
        ("GET", "/books", "ListObjects", Some("operation-denied")),
        ("PUT", "/books/a", "PutObject", Some("write-not-allowed")),
    ] {
        assert_eq!(
            code(&proxy, &ask(method, path, operation)).as_deref(),
            expected,
            "{operation}"
        );
    }
}

#[test]
fn regions_and_accounts_can_be_limited() {
    let upstream = Upstream::answering("");
    let limited = |name: &str, account: &str| {
        let permits = Permits {
            regions: Some(vec!["eu-west-3".into()]),
            accounts: Some(vec![account.into()]),
            ..Permits::all()
        };
        permitting(name, &upstream, permits)
    };
    let list = ask("GET", "/books", "ListObjects");
    let put = ask("PUT", "/books/a", "PutObject");
    let proxy = limited("own-account", ACCOUNT);
    assert_eq!(proxy.console(S3, &list, &with_token(&[])).status, 200);
    let answer = proxy.console("/api/s3/us-east-1", &list, &with_token(&[]));
    assert_eq!(answer.code().as_deref(), Some("region-not-allowed"));
    assert!(
        answer.json()["action"]
            .as_str()
            .unwrap()
            .contains("eu-west-3")
    );
    assert_eq!(proxy.reviewed(S3, &put, &[]).status, 200);
    let sent = upstream.received().len();
    let proxy = limited("other-account", "999900001111");
    let answer = proxy.console(S3, &list, &with_token(&[]));
    assert_eq!(answer.code().as_deref(), Some("account-not-allowed"));
    assert_eq!(code(&proxy, &put).as_deref(), Some("account-not-allowed"));
    assert_eq!(upstream.received().len(), sent);
}

#[test]
fn a_service_of_ones_own_is_not_judged_by_its_name() {
    let upstream = Upstream::answering("");
    let path = folder("own-name");
    // The same service without AWS's rules: whoever made it says what its operations are.
    let index = std::fs::read_to_string(path.join("index.json")).unwrap();
    let mut index: Value = serde_json::from_str(&index).unwrap();
    let s3 = index["services"]["s3"].as_object_mut().unwrap();
    s3.remove("endpoint").unwrap();
    std::fs::write(path.join("index.json"), index.to_string()).unwrap();
    let proxy = start(|config| {
        let mut target = signing(&upstream.url(), signature::credentials(None), false);
        if let Target::Aws(upstream) = &mut target {
            upstream.permits = flag("--allow-write");
        }
        config.target = target;
        config.models = Some(path);
    });
    let list = ask("GET", "/books", "ListObjects");
    let answer = proxy.console(S3, &list, &with_token(&[]));
    assert_eq!(answer.code().as_deref(), Some("consent-missing"));
    let delete = ask("DELETE", "/books/a", "DeleteObject");
    assert_eq!(
        code(&proxy, &delete).as_deref(),
        Some("destroy-not-allowed")
    );
}

#[test]
fn the_console_is_told_beforehand_what_would_be_signed() {
    let upstream = Upstream::answering("<a/>");
    let proxy = permitting("explained", &upstream, flag("--allow-write"));
    let host = proxy.address.to_string();
    let own = with_token(&[("Host", &host)]);
    let asked = |path: &str| proxy.send("GET", path, &own, b"");
    let told = asked("/api/explain/s3/DeleteObject/us-east-1").json();
    assert_eq!(told["class"], "destroys");
    assert_eq!(told["flag"], "--allow-destroy");
    assert_eq!(told["refusal"]["code"], "destroy-not-allowed");
    for (operation, class) in [("PutObject", "write"), ("ListObjects", "read")] {
        let told = asked(&format!("/api/explain/s3/{operation}/us-east-1")).json();
        assert_eq!(told["class"], class);
        assert_eq!(told["refusal"], Value::Null);
    }
    let without_token = proxy.get("/api/explain/s3/DeleteObject/us-east-1");
    assert_eq!(without_token.status, 403);
    for path in ["", "s3", "s3/PutObject", "s3/PutObject/us-east-1/more"] {
        assert_eq!(asked(&format!("/api/explain/{path}")).status, 404, "{path}");
    }
    let posted = proxy.send("POST", "/api/explain/s3/PutObject/us-east-1", &own, b"{}");
    assert_eq!(posted.status, 405);
    let sandbox = start(|_| {});
    let host = sandbox.address.to_string();
    let told = sandbox.send(
        "GET",
        "/api/explain/s3/PutObject/us-east-1",
        &with_token(&[("Host", &host)]),
        b"",
    );
    assert_eq!(told.status, 404);
    assert!(upstream.received().is_empty());
}
