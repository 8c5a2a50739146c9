//! A proxy for a team, as it is started.

use super::running::{Running, folder, output, signing};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

const ARN: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/team/0123456789abcdef";

/// What may be changed, as the console is told.
fn writes(proxy: &Running) -> bool {
    proxy.status()["writes"].as_bool().unwrap()
}

fn wait_until(is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(20));
        sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_policy_that_a_team_changes_holds_from_then_on_and_a_mistake_in_it_changes_nothing() {
    let folder = folder("team-folder");
    let file = folder.join("policy.toml");
    fs::write(&file, "classes = [\"write\"]\n").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let proxy = Running::start(signing(&endpoint).arg("--team").arg(&folder));
    assert!(writes(&proxy));
    fs::write(&file, "classes = []\n").unwrap();
    wait_until(|| !writes(&proxy));
    fs::write(&file, "classes = [\"write\", \"everything\"]\n").unwrap();
    sleep(Duration::from_secs(5));
    assert!(!writes(&proxy));
    // Nobody signs in here, so nobody is whom it names.
    fs::write(&file, "classes = [\"write\"]\n[people.everyone]\n").unwrap();
    sleep(Duration::from_secs(5));
    assert!(!writes(&proxy));
    fs::write(&file, "classes = [ \"write\" ]\n").unwrap();
    wait_until(|| writes(&proxy));
    let (_, log) = proxy.stop("-TERM");
    for part in [
        "policy.toml:1:21: \"everything\" is no class",
        "nobody signs in here",
        "the team's policy has changed",
    ] {
        assert!(log.contains(part), "{part}: {log}");
    }
}

#[test]
fn what_a_team_needs_and_does_not_have_ends_with_2_and_a_reason() {
    let folder = folder("team-wrong");
    let short = folder.join("short");
    fs::write(&short, "short").unwrap();
    own(&short);
    let people = folder.join("people.toml");
    fs::write(&people, "[people.everyone]\n").unwrap();
    let (short, people) = (short.to_str().unwrap(), people.to_str().unwrap());
    let team = [
        "--trust-alb",
        ARN,
        "--public-url",
        "https://formsmith.example.com",
    ];
    let with = |more: &[&'static str]| [&team[..], more].concat();
    for (arguments, reason) in [
        (vec!["--trust-alb", ARN], "--public-url"),
        (vec!["--public-url", "https://a.example"], "--trust-alb"),
        (vec!["--copy", "a"], "--trust-alb"),
        (
            vec!["--trust-alb", "team", "--public-url", "https://a.example"],
            "Application Load Balancer",
        ),
        (
            vec!["--trust-alb", ARN, "--public-url", "http://a.example"],
            "https",
        ),
        (
            vec!["--trust-alb", ARN, "--public-url", "https://a.example/path"],
            "nothing else",
        ),
        (with(&["--copy", "A b"]), "small letters"),
        (
            with(&["--sign-in-keys", "http://a.example"]),
            "--sign-in-keys",
        ),
        (
            [&team[..], &["--session-key-file", short]].concat(),
            "32 characters",
        ),
        (
            vec!["--target", "aws", "--policy", people],
            "nobody signs in",
        ),
        (
            vec!["--target", "aws", "--team", "/nonexistent"],
            "policy.toml",
        ),
        (
            vec!["--target", "aws", "--team", "/x", "--policy", people],
            "--policy",
        ),
        (vec!["--team", "/x"], "--target aws"),
    ] {
        let (code, _, error) = output(&arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {error}");
        assert!(error.contains(reason), "{arguments:?}: {error}");
    }
}

fn own(file: &Path) {
    #[cfg(unix)]
    fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    #[cfg(not(unix))]
    let _ = file;
}

#[test]
fn whether_a_proxy_is_ready_can_be_asked() {
    let proxy = Running::start(&mut super::command(&["--listen", "127.0.0.1:0"]));
    assert_eq!(output(&["ready", &proxy.host]).0, Some(0));
    let host = proxy.host.clone();
    let _ = proxy.stop("-TERM");
    let (code, _, error) = output(&["ready", &host]);
    assert_eq!(code, Some(1));
    assert!(error.contains("is not ready"), "{error}");
}
