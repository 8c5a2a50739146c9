//! Several copies: a consent is of the copy that was asked for it, and of the person who gave it.

use super::{Issuer, Visitor, ada, bob, burnt, copy, refused, shared, told};
use crate::upstream::Upstream;
use formsmith_proxy::audit::Audit;
use serde_json::Value;
use std::path::Path;

#[test]
fn a_consent_is_good_at_its_own_copy_and_nothing_is_sent_on_hope() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let [a, b] = ["a", "b"].map(|name| copy(&issuer, &upstream, name));
    let visitor = Visitor::new(&issuer, &ada(), &a);
    let id = visitor.agree(&a);
    assert!(id.starts_with("a."), "{id}");
    let elsewhere = visitor.burn(&b, &id);
    assert_eq!(told(&elsewhere), refused(403, "consent-unknown"));
    assert_eq!(elsewhere.json()["sent"], "no");
    for at in [
        &id.replace("a.", "b."),
        &id.replace("a.", ""),
        &id.replace("a.", ".."),
    ] {
        let answer = visitor.burn(&b, at);
        assert_eq!(answer.status, 403, "{at}: {answer:?}");
    }
    assert_eq!(upstream.connections(), 0);
    assert_eq!(visitor.burn(&a, &id).status, 200);
    assert_eq!(told(&visitor.burn(&a, &id)), refused(403, "consent-used"));
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn what_was_proposed_at_one_copy_is_neither_confirmed_nor_withdrawn_at_another() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let [a, b] = ["a", "b"].map(|name| copy(&issuer, &upstream, name));
    let visitor = Visitor::new(&issuer, &ada(), &a);
    let proposed = visitor.propose(&a).json();
    let id = proposed["id"].as_str().unwrap();
    assert_eq!(
        told(&visitor.confirm(&b, id)),
        refused(403, "consent-unknown")
    );
    let path = format!("/api/consents/{id}");
    let answer = b.send("DELETE", &path, &visitor.headers(), b"");
    assert_eq!(told(&answer), refused(403, "consent-unknown"));
    assert_eq!(visitor.confirm(&a, id).status, 200);
}

#[test]
fn a_copy_that_was_started_anew_knows_nothing_of_what_it_was_told() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let first = copy(&issuer, &upstream, "a");
    let visitor = Visitor::new(&issuer, &ada(), &first);
    let id = visitor.agree(&first);
    drop(first);
    let anew = copy(&issuer, &upstream, "a");
    assert_eq!(
        told(&visitor.burn(&anew, &id)),
        refused(403, "consent-unknown")
    );
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn what_one_person_agreed_to_is_no_consent_of_another() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let proxy = copy(&issuer, &upstream, "a");
    let [ada, bob] = [ada(), bob()].map(|claims| Visitor::new(&issuer, &claims, &proxy));
    let proposed = ada.propose(&proxy).json();
    let open = proposed["id"].as_str().unwrap();
    assert_eq!(
        told(&bob.confirm(&proxy, open)),
        refused(403, "consent-unknown")
    );
    let path = format!("/api/consents/{open}");
    let answer = proxy.send("DELETE", &path, &bob.headers(), b"");
    assert_eq!(told(&answer), refused(403, "consent-unknown"));
    let id = ada.agree(&proxy);
    assert_eq!(told(&bob.burn(&proxy, &id)), refused(403, "consent-wrong"));
    assert_eq!(upstream.connections(), 0);
    assert_eq!(ada.burn(&proxy, &id).status, 200);
}

#[test]
fn the_log_names_the_person() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("team-audit.jsonl");
    let _ = std::fs::remove_file(&file);
    let audit = Audit::new(Some(&file)).unwrap();
    let proxy = shared(&issuer, &upstream, "a", |config| {
        config.audit = audit.clone()
    });
    let visitor = Visitor::new(&issuer, &ada(), &proxy);
    let id = visitor.agree(&proxy);
    assert_eq!(visitor.burn(&proxy, &id).status, 200);
    audit.finish();
    let log = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of_burning: Vec<_> = lines
        .iter()
        .filter(|line| line["hash"] == burnt())
        .collect();
    let kinds: Vec<_> = of_burning
        .iter()
        .map(|line| (&line["kind"], &line["outcome"]))
        .collect();
    assert!(kinds.len() >= 4, "{log}");
    for line in of_burning {
        assert_eq!(line["person"], "ada@example.com", "{line}");
        assert_eq!(line["subject"], "00u1ada", "{line}");
        assert!(
            line["consent"].as_str().unwrap().starts_with("a."),
            "{line}"
        );
    }
}
