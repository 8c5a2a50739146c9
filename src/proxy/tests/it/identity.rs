//! Whose account one is about to change.

use super::credentials::{Source, keys};
use super::running::{Running, TOKEN, one, signing, start, start_signing};
use super::signing::{PREFIX, request};
use super::upstream::{ACCOUNT, ARN, Reply, Then, Upstream, caller, http, is_for_sts};
use crate::signature;
use formsmith_proxy::Limits;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

fn status(proxy: &Running, token: Option<&str>) -> Value {
    let host = proxy.address.to_string();
    let mut headers = vec![("Host", host.as_str())];
    headers.extend(token.map(|token| ("X-Formsmith-Token", token)));
    let answer = proxy.send("GET", "/api/status", &headers, b"");
    assert_eq!(answer.status, 200);
    answer.json()
}

#[test]
fn who_has_the_token_learns_account_arn_and_region() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let told = status(&proxy, Some(TOKEN));
    assert_eq!(told["targets"], json!(["aws"]));
    assert_eq!(told["region"], "eu-west-3");
    assert_eq!(
        told["identity"],
        json!({ "label": ARN, "account": ACCOUNT, "arn": ARN })
    );
    for (token, code) in [(None, "token-missing"), (Some("guessed"), "token-wrong")] {
        let told = status(&proxy, token);
        assert_eq!(told["identity"]["error"]["code"], code);
        assert_eq!(told["region"], Value::Null);
        let text = told.to_string();
        assert!(
            !text.contains(ACCOUNT) && !text.contains("eu-west-3"),
            "{text}"
        );
    }
    let sandbox = start(|_| {});
    assert_eq!(status(&sandbox, Some(TOKEN))["identity"], Value::Null);
}

#[test]
fn sts_is_asked_for_the_region_of_the_profile_and_once_for_each_key() {
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = asked.clone();
    let upstream = Upstream::replying(Then::Close, move |request, _| {
        if !is_for_sts(request) {
            return Reply::Counted(http("200 OK", &[], "{}"));
        }
        let authorization = request.header("Authorization").to_owned();
        let arn = match authorization.contains("AKIDFIRST") {
            true => ARN,
            false => "arn:aws:iam::444455556666:user/second",
        };
        seen.lock().unwrap().push(authorization);
        Reply::Aside(caller("444455556666", arn))
    });
    let source = Source::of(vec![Ok(keys("AKIDFIRST"))]);
    let proxy = start(|config| config.target = signing(&upstream.url(), source.clone(), true));
    for _ in 0..3 {
        status(&proxy, Some(TOKEN));
        assert_eq!(proxy.reviewed(PREFIX, &request(), &[]).status, 200);
    }
    assert_eq!(asked.lock().unwrap().len(), 1);
    let first = asked.lock().unwrap()[0].clone();
    assert!(first.contains("/eu-west-3/sts/aws4_request"), "{first}");

    let source = Source::of(vec![Ok(keys("AKIDSECOND"))]);
    let proxy = start(|config| config.target = signing(&upstream.url(), source.clone(), true));
    let proposed = proxy.propose(&one(PREFIX, &request())).json();
    let arn = "arn:aws:iam::444455556666:user/second";
    assert_eq!(proposed["identity"]["label"], arn);
    assert_eq!(asked.lock().unwrap().len(), 2);
}

#[test]
fn where_sts_does_not_tell_the_review_is_for_somebody_unknown() {
    let refusal = http(
        "403 Forbidden",
        &[],
        "<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>",
    );
    let garbage = http("200 OK", &[], "<html>hello</html>");
    let mut labels = Vec::new();
    for (answer, said) in [
        (refusal, "InvalidClientTokenId"),
        (garbage, "did not identify"),
    ] {
        let upstream =
            Upstream::replying(Then::Close, move |request, _| match is_for_sts(request) {
                true => Reply::Aside(answer.clone()),
                false => Reply::Counted(http("200 OK", &[], "{}")),
            });
        let proxy = start_signing(&upstream.url(), Limits::default());
        let identity = status(&proxy, Some(TOKEN))["identity"].clone();
        assert_eq!(identity["error"]["code"], "identity-not-told");
        let message = identity["error"]["message"].as_str().unwrap();
        assert!(message.contains(said), "{message}");
        let label = identity["label"].as_str().unwrap().to_owned();
        assert!(label.starts_with("unknown-"), "{label}");

        assert_eq!(identity["error"]["sent"], "no");
        // The review says that, and goes for the one key.
        let proposed = proxy.propose(&one(PREFIX, &request())).json();
        assert_eq!(proposed["identity"], identity);
        assert_eq!(proxy.reviewed(PREFIX, &request(), &[]).status, 200);
        labels.push(label);
    }
    assert_eq!(labels[0], labels[1], "the label goes with the key");
    let key = signature::credentials(None).access_key_id().to_owned();
    assert!(!labels[0].contains(&key));
}

#[test]
fn what_sts_says_is_taken_only_if_it_can_be_shown_and_sent_back() {
    for arn in [
        "",
        "arn:aws:iam::1:user/\u{e9}",
        "a\r\nX-Injected: 1",
        "&lt;b&gt; x",
    ] {
        let sts = caller(ACCOUNT, arn);
        let upstream = Upstream::replying(Then::Close, move |_, _| Reply::Aside(sts.clone()));
        let proxy = start_signing(&upstream.url(), Limits::default());
        let identity = status(&proxy, Some(TOKEN))["identity"].clone();
        assert_eq!(identity["error"]["code"], "identity-not-told", "{arn}");
    }
}

#[test]
fn without_usable_credentials_there_is_no_identity() {
    let upstream = Upstream::replying(Then::Close, |_, _| {
        let expired = "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>";
        Reply::Aside(http("403 Forbidden", &[], expired))
    });
    for (given, code) in [
        (Err("none"), "no-credentials"),
        (Ok(keys("AKIDFIRST")), "credentials-expired"),
    ] {
        let source = Source::of(vec![given]);
        let proxy = start(|config| config.target = signing(&upstream.url(), source, true));
        let identity = status(&proxy, Some(TOKEN))["identity"].clone();
        assert_eq!(identity["error"]["code"], code);
        assert_eq!(identity["label"], Value::Null);
        let answer = proxy.reviewed(PREFIX, &request(), &[]);
        assert_eq!(answer.code().as_deref(), Some(code));
    }
    assert_eq!(upstream.received().len(), 0);
}

#[test]
fn a_key_that_aws_calls_expired_has_no_account_any_more() {
    let is_expired = Arc::new(Mutex::new(false));
    let now = is_expired.clone();
    let upstream = Upstream::replying(Then::Close, move |request, _| {
        let expired = "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>";
        let has_expired = *now.lock().unwrap();
        match (has_expired, is_for_sts(request)) {
            (false, true) => Reply::Aside(caller(ACCOUNT, ARN)),
            (true, true) => Reply::Aside(http("403 Forbidden", &[], expired)),
            (_, false) => {
                *now.lock().unwrap() = true;
                let body = "{\"__type\":\"ExpiredTokenException\"}";
                Reply::Counted(http("400 Bad Request", &[], body))
            }
        }
    });
    let proxy = start_signing(&upstream.url(), Limits::default());
    assert_eq!(status(&proxy, Some(TOKEN))["identity"]["account"], ACCOUNT);
    let answer = proxy.reviewed(PREFIX, &request(), &[]);
    assert_eq!(answer.code().as_deref(), Some("credentials-expired"));
    assert!(*is_expired.lock().unwrap());
    let identity = status(&proxy, Some(TOKEN))["identity"].clone();
    assert_eq!(identity["error"]["code"], "credentials-expired");
    assert_eq!(identity["account"], Value::Null);
}

#[test]
fn an_sts_that_says_nothing_is_not_waited_for_long() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let proxy = start_signing(&url, Limits::default());
    let started = std::time::Instant::now();
    let identity = status(&proxy, Some(TOKEN))["identity"].clone();
    assert!(started.elapsed() < std::time::Duration::from_secs(10));
    assert_eq!(identity["error"]["code"], "identity-not-told");
    assert!(identity["label"].as_str().unwrap().starts_with("unknown-"));
}
