//! Signing in from the page, with a stand-in for IAM Identity Center and STS on loopback.

mod mfa;
mod stand_in;

use crate::request::{body, reviewed_as};
use crate::running::Running;
use serde_json::{Value, json};
use stand_in::Aws;
use std::thread::sleep;
use std::time::{Duration, Instant};

fn call(proxy: &Running, method: &str, path: &str, sent: &Value) -> Value {
    let sent = sent.to_string();
    let answer = proxy.send(&format!(
        "{method} {path} HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{sent}",
        proxy.host,
        proxy.token,
        sent.len()
    ));
    body(&answer)
}

fn start(proxy: &Running, profile: &str) -> Value {
    call(
        proxy,
        "POST",
        "/api/sign-in",
        &json!({ "profile": profile }),
    )
}

fn path(begun: &Value) -> String {
    format!(
        "/api/sign-in/{}",
        begun["id"].as_str().unwrap_or_else(|| panic!("{begun}"))
    )
}

fn state(proxy: &Running, begun: &Value) -> Value {
    call(proxy, "GET", &path(begun), &json!(null))
}

/// How it stands once nobody waits any more.
fn ended(proxy: &Running, begun: &Value) -> Value {
    let started = Instant::now();
    loop {
        let state = state(proxy, begun);
        if state["state"] != "waiting" {
            return state;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{state}");
        sleep(Duration::from_millis(100));
    }
}

fn identity(proxy: &Running, profile: &str) -> Value {
    let token = format!("X-Formsmith-Token: {}\r\n", proxy.token);
    let answer = proxy.get_with(&format!("/api/status?profile={profile}"), &token);
    body(&answer)["identity"].clone()
}

/// All that was written anywhere.
fn written(aws: &Aws) -> String {
    let mut text = String::new();
    let mut folders = vec![aws.home.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => text += &String::from_utf8_lossy(&std::fs::read(path).unwrap()),
            }
        }
    }
    text
}

#[test]
fn a_person_signs_in_by_device_code_and_the_token_stays_in_memory() {
    let pending = [
        "AuthorizationPendingException",
        "AuthorizationPendingException",
    ];
    let aws = Aws::start("device", &pending);
    let proxy = Running::start(&mut aws.command(&["sso", "over", "keys"]));
    let before = identity(&proxy, "sso");
    assert_eq!(before["error"]["code"], "sign-in-needed", "{before}");
    let sign_in = json!({ "profile": "sso", "kind": "device" });
    assert_eq!(before["error"]["signIn"], sign_in);
    let over = &identity(&proxy, "over")["error"]["signIn"];
    assert_eq!(*over, json!({ "profile": "over", "kind": "device" }));
    assert_eq!(identity(&proxy, "keys")["error"], Value::Null);

    let begun = start(&proxy, "sso");
    for (name, value) in [
        ("kind", json!("device")),
        ("address", json!("https://here.invalid/device")),
        (
            "addressWithCode",
            json!("https://here.invalid/device?user_code=ABCD-EFGH"),
        ),
        ("code", json!("ABCD-EFGH")),
        ("expiresInSeconds", json!(600)),
        ("intervalSeconds", json!(1)),
    ] {
        assert_eq!(begun[name], value, "{begun}");
    }
    assert_eq!(state(&proxy, &begun), json!({ "state": "waiting" }));
    assert_eq!(ended(&proxy, &begun), json!({ "state": "done" }));
    assert_eq!(aws.asked("POST /token").len(), 3);
    let register = &aws.asked("POST /client/register")[0].0;
    assert!(register.contains("sso:account:access"), "{register}");

    // What shares the session is signed in to as well; a role over it is assumed.
    assert_eq!(identity(&proxy, "sso")["account"], "111122223333");
    assert_eq!(identity(&proxy, "over")["account"], "111122223333");
    let keys: Vec<_> = aws
        .asked("GetCallerIdentity")
        .iter()
        .map(|it| it.key().to_owned())
        .collect();
    assert!(
        keys.contains(&"AKIDOF1".to_owned()) && keys.contains(&"AKIDOVER".to_owned()),
        "{keys:?}"
    );
    let again = start(&proxy, "sso");
    assert_eq!(again["code"], "sign-in-not-needed", "{again}");

    let told = identity(&proxy, "sso").to_string() + &begun.to_string();
    let (_, log) = proxy.stop("-TERM");
    let all = log + &written(&aws) + &told;
    assert!(
        all.contains("signed-in") && all.contains("\"profile\":\"sso\""),
        "{all}"
    );
    assert!(!all.contains("hunter2"), "{all}");
}

#[test]
fn what_the_person_or_the_service_decides_is_told() {
    for (error, state) in [
        ("AccessDeniedException", "denied"),
        ("ExpiredTokenException", "expired"),
        ("InvalidClientException", "failed"),
    ] {
        let aws = Aws::start(&format!("device-{state}"), &[error]);
        let proxy = Running::start(&mut aws.command(&["sso"]));
        let begun = start(&proxy, "sso");
        let ended = ended(&proxy, &begun);
        assert_eq!(ended["state"], state, "{error}");
        assert_eq!(
            ended["error"]["code"] == "sign-in-failed",
            state == "failed"
        );
        assert_eq!(identity(&proxy, "sso")["error"]["code"], "sign-in-needed");
        // One that has ended keeps nobody from the next.
        let begun = start(&proxy, "sso");
        assert_eq!(self::ended(&proxy, &begun)["state"], "done");
    }
}

#[test]
fn who_is_told_to_slow_down_does() {
    let aws = Aws::start("device-slow", &["SlowDownException"]);
    let proxy = Running::start(&mut aws.command(&["sso"]));
    let begun = start(&proxy, "sso");
    let started = Instant::now();
    assert_eq!(ended(&proxy, &begun)["state"], "done");
    let took = started.elapsed();
    assert!(took > Duration::from_millis(6900), "{took:?}");
    assert_eq!(aws.asked("POST /token").len(), 2);
}

#[test]
fn who_thinks_better_of_it_is_waited_for_no_more() {
    let aws = Aws::start("device-withdrawn", &["AuthorizationPendingException"; 9]);
    let proxy = Running::start(&mut aws.command(&["sso"]));
    let begun = start(&proxy, "sso");
    let ended = call(&proxy, "DELETE", &path(&begun), &json!(null));
    assert_eq!(ended, json!({ "withdrawn": true }));
    assert_eq!(state(&proxy, &begun)["code"], "sign-in-unknown");
    let asked = aws.asked("POST /token").len();
    sleep(Duration::from_millis(2500));
    assert_eq!(aws.asked("POST /token").len(), asked);
}

#[test]
fn sign_ins_have_a_bound_and_the_guards_of_consents() {
    let aws = Aws::start("device-many", &["AuthorizationPendingException"; 500]);
    let proxy = Running::start(&mut aws.command(&["sso"]));
    let begun: Vec<_> = (0..16).map(|_| start(&proxy, "sso")).collect();
    assert_eq!(start(&proxy, "sso")["code"], "busy");
    call(&proxy, "DELETE", &path(&begun[3]), &json!(null));
    assert_eq!(start(&proxy, "sso")["kind"], "device");
    for (method, path) in [
        ("POST", "/api/sign-in".to_owned()),
        ("GET", path(&begun[0])),
    ] {
        let send = |more: &str| {
            let host = &proxy.host;
            proxy.send(&format!(
                "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{more}Content-Length: 2\r\n\
                 Connection: close\r\n\r\n{{}}"
            ))
        };
        assert_eq!(body(&send(""))["code"], "token-missing");
        let token = format!("X-Formsmith-Token: {}\r\n", proxy.token);
        let forwarded = format!("{token}X-Forwarded-Host: localhost:8080\r\n");
        assert_eq!(body(&send(&forwarded))["code"], "forwarded-not-allowed");
        let foreign = format!("{token}Origin: https://evil.example\r\n");
        assert_eq!(body(&send(&foreign))["code"], "origin-not-allowed");
    }
    for (sent, code) in [
        (json!({ "profile": "other" }), "profile-unknown"),
        (json!({ "profile": 1 }), "request-malformed"),
        (json!("sso"), "request-malformed"),
    ] {
        let answer = call(&proxy, "POST", "/api/sign-in", &sent);
        assert_eq!(answer["code"], code, "{sent}");
    }
    for id in ["", "../status", "0", &"0".repeat(32)] {
        let answer = call(&proxy, "GET", &format!("/api/sign-in/{id}"), &json!(null));
        assert_eq!(answer["code"], "sign-in-unknown", "{id}");
    }
}

#[test]
fn a_token_is_renewed_while_the_proxy_runs() {
    let aws = Aws::start("device-renewed", &[]);
    // Good for less than the margin, and so are the credentials of the role.
    aws.change(|script| (script.token_lasts, script.role_lasts) = (60, 60));
    let proxy = Running::start(&mut aws.command(&["sso"]));
    let begun = start(&proxy, "sso");
    assert_eq!(ended(&proxy, &begun)["state"], "done");
    assert_eq!(identity(&proxy, "sso")["account"], "111122223333");
    let renewals = aws.asked("grantType\":\"refresh_token");
    assert!(!renewals.is_empty());
    assert!(renewals[0].0.contains("hunter2-refresh"));
    assert!(
        aws.asked("GetCallerIdentity")
            .iter()
            .any(|it| it.key() != "AKIDOF1")
    );
}

#[test]
fn credentials_that_end_during_a_request_are_renewed_and_the_consent_holds() {
    let aws = Aws::start("device-during", &[]);
    let proxy = Running::start(&mut aws.command(&["sso"]));
    let begun = start(&proxy, "sso");
    assert_eq!(ended(&proxy, &begun)["state"], "done");
    let request = reviewed_as(&proxy, "run");
    aws.change(|script| {
        script.expired.push("AKIDOF1".into());
        script.refused.push("hunter2-token-1");
    });
    let refused = body(&proxy.send(&request));
    assert_eq!(refused["code"], "credentials-expired", "{refused}");
    assert_eq!(refused["sent"], "no");
    let sign_in = json!({ "profile": "sso", "kind": "device" });
    assert_eq!(refused["signIn"], sign_in);
    let begun = start(&proxy, "sso");
    assert_eq!(ended(&proxy, &begun)["state"], "done");
    let sent = proxy.send(&request);
    assert!(sent.starts_with("HTTP/1.1 200"), "{sent}");
    assert_eq!(aws.endpoint.received().last().unwrap().key(), "AKIDOF2");
    let again = body(&proxy.send(&request));
    assert_eq!(again["code"], "consent-used", "{again}");
}

#[test]
fn stand_ins_in_the_clear_are_on_this_machine() {
    let aws = Aws::start("in-the-clear", &[]);
    let mut command = aws.command(&["sso"]);
    let proxy = Running::start(command.env("AWS_ENDPOINT_URL_SSO", "http://192.0.2.1:1"));
    let error = identity(&proxy, "sso")["error"].clone();
    assert_eq!(error["code"], "credentials-failed");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("AWS_ENDPOINT_URL_SSO"), "{message}");
}

#[test]
fn what_awss_tools_have_stored_counts_until_it_is_too_old_and_stays_as_it_is() {
    let stored = |ends: &str| {
        let token = json!({
            "startUrl": "https://here.invalid/start",
            "region": "us-east-1",
            "accessToken": "hunter2-token-9",
            "expiresAt": ends,
        });
        token.to_string()
    };
    let aws = Aws::start("stored", &[]);
    let cache = aws.home.join(".aws/sso/cache");
    std::fs::create_dir_all(&cache).unwrap();
    // The SHA-1 of the session's name.
    let file = cache.join("0154c0dabe7145db37e0b81bf667e7224abec0ba.json");
    let signs_with = |key: &str| {
        let asked = aws.asked("GetCallerIdentity");
        assert_eq!(asked.last().unwrap().key(), key);
    };

    std::fs::write(&file, stored("2099-01-01T00:00:00Z")).unwrap();
    let proxy = Running::start(&mut aws.command(&["sso"]));
    assert_eq!(identity(&proxy, "sso")["account"], "111122223333");
    signs_with("AKIDOF9");
    drop(proxy);

    let old = stored("2020-01-01T00:00:00Z");
    std::fs::write(&file, &old).unwrap();
    let proxy = Running::start(&mut aws.command(&["sso"]));
    let error = &identity(&proxy, "sso")["error"];
    assert_eq!(error["signIn"]["kind"], "device", "{error}");
    let begun = start(&proxy, "sso");
    assert_eq!(ended(&proxy, &begun)["state"], "done");
    assert_eq!(identity(&proxy, "sso")["account"], "111122223333");
    signs_with("AKIDOF1");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), old);
}
