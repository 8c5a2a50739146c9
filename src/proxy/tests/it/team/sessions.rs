//! The session of one person: made for them, good at every copy, and nobody else's.

use super::{HOST, Issuer, Visitor, ada, bob, copy, refused, session, shared, told};
use crate::library::find;
use crate::running::TOKEN;
use crate::upstream::Upstream;
use formsmith_proxy::team::SessionKey;
use serde_json::json;
use std::time::{Duration, SystemTime};

#[test]
fn a_session_is_good_at_every_copy_that_shares_the_key() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let [a, b] = ["a", "b"].map(|name| copy(&issuer, &upstream, name));
    let visitor = Visitor::new(&issuer, &ada(), &a);
    for proxy in [&a, &b] {
        assert_eq!(visitor.send(proxy, &find(), &[]).status, 200);
        assert_eq!(
            visitor.get(proxy, "/api/status").json()["identity"]["account"],
            "111122223333"
        );
    }
    let apart = shared(&issuer, &upstream, "c", |config| {
        let mut team = super::team(&issuer, Some("c"));
        std::sync::Arc::get_mut(&mut team).unwrap().session_key =
            SessionKey::new("another key, of nobody else's 0123456789").unwrap();
        config.team = Some(team);
    });
    let answer = visitor.send(&apart, &find(), &[]);
    assert_eq!(told(&answer), refused(403, "person-unknown"));
}

#[test]
fn a_session_is_nobody_elses() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let proxy = copy(&issuer, &upstream, "a");
    let [ada, bob] = [ada(), bob()].map(|claims| Visitor::new(&issuer, &claims, &proxy));
    let stolen = Visitor {
        data: bob.data.clone(),
        token: ada.token.clone(),
    };
    let made_up = Visitor {
        data: ada.data.clone(),
        token: TOKEN.into(),
    };
    let cut = Visitor {
        data: ada.data.clone(),
        token: ada.token[..ada.token.len() - 1].into(),
    };
    for visitor in [&stolen, &made_up, &cut] {
        let answer = visitor.send(&proxy, &find(), &[]);
        assert_eq!(told(&answer), refused(403, "person-unknown"));
        let answer = visitor.propose(&proxy);
        assert_eq!(told(&answer), refused(403, "person-unknown"));
    }
    // Having signed in is not enough: a page of another site could have the browser send that.
    let headers = [("Host", HOST), ("X-Amzn-Oidc-Data", &ada.data)];
    let answer = proxy.send("POST", "/api/consents", &headers, b"{}");
    assert_eq!(told(&answer), refused(403, "person-unknown"));
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn neither_codes_nor_tickets_nor_the_sign_ins_of_one_person_are_there() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let proxy = copy(&issuer, &upstream, "a");
    let visitor = Visitor::new(&issuer, &ada(), &proxy);
    let address = proxy.app.console_address().unwrap();
    assert_eq!(address, format!("https://{HOST}/"));
    let mut headers = visitor.headers().to_vec();
    headers.push(("Content-Type", "application/json"));
    for (path, body) in [
        (
            "/api/session",
            json!({ "code": "0123456789abcdef0123456789abcdef" }),
        ),
        (
            "/api/session",
            json!({ "ticket": "0123456789abcdef0123456789abcdef" }),
        ),
        ("/api/session", json!({ "signedIn": "true" })),
        ("/api/ticket", json!({})),
    ] {
        let answer = proxy.send("POST", path, &headers, body.to_string().as_bytes());
        assert!(
            [400, 404].contains(&answer.status),
            "{path} {body} {answer:?}"
        );
    }
    let answer = visitor.post(&proxy, "/api/sign-in", b"{}");
    assert_eq!(told(&answer).0, 409, "{answer:?}");
}

#[test]
fn a_session_ends() {
    let key = SessionKey::new("a key that nobody guesses 0123456789").unwrap();
    let now = SystemTime::now();
    let token = key.token("ada", now);
    let hours = |hours: u64| now + Duration::from_secs(hours * 3600);
    assert!(key.is_good(&token, "ada", hours(11)));
    assert!(!key.is_good(&token, "ada", hours(13)));
    assert!(!key.is_good(&token, "adam", now));
    assert!(SessionKey::new("a short key").is_none());
}

#[test]
fn the_page_is_told_that_it_need_not_have_an_address_with_a_code() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let proxy = copy(&issuer, &upstream, "a");
    let data = issuer.says(&ada());
    let headers = [("Host", HOST), ("X-Amzn-Oidc-Data", &data)];
    let status = proxy.send("GET", "/api/status", &headers, b"").json();
    assert_eq!(status["signedIn"], true);
    assert_eq!(status["identity"]["error"]["code"], "person-unknown");
    assert_eq!(session(&proxy, &data).json()["ticket"], json!(null));
}
