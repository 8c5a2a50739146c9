//! Several profiles of one proxy: each request is signed with the one that it names, and with no
//! other.

use super::credentials::{Source, keys};
use super::library::{self, burn, find};
use super::running::{Answer, Running, TOKEN, one, profile, signing, start};
use super::upstream::{Received, Reply, Then, Upstream, caller, http, is_for_sts};
use formsmith_proxy::Target;
use formsmith_proxy::audit::Audit;
use formsmith_proxy::permits::Permits;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The second name is written percent-encoded in a header.
const NAMES: [&str; 2] = ["first", "zweites Profil/ä%41"];
const ENCODED: [&str; 2] = ["first", "zweites%20Profil%2F%C3%A4%2541"];
const KEYS: [&str; 2] = ["AKIDFIRST", "AKIDSECOND"];
const ACCOUNTS: [&str; 2] = ["111122223333", "444455556666"];

fn arn(account: &str) -> String {
    format!("arn:aws:iam::{account}:user/tester")
}

fn key(request: &Received) -> String {
    let (_, rest) = request
        .header("Authorization")
        .split_once("Credential=")
        .unwrap();
    rest.split('/').next().unwrap().to_owned()
}

/// AWS, where each key has an account of its own.
fn aws() -> Upstream {
    Upstream::replying(Then::Close, |request, _| match is_for_sts(request) {
        true => {
            let at = KEYS.iter().position(|own| *own == key(request)).unwrap();
            Reply::Aside(caller(ACCOUNTS[at], &arn(ACCOUNTS[at])))
        }
        false => Reply::Counted(http("200 OK", &[], "{}")),
    })
}

fn two(upstream: &Upstream, permits: Permits, audit: Audit) -> Running {
    start(|config| {
        let mut target = signing(&upstream.url(), keys(KEYS[0]), true);
        if let Target::Aws(upstream) = &mut target {
            upstream.profiles = (0..2)
                .map(|at| profile(Some(NAMES[at]), keys(KEYS[at])))
                .collect();
            upstream.profiles[1].region = None;
            upstream.permits = permits;
        }
        config.target = target;
        config.model = Arc::new(library::model());
        config.audit = audit;
    })
}

fn both(upstream: &Upstream) -> Running {
    two(upstream, Permits::all(), Audit::default())
}

fn status(proxy: &Running, query: &str) -> Answer {
    let host = proxy.address.to_string();
    let headers = [("Host", host.as_str()), ("X-Formsmith-Token", TOKEN)];
    proxy.send("GET", &format!("/api/status{query}"), &headers, b"")
}

/// Reads a book with these profiles named in the head.
fn read(proxy: &Running, profiles: &[&str]) -> Answer {
    let mut headers = vec![("X-Formsmith-Token", TOKEN)];
    headers.extend(profiles.iter().map(|name| ("X-Formsmith-Profile", *name)));
    proxy.console(library::PREFIX, &find(), &headers)
}

fn proposal(profile: Option<&str>) -> Value {
    let mut proposal = one(library::PREFIX, &burn());
    proposal["profile"] = json!(profile);
    proposal
}

#[test]
fn each_request_is_signed_with_the_profile_that_it_names() {
    let upstream = aws();
    let proxy = both(&upstream);
    for at in [0, 1, 0] {
        assert_eq!(read(&proxy, &[ENCODED[at]]).status, 200);
        assert_eq!(key(&upstream.last()), KEYS[at]);
        let names = upstream.last().headers;
        let is_own = |(name, _): &(String, String)| name.to_lowercase().contains("formsmith");
        assert!(!names.iter().any(is_own), "{names:?}");
    }
    for at in [0, 1] {
        let id = proxy.agree(&proposal(Some(NAMES[at]))).unwrap();
        let named = ("X-Formsmith-Profile", ENCODED[at]);
        let answer = proxy.agreed(library::PREFIX, &burn(), &id, &[named]);
        assert_eq!(answer.status, 200);
        assert_eq!(key(&upstream.last()), KEYS[at]);
    }
}

#[test]
fn with_several_profiles_none_is_guessed() {
    let upstream = aws();
    let proxy = both(&upstream);
    for (attack, profiles, status, code) in [
        ("none", &[][..], 400, "profile-missing"),
        ("another", &["third"], 404, "profile-unknown"),
        ("in other letters", &["First"], 404, "profile-unknown"),
        ("empty", &[""], 404, "profile-unknown"),
        ("twice", &["first", "first"], 400, "profile-unknown"),
        ("two", &["first", ENCODED[1]], 400, "profile-unknown"),
        ("a list", &["first, second"], 404, "profile-unknown"),
        ("a path", &["../first"], 404, "profile-unknown"),
        (
            "an encoded path",
            &["%2E%2E%2Ffirst"],
            404,
            "profile-unknown",
        ),
        ("a NUL", &["first%00"], 404, "profile-unknown"),
        (
            "a line break",
            &["first%0D%0AX-Injected: 1"],
            404,
            "profile-unknown",
        ),
        ("a tab", &["first%09"], 404, "profile-unknown"),
        ("no UTF-8", &["%FF%FE"], 404, "profile-unknown"),
        ("half an escape", &["first%4"], 404, "profile-unknown"),
        ("decoded twice", &["%2566irst"], 404, "profile-unknown"),
        ("the key", &["AKIDFIRST"], 404, "profile-unknown"),
    ] {
        let answer = read(&proxy, profiles);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (status, Some(code)),
            "{attack}"
        );
        assert_eq!(answer.json()["sent"], "no", "{attack}");
    }
    for (named, code) in [
        (None, "profile-missing"),
        (Some("third"), "profile-unknown"),
        (Some(""), "profile-unknown"),
    ] {
        let answer = proxy.propose(&proposal(named));
        assert_eq!(answer.code().as_deref(), Some(code), "{named:?}");
    }
    let mut malformed = proposal(None);
    malformed["profile"] = json!(["first"]);
    let answer = proxy.propose(&malformed);
    assert_eq!(answer.code().as_deref(), Some("consent-malformed"));
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn with_one_profile_it_need_not_be_named_and_no_other_can_be() {
    let upstream = aws();
    for name in [None, Some("only")] {
        let proxy = start(|config| {
            let mut target = signing(&upstream.url(), keys(KEYS[0]), true);
            if let Target::Aws(upstream) = &mut target {
                upstream.profiles[0].name = name.map(str::to_owned);
            }
            config.target = target;
            config.model = Arc::new(library::model());
        });
        assert_eq!(read(&proxy, &[]).status, 200);
        let answer = read(&proxy, &["only"]);
        assert_eq!(answer.status == 200, name.is_some(), "{answer:?}");
        let answer = read(&proxy, &["other"]);
        assert_eq!(answer.code().as_deref(), Some("profile-unknown"));
        let proposed = proxy.propose(&proposal(None)).json();
        assert_eq!(proposed["profile"], json!(name));
        let told = status(&proxy, "").json();
        let profiles = json!([{ "name": name, "region": "eu-west-3", "regions": null }]);
        assert_eq!(told["profiles"], profiles);
    }
}

#[test]
fn a_consent_is_good_for_its_own_profile_only() {
    let upstream = aws();
    let proxy = both(&upstream);
    let proposed = proxy.propose(&proposal(Some(NAMES[1]))).json();
    assert_eq!(proposed["profile"], NAMES[1]);
    assert_eq!(proposed["identity"]["account"], ACCOUNTS[1]);
    let id = proposed["id"].as_str().unwrap();
    assert_eq!(proxy.confirm(id).status, 200);
    for (named, code) in [
        (Some(ENCODED[0]), "consent-wrong"),
        (None, "profile-missing"),
    ] {
        let named = named.map(|name| ("X-Formsmith-Profile", name));
        let named: Vec<_> = named.into_iter().collect();
        let answer = proxy.agreed(library::PREFIX, &burn(), id, &named);
        assert_eq!(answer.code().as_deref(), Some(code));
    }
    assert_eq!(upstream.connections(), 0);
    let own = [("X-Formsmith-Profile", ENCODED[1])];
    let answer = proxy.agreed(library::PREFIX, &burn(), id, &own);
    assert_eq!(answer.status, 200);
    assert_eq!(key(&upstream.last()), KEYS[1]);
}

#[test]
fn the_status_tells_of_all_profiles_and_of_one_whose_it_is() {
    let upstream = aws();
    let permits = Permits {
        profiles: BTreeMap::from([(NAMES[1].to_owned(), vec!["us-east-1".to_owned()])]),
        ..Permits::all()
    };
    let proxy = two(&upstream, permits, Audit::default());
    for (query, at) in [
        (String::new(), 0),
        (format!("?profile={}", ENCODED[0]), 0),
        (format!("?profile={}", ENCODED[1]), 1),
    ] {
        let told = status(&proxy, &query).json();
        let regions = [json!(null), json!(["us-east-1"])];
        let all = json!([
            { "name": NAMES[0], "region": "eu-west-3", "regions": regions[0] },
            { "name": NAMES[1], "region": null, "regions": regions[1] },
        ]);
        assert_eq!(told["profiles"], all);
        assert_eq!(told["identity"]["account"], ACCOUNTS[at], "{query}");
        assert_eq!(told["region"], all[at]["region"]);
        assert_eq!(told["regions"], regions[at]);
    }
    for query in [
        "?profile=third",
        "?profile=",
        "?profile=%FF",
        "?profile=first&profile=first",
    ] {
        let answer = status(&proxy, query);
        assert_eq!(answer.code().as_deref(), Some("profile-unknown"), "{query}");
    }
    // Who has no token learns of no name, and not whether there is one.
    let told = proxy.get("/api/status?profile=third");
    assert_eq!(told.status, 200);
    let told = told.json();
    assert_eq!(told["identity"]["error"]["code"], "token-missing");
    assert_eq!(told["profiles"], Value::Null);
    assert!(!told.to_string().contains(NAMES[0]), "{told}");
}

#[test]
fn a_profile_that_gives_nothing_holds_up_no_other() {
    let upstream = aws();
    let proxy = start(|config| {
        let mut target = signing(&upstream.url(), keys(KEYS[0]), true);
        if let Target::Aws(upstream) = &mut target {
            upstream.profiles = vec![
                profile(Some(NAMES[0]), Source::of(vec![Err("none")])),
                profile(Some(NAMES[1]), keys(KEYS[1])),
            ];
        }
        config.target = target;
        config.model = Arc::new(library::model());
    });
    let first = read(&proxy, &[ENCODED[0]]);
    assert_eq!(first.code().as_deref(), Some("no-credentials"));
    assert!(first.json()["message"].as_str().unwrap().contains(NAMES[0]));
    assert_eq!(read(&proxy, &[ENCODED[1]]).status, 200);
    let told = status(&proxy, "").json();
    assert_eq!(told["identity"]["error"]["code"], "no-credentials");
    let told = status(&proxy, &format!("?profile={}", ENCODED[1])).json();
    assert_eq!(told["identity"]["account"], ACCOUNTS[1]);
}

#[test]
fn regions_of_one_profile_and_of_all_are_both_kept_to() {
    let upstream = aws();
    let list = |regions: &[&str]| -> Vec<String> {
        regions.iter().map(|region| (*region).to_owned()).collect()
    };
    let most = Permits {
        regions: Some(list(&["us-east-1", "eu-west-1", "eu-west-3"])),
        profiles: BTreeMap::from([(NAMES[1].to_owned(), list(&["us-east-1", "eu-west-1"]))]),
        ..Permits::all()
    };
    let permits = Permits {
        regions: Some(list(&["us-east-1", "eu-west-3", "ap-south-1"])),
        profiles: BTreeMap::from([(NAMES[0].to_owned(), list(&["eu-west-3", "ap-south-1"]))]),
        most: Some(Box::new(most)),
        ..Permits::all()
    };
    let proxy = two(&upstream, permits, Audit::default());
    for (at, region, is_allowed) in [
        (0, "eu-west-3", true),
        (0, "us-east-1", false),
        (0, "ap-south-1", false),
        (1, "us-east-1", true),
        (1, "eu-west-3", false),
        (1, "eu-west-1", false),
    ] {
        let headers = [
            ("X-Formsmith-Token", TOKEN),
            ("X-Formsmith-Profile", ENCODED[at]),
        ];
        let prefix = format!("/api/library/{region}");
        let answer = proxy.console(&prefix, &find(), &headers);
        let code = answer.code();
        let expected = (!is_allowed).then_some("region-not-allowed");
        assert_eq!(code.as_deref(), expected, "{at} {region}");
        let mut proposal = one(&prefix, &burn());
        proposal["profile"] = json!(NAMES[at]);
        let code = proxy.propose(&proposal).code();
        assert_eq!(code.as_deref(), expected, "{at} {region}");
    }
    let told = status(&proxy, "").json();
    assert_eq!(told["profiles"][0]["regions"], json!(["eu-west-3"]));
    assert_eq!(told["profiles"][1]["regions"], json!(["us-east-1"]));
}

#[test]
fn the_audit_names_the_profile() {
    let upstream = aws();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("profiles-audit.jsonl");
    let _ = std::fs::remove_file(&file);
    let audit = Audit::new(Some(&file)).unwrap();
    let proxy = two(&upstream, Permits::all(), audit.clone());
    for at in [0, 1] {
        let id = proxy.agree(&proposal(Some(NAMES[at]))).unwrap();
        let named = ("X-Formsmith-Profile", ENCODED[at]);
        let answer = proxy.agreed(library::PREFIX, &burn(), &id, &[named]);
        assert_eq!(answer.status, 200);
    }
    read(&proxy, &["third%0A"]);
    audit.finish();
    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &Value| line["kind"] != "note")
        .collect();
    // Of each: proposed, confirmed, intended, answered.
    for (at, lines) in lines[..8].chunks(4).enumerate() {
        for line in lines {
            assert_eq!(line["profile"], NAMES[at], "{line}");
            assert_eq!(line["account"], ACCOUNTS[at], "{line}");
        }
    }
    assert_eq!(lines[8]["code"], "profile-unknown");
    assert_eq!(lines[8]["profile"], Value::Null);
    assert!(!text.contains("third"), "nothing a client wrote is printed");
}
