//! What can change something is sent only as it was reviewed, and in nobody else's name.

use super::library::{self, burn, find};
use super::running::{Answer, Running, TOKEN, consent_to, start_signing};
use super::signing::{PREFIX, request};
use super::upstream::{ARN, Upstream};
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Limits;

fn send(proxy: &Running, request: &HttpRequest, headers: &[(&str, &str)]) -> Answer {
    let mut all = vec![("X-Formsmith-Token", TOKEN)];
    all.extend(headers);
    proxy.console(PREFIX, request, &all)
}

#[test]
fn a_change_needs_consent_to_exactly_this_request() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let own = request();
    let consent = consent_to(PREFIX, &own);
    let to_another_body = HttpRequest {
        body: b"{}".to_vec(),
        ..own.clone()
    };
    let to_another_method = HttpRequest {
        method: "PUT".into(),
        ..own.clone()
    };
    let mut to_another_target = own.clone();
    to_another_target.headers[1].1 += "2";
    let others = [
        String::new(),
        "yes".into(),
        consent.to_uppercase(),
        consent[..63].to_owned(),
        consent_to("/api/servicecatalog/us-east-2", &own),
        consent_to("/api/billingconductor/us-east-1", &own),
        consent_to(PREFIX, &to_another_body),
        consent_to(PREFIX, &to_another_method),
        consent_to(PREFIX, &to_another_target),
    ];
    let identity = ("X-Formsmith-Identity", ARN);
    for other in &others {
        let answer = send(&proxy, &own, &[("X-Formsmith-Consent", other), identity]);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (403, Some("consent-wrong")),
            "{other}"
        );
    }
    let consent = ("X-Formsmith-Consent", consent.as_str());
    for (headers, code) in [
        (&[identity][..], "consent-missing"),
        (&[consent, consent, identity], "consent-wrong"),
        (&[consent], "identity-missing"),
        (&[consent, identity, identity], "identity-missing"),
    ] {
        let answer = send(&proxy, &own, headers);
        assert_eq!((answer.status, answer.code().as_deref()), (403, Some(code)));
    }
    assert_eq!(upstream.connections(), 0);
    assert_eq!(send(&proxy, &own, &[consent, identity]).status, 200);
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn a_review_in_another_name_is_no_review() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let own = request();
    let consent = consent_to(PREFIX, &own);
    for other in [
        "",
        "arn:aws:iam::444455556666:user/else",
        "unknown-00000000",
    ] {
        let headers = [
            ("X-Formsmith-Consent", consent.as_str()),
            ("X-Formsmith-Identity", other),
        ];
        let answer = send(&proxy, &own, &headers);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (409, Some("identity-changed")),
            "{other}"
        );
        assert_eq!(answer.json()["sent"], "no");
    }
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn what_only_reads_needs_no_consent() {
    let upstream = Upstream::answering("{}");
    let proxy = library::serving(&upstream.url(), Limits::default());
    let token = [("X-Formsmith-Token", TOKEN)];
    assert_eq!(proxy.console(library::PREFIX, &find(), &token).status, 200);
    let burning = proxy.console(library::PREFIX, &burn(), &token);
    assert_eq!(burning.code().as_deref(), Some("consent-missing"));
    assert_eq!(upstream.connections(), 1);
}
