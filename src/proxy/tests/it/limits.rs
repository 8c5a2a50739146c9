//! How much at a time, and what of a large answer.

use super::library::{ask, serving};
use super::running::{TOKEN, signing, start};
use super::signing::{PREFIX, request};
use super::upstream::{Then, Upstream, http};
use crate::signature;
use formsmith_proxy::{Limits, Target};
use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn more_requests_than_fit_are_told_that_the_proxy_is_busy() {
    let upstream = Upstream::start("", Then::Hang);
    let limits = Limits {
        requests: 2,
        first_byte: Duration::from_secs(2),
        ..Limits::default()
    };
    let proxy = serving(&upstream.url(), limits);
    thread::scope(|scope| {
        let waiting = [(); 2].map(|()| scope.spawn(|| ask(&proxy)));
        let deadline = Instant::now() + Duration::from_secs(5);
        while upstream.connections() < 2 && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
        let answer = ask(&proxy);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (429, Some("busy"))
        );
        assert_eq!(answer.json()["sent"], "no");
        assert_eq!(answer.header("Retry-After"), Some("1"));
        assert_eq!(
            proxy.get("/api/status").status,
            200,
            "for others there is room"
        );
        for one in waiting {
            let code = one.join().unwrap().code();
            assert_eq!(code.as_deref(), Some("upstream-first-byte-timeout"));
        }
    });
    assert_eq!(
        ask(&proxy).code().as_deref(),
        Some("upstream-first-byte-timeout"),
        "places are given back"
    );
}

#[test]
fn clients_of_the_sandbox_take_no_place_of_the_console() {
    let limits = Limits {
        requests: 2,
        ..Limits::default()
    };
    let proxy = start(|config| config.limits = limits);
    let head = format!(
        "POST /sandbox/ HTTP/1.1\r\nHost: {}\r\nContent-Length: 10\r\n\r\n",
        proxy.address
    );
    let half_sent = || {
        let mut stream = TcpStream::connect(proxy.address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream
    };
    // Which of them gets a place that is free is nobody's choice: it may be the one that asks.
    let mut waiting = vec![half_sent(), half_sent()];
    while proxy.console("/sandbox", &request(), &[]).status != 429 {
        waiting.push(half_sent());
        assert!(waiting.len() < 500, "the sandbox has its own limit");
    }
    assert_ne!(proxy.console(PREFIX, &request(), &[]).status, 429);
    drop(waiting);
}

#[test]
fn a_large_answer_arrives_whole_and_one_cut_off_amid_is_seen_to_be() {
    let large = "x".repeat(5_000_000);
    let upstream = Upstream::answering(&large);
    let proxy = serving(&upstream.url(), Limits::default());
    let answer = ask(&proxy);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.unchunked().len(), large.len());

    let mut cut = http("200 OK", &[], &large);
    cut.truncate(3_000_000);
    let upstream = Upstream::start(cut, Then::Close);
    let proxy = serving(&upstream.url(), Limits::default());
    let answer = ask(&proxy);
    assert!(
        !answer.body.ends_with(b"0\r\n\r\n"),
        "no last chunk: the client knows that something is missing"
    );
}

#[test]
fn behind_a_development_server_only_a_proxy_that_allows_it_signs() {
    let upstream = Upstream::answering("{}");
    for allow in [false, true] {
        let proxy = start(|config| {
            config.target = signing(&upstream.url(), signature::credentials(None), true);
            if let Target::Aws(upstream) = &mut config.target {
                upstream.allow_forwarded = allow;
            }
        });
        let forwarded = ("X-Forwarded-Host", "localhost:8080");
        let host = proxy.address.to_string();
        let headers = [
            ("Host", host.as_str()),
            forwarded,
            ("X-Formsmith-Token", TOKEN),
        ];
        let status = proxy.send("GET", "/api/status", &headers, b"").json();
        let answer = proxy.reviewed(PREFIX, &request(), &[forwarded]);
        if allow {
            assert_eq!(status["targets"][0], "aws");
            assert_eq!(answer.status, 200);
        } else {
            assert_eq!(status["targets"].as_array().unwrap().len(), 0);
            assert_eq!(status.get("identity"), None);
            assert_eq!(
                (answer.status, answer.code().as_deref()),
                (403, Some("forwarded-not-allowed"))
            );
        }
        let token = proxy.console(PREFIX, &request(), &[forwarded]);
        assert_eq!(token.code().as_deref(), Some("token-missing"));
    }
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn the_sandbox_is_there_for_a_development_server_but_not_beside_credentials() {
    let forwarded = [("X-Forwarded-Host", "localhost:8080")];
    let sandbox = start(|_| {});
    assert_eq!(
        sandbox.console("/sandbox", &request(), &forwarded).code(),
        None
    );

    let upstream = Upstream::answering("{}");
    let signing = serving(&upstream.url(), Limits::default());
    for path in ["/sandbox/", "/sandbox/_state", "/sandbox"] {
        let host = signing.address.to_string();
        let answer = signing.send("POST", path, &[("Host", &host)], b"{}");
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (404, Some("not-found")),
            "{path}"
        );
    }
    assert_eq!(upstream.connections(), 0);
}
