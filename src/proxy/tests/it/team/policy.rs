//! What a team's policy lets each person use.

use super::{Issuer, Visitor, ada, bob, refused, shared, told};
use crate::credentials::keys;
use crate::library::{PREFIX, burn, find};
use crate::running::{Running, one, profile};
use crate::upstream::{ACCOUNT, ARN, Reply, Then, Upstream, caller, http, is_for_sts};
use formsmith_proxy::Target;
use formsmith_proxy::permits::Permits;
use formsmith_proxy::policy_file;
use serde_json::{Value, json};
use std::path::Path;

const POLICY: &str = r#"
classes = ["write", "destroys"]

[people."group:billing"]
profiles = ["billing"]
classes = ["write"]

[people.everyone]
profiles = ["lab"]
"#;

fn read(name: &str, text: &str) -> Result<Permits, String> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.toml"));
    std::fs::write(&file, text).unwrap();
    policy_file::read(&file)
}

fn upstream() -> Upstream {
    Upstream::replying(Then::Close, |request, _| match is_for_sts(request) {
        true => Reply::Aside(caller(ACCOUNT, ARN)),
        false => Reply::Counted(http("200 OK", &[], "{}")),
    })
}

fn proxy(issuer: &Issuer, upstream: &Upstream, name: &str, policy: &str) -> Running {
    shared(issuer, upstream, "a", |config| {
        if let Target::Aws(upstream) = &mut config.target {
            upstream.profiles = ["billing", "lab"]
                .map(|name| profile(Some(name), keys("AKID")))
                .into();
            upstream.permits = Permits {
                most: Some(Box::new(read(name, policy).unwrap())),
                ..Permits::default()
            };
        }
    })
}

fn proposal(profile: &str) -> Value {
    let mut proposal = one(PREFIX, &burn());
    proposal["profile"] = json!(profile);
    proposal
}

#[test]
fn each_person_has_the_profiles_and_classes_that_the_policy_gives_them() {
    let (issuer, upstream) = (Issuer::new(), upstream());
    let proxy = proxy(&issuer, &upstream, "team-policy", POLICY);
    let [ada, bob] = [ada(), bob()].map(|claims| Visitor::new(&issuer, &claims, &proxy));
    let reads = |visitor: &Visitor, profile| {
        told(&visitor.send(&proxy, &find(), &[("X-Formsmith-Profile", profile)]))
    };
    let proposes = |visitor: &Visitor, name: &str| {
        let body = proposal(name).to_string();
        told(&visitor.post(&proxy, "/api/consents", body.as_bytes()))
    };
    assert_eq!(reads(&ada, "billing").0, 200);
    assert_eq!(reads(&ada, "lab").0, 200);
    assert_eq!(reads(&bob, "lab").0, 200);
    assert_eq!(reads(&bob, "billing"), refused(403, "person-not-allowed"));
    // Ada may change something with one of the two profiles, and Bob with none.
    assert_eq!(proposes(&ada, "billing").0, 200);
    assert_eq!(proposes(&ada, "lab"), refused(403, "person-not-allowed"));
    assert_eq!(
        proposes(&bob, "billing"),
        refused(403, "person-not-allowed")
    );
    assert_eq!(proposes(&bob, "lab"), refused(403, "person-not-allowed"));

    let names = |visitor: &Visitor| {
        let status = visitor.get(&proxy, "/api/status").json();
        let profiles = status["profiles"].as_array().unwrap().clone();
        let names = profiles
            .iter()
            .map(|it| it["name"].as_str().unwrap().to_owned());
        (names.collect::<Vec<_>>(), status["writes"].clone())
    };
    assert_eq!(
        names(&ada),
        (vec!["billing".into(), "lab".into()], json!(true))
    );
    assert_eq!(names(&bob), (vec!["lab".into()], json!(false)));
    let asked = |visitor: &Visitor, name: &str| {
        let path = format!("/api/explain/library/BurnBook/us-east-1?profile={name}");
        visitor.get(&proxy, &path).json()
    };
    assert_eq!(asked(&ada, "billing")["refusal"], Value::Null);
    assert_eq!(asked(&bob, "lab")["refusal"]["code"], "person-not-allowed");
}

#[test]
fn a_consent_is_worth_nothing_once_the_policy_has_changed() {
    let (issuer, upstream) = (Issuer::new(), upstream());
    let proxy = proxy(&issuer, &upstream, "team-policy-before", POLICY);
    let ada = Visitor::new(&issuer, &ada(), &proxy);
    let id = {
        let body = proposal("billing").to_string();
        let proposed = ada.post(&proxy, "/api/consents", body.as_bytes()).json();
        proposed["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(ada.confirm(&proxy, &id).status, 200);
    let narrower = POLICY.replace(r#"classes = ["write"]"#, "classes = []");
    proxy
        .app
        .set_policy(read("team-policy-after", &narrower).unwrap());
    let more = [
        ("X-Formsmith-Consent", id.as_str()),
        ("X-Formsmith-Profile", "billing"),
    ];
    let answer = ada.send(&proxy, &burn(), &more);
    assert_eq!(told(&answer), refused(403, "person-not-allowed"));
    assert_eq!(upstream.connections(), 0);
    proxy
        .app
        .set_policy(read("team-policy-again", POLICY).unwrap());
    assert_eq!(ada.send(&proxy, &burn(), &more).status, 200);
}

#[test]
fn whom_the_policy_does_not_name_has_nothing() {
    let (issuer, upstream) = (Issuer::new(), upstream());
    let policy = "[people.\"email:ada@example.com\"]\nclasses = [\"write\"]\n";
    let proxy = proxy(&issuer, &upstream, "team-policy-one", policy);
    let bob = Visitor::new(&issuer, &bob(), &proxy);
    let status = bob.get(&proxy, "/api/status").json();
    assert_eq!(status["profiles"], json!([]));
    assert_eq!(status["identity"]["error"]["code"], "person-not-allowed");
    // An address that the provider calls unverified is nobody's.
    let mut claims = ada();
    claims["email_verified"] = json!("false");
    let unverified = Visitor::new(&issuer, &claims, &proxy);
    assert_eq!(
        unverified.get(&proxy, "/api/status").json()["profiles"],
        json!([])
    );
    let ada = Visitor::new(&issuer, &ada(), &proxy);
    assert_eq!(
        ada.get(&proxy, "/api/status").json()["profiles"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_policy_that_names_nobody_says_where() {
    for (text, place) in [
        ("[people.billing]\n", "1:9: \"billing\" names nobody"),
        ("[people.\"role:x\"]\n", "1:9: \"role:x\" names nobody"),
        ("people = []\n", "1:10: people has a table for each"),
        (
            "[people.everyone]\nregions = [\"eu-west-1\"]\n",
            "2:1: people has a table for each",
        ),
        (
            "[people.everyone]\nclasses = [\"all\"]\n",
            "2:12: \"all\" is no class",
        ),
    ] {
        let error = read("team-policy-wrong", text).unwrap_err();
        assert!(error.contains(place), "{error}");
    }
}
