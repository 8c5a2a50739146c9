//! What the command prints, writes and answers, and what never shows up there.

use crate::SECRET;
use crate::endpoint::{ARN, Endpoint, answer, ok};
use crate::request::{Change, reviewed};
use crate::running::{Running, folder, signing};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs::read_to_string;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

const SESSION: &str = "the-session-token-of-this-test";

/// AWS on a bad day: each answer is another one.
fn moody() -> Endpoint {
    let turn = AtomicUsize::new(0);
    Endpoint::aws(move || match turn.fetch_add(1, Ordering::Relaxed) % 8 {
        0 => ok("{}"),
        1 => answer("403 Forbidden", "x-amzn-ErrorType: AccessDenied\r\n", "{}"),
        2 => answer("400 Bad Request", "", "not even JSON"),
        3 => answer("500 Internal Server Error", "", ""),
        4 => answer("302 Found", "Location: http://127.0.0.1:1/\r\n", ""),
        5 => b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec(),
        6 => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".to_vec(),
        _ => Vec::new(),
    })
}

#[test]
fn a_noisy_run_shows_no_secret_anywhere() {
    let endpoint = moody();
    let audit = folder("noise").join("audit.log");
    let mut command = signing(&endpoint.url());
    let proxy = Running::start(
        command
            .args(["--audit", audit.to_str().unwrap()])
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", SECRET)
            .env("AWS_SESSION_TOKEN", SESSION)
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full"),
    );
    let token = proxy.token.clone();
    let change = Change::new();
    let mut all = proxy.status().to_string();
    let mut replay = String::new();
    for _ in 0..16 {
        replay = reviewed(&proxy);
        all += &proxy.send(&replay);
    }
    let right = reviewed(&proxy);
    assert_eq!(endpoint.operations().len(), 16);
    let wrong = [
        change.bytes(&proxy, "wrong", "none"),
        change.bytes(&proxy, &token, &token),
        change.proposal(&proxy).replace("us-east-1", &token),
        replay,
        right.replace("X-Formsmith-Consent", "X-Other"),
        right.replace("Host: ", "Host: evil"),
        right.replace("Host: ", &format!("Host: {token}")),
        right.replace("Host: ", &format!("Origin: http://{token}\r\nHost: ")),
        right.replace("us-east-1", &token),
        right.replace("/api/", &format!("/{token}/")),
        right.replace("/api/", &format!("/api/status?token={token}&")),
        right.replace("HTTP/1.1", &token),
        right.replace("application/json", &token),
        right.replacen(' ', &format!("{token} "), 1),
    ];
    for request in &wrong {
        all += &proxy.send(request);
    }
    let mut vanishing = proxy.connect();
    vanishing
        .write_all(&right.as_bytes()[..right.len() - 8])
        .unwrap();
    drop(vanishing);

    let signatures: Vec<_> = endpoint
        .received()
        .iter()
        .map(|received| {
            assert_eq!(received.key(), "AKIDEXAMPLE");
            let session = received.header("X-Amz-Security-Token");
            assert_eq!(session, Some(SESSION), "it is in use");
            received.signature().to_owned()
        })
        .collect();
    assert_eq!(operations(&endpoint), 16, "none of the wrong ones");
    let (code, log) = proxy.stop("-TERM");
    assert_eq!(code, Some(0));
    let audit = read_to_string(audit).unwrap();
    write!(all, "{log}{audit}").unwrap();
    let mut secrets = vec![SECRET, SESSION, &token, "AKIDEXAMPLE"];
    secrets.extend(signatures.iter().map(String::as_str));
    for secret in secrets {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
    assert!(!all.contains("panicked"), "{all}");
    let kinds = |kind: &str| audit.matches(&format!("\"kind\":\"{kind}\"")).count();
    let requests = log.lines().count();
    assert_eq!(
        (kinds("intent"), kinds("outcome")),
        (16, requests),
        "{audit}"
    );
}

fn operations(endpoint: &Endpoint) -> usize {
    endpoint.operations().len()
}

#[test]
fn every_request_leaves_one_line_also_in_the_audit_file() {
    let endpoint = Endpoint::aws(|| ok("{}"));
    let audit = folder("audit").join("audit.log");
    let mut log = String::new();
    let start = || {
        let mut command = signing(&endpoint.url());
        command
            .args(["--audit", audit.to_str().unwrap()])
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", SECRET);
        Running::start(&mut command)
    };
    for _ in 0..2 {
        let proxy = start();
        proxy.get("/api/status");
        assert!(proxy.send(&reviewed(&proxy)).starts_with("HTTP/1.1 200"));
        let foreign = "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        assert!(proxy.send(foreign).starts_with("HTTP/1.1 403"));
        // Promises more than it sends, and goes.
        let mut vanishing = proxy.connect();
        let half = reviewed(&proxy).replace("Content-Length: 2", "Content-Length: 9");
        vanishing.write_all(half.as_bytes()).unwrap();
        vanishing.shutdown(std::net::Shutdown::Write).unwrap();
        let _ = vanishing.read_to_string(&mut String::new());
        log += &proxy.stop("-TERM").1;
    }
    let lines: Vec<_> = log.lines().collect();
    assert_eq!(lines.len(), 16, "{log}");
    let hash = Change::new().hash();
    let done = format!(" us-east-1 {hash} 200 ");
    for run in lines.chunks(8) {
        assert!(run[0].contains(" GET - - - - 200 "), "{log}");
        // Proposed, confirmed and sent; the last was not sent whole.
        for (at, word) in [
            (1, "proposed"),
            (2, "confirmed"),
            (3, "-"),
            (5, "proposed"),
            (6, "confirmed"),
        ] {
            assert!(run[at].contains(&done) && run[at].ends_with(word), "{log}");
        }
        assert!(run[4].ends_with(" host-not-allowed"), "{log}");
        let gone = ["client-gone", "request-cut-off"];
        assert!(gone.iter().any(|code| run[7].ends_with(code)), "{log}");
        for line in run {
            assert_eq!(line.split(' ').count(), 9, "{line}");
        }
    }
    // In the file, each run begins and ends with a line of its own, and the change has two.
    let written = read_to_string(&audit).unwrap();
    let written: Vec<Value> = written
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(written.len(), 2 * 11, "the second run adds to the first");
    for run in written.chunks(11) {
        let words = run.iter().map(|line| match line["kind"].as_str() {
            Some("outcome") => line["outcome"].as_str().unwrap(),
            kind => kind.unwrap(),
        });
        let words: Vec<_> = words.collect();
        let agreed = ["proposed", "confirmed"];
        assert_eq!(words[..2], ["note", "answered"]);
        assert_eq!(words[2..4], agreed);
        assert_eq!(words[4..7], ["intent", "answered", "refused"]);
        assert_eq!(words[7..9], agreed);
        assert_eq!(words[10], "note");
        assert_eq!(
            (&run[1]["status"], &run[1]["method"]),
            (&json!(200), &json!("GET"))
        );
        // What was agreed to is what was sent, in the same name.
        for line in &run[2..6] {
            assert_eq!(
                (&line["hash"], &line["consent"]),
                (&json!(hash), &run[2]["consent"])
            );
            assert_eq!(
                (&line["arn"], &line["region"]),
                (&json!(ARN), &json!("us-east-1"))
            );
        }
        assert!(run[2]["consent"].is_string(), "{}", run[2]);
        assert_eq!(run[4]["id"], run[5]["id"]);
        assert_eq!(run[5]["status"], 200);
        assert_eq!(run[6]["code"], "host-not-allowed");
    }
}
