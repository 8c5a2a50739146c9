//! Nobody signs but the one who was reviewed.

use super::{refused, told};
use crate::running::{Running, one, signing, start};
use crate::signing::{PREFIX, request};
use crate::upstream::{ACCOUNT, ARN, Reply, Then, Upstream, caller, http, is_for_sts};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, future};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// Somebody signs in, and somebody else: the proxy asks each time, since none lasts.
#[derive(Debug, Clone)]
struct SignedIn(Arc<Mutex<&'static str>>);

impl SignedIn {
    fn as_another(&self, key: &'static str) {
        *self.0.lock().unwrap() = key;
    }
}

impl ProvideCredentials for SignedIn {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let end = Some(SystemTime::now() + Duration::from_secs(60));
        let key = *self.0.lock().unwrap();
        future::ProvideCredentials::ready(Ok(Credentials::new(key, "secret", None, end, "test")))
    }
}

/// AWS, which knows two people, and one of them by two keys.
fn aws() -> Upstream {
    Upstream::replying(Then::Close, |request, _| {
        if !is_for_sts(request) {
            return Reply::Counted(http("200 OK", &[], "{}"));
        }
        let key = request.header("Authorization");
        match key {
            key if key.contains("AKIDNOBODY") => Reply::Aside(http("403 Forbidden", &[], "")),
            key if key.contains("AKIDOTHER") => Reply::Aside(caller(
                "444455556666",
                "arn:aws:iam::444455556666:user/other",
            )),
            _ => Reply::Aside(caller(ACCOUNT, ARN)),
        }
    })
}

fn signed_in(upstream: &Upstream) -> (Running, SignedIn) {
    let person = SignedIn(Arc::new(Mutex::new("AKIDFIRST")));
    let source = person.clone();
    let proxy = start(|config| config.target = signing(&upstream.url(), source, true));
    (proxy, person)
}

#[test]
fn a_review_in_another_name_is_no_review() {
    let upstream = aws();
    let (proxy, person) = signed_in(&upstream);
    let id = proxy.agree(&one(PREFIX, &request())).unwrap();
    person.as_another("AKIDOTHER");
    let answer = proxy.agreed(PREFIX, &request(), &id, &[]);
    assert_eq!(told(&answer), refused(409, "identity-changed"));
    assert_eq!(answer.json()["sent"], "no");
    // Whether it is another, nobody knows.
    person.as_another("AKIDNOBODY");
    let answer = proxy.agreed(PREFIX, &request(), &id, &[]);
    assert_eq!(told(&answer), refused(502, "identity-not-told"));
    assert_eq!(upstream.connections(), 0);
    // The same person by another key is the same person; nothing was used up.
    person.as_another("AKIDRENEWED");
    assert_eq!(proxy.agreed(PREFIX, &request(), &id, &[]).status, 200);
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn who_became_another_during_the_review_confirms_nothing() {
    let upstream = aws();
    let (proxy, person) = signed_in(&upstream);
    let proposed = proxy.propose(&one(PREFIX, &request())).json();
    let id = proposed["id"].as_str().unwrap();
    person.as_another("AKIDOTHER");
    assert_eq!(told(&proxy.confirm(id)), refused(409, "identity-changed"));
    let answer = proxy.agreed(PREFIX, &request(), id, &[]);
    assert_eq!(told(&answer), refused(403, "consent-unconfirmed"));
    person.as_another("AKIDFIRST");
    assert_eq!(proxy.confirm(id).status, 200);
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn a_review_for_somebody_unknown_is_for_that_key_only() {
    let upstream = aws();
    let (proxy, person) = signed_in(&upstream);
    person.as_another("AKIDNOBODY");
    let id = proxy.agree(&one(PREFIX, &request())).unwrap();
    person.as_another("AKIDFIRST");
    let answer = proxy.agreed(PREFIX, &request(), &id, &[]);
    assert_eq!(told(&answer), refused(409, "identity-changed"));
    person.as_another("AKIDNOBODY");
    assert_eq!(proxy.agreed(PREFIX, &request(), &id, &[]).status, 200);
}
