//! How the command ends, and starts again.

use crate::endpoint::{Endpoint, ok};
use crate::request::reviewed;
use crate::running::{Running, command, signing};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

/// AWS, which takes a second for everything but STS.
fn slow() -> Endpoint {
    Endpoint::aws(|| {
        sleep(SECOND);
        ok("{}")
    })
}

fn with_keys(command: &mut Command) -> &mut Command {
    command
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "a-secret")
}

/// A request that is on its way to the endpoint.
fn under_way(proxy: &Running, endpoint: &Endpoint) -> TcpStream {
    let before = endpoint.operations().len();
    let mut stream = proxy.connect();
    stream.write_all(reviewed(proxy).as_bytes()).unwrap();
    let started = Instant::now();
    while endpoint.operations().len() == before {
        assert!(started.elapsed() < 10 * SECOND, "it was not sent");
        sleep(SECOND / 100);
    }
    stream
}

#[test]
fn asked_to_end_it_ends_well() {
    for signal in ["-INT", "-TERM"] {
        let proxy = Running::start(&mut command(&["--listen", "127.0.0.1:0"]));
        proxy.get("/api/status");
        let (code, log) = proxy.stop(signal);
        assert_eq!(code, Some(0), "{signal}");
        let lines: Vec<_> = log.lines().collect();
        assert_eq!(lines.len(), 1, "one line a request: {log}");
        assert!(lines[0].contains(" GET - - - - 200 "), "{log}");
    }
}

#[test]
fn requests_under_way_are_answered_before_it_ends_and_no_others() {
    let endpoint = slow();
    let proxy = Running::start(with_keys(&mut signing(&endpoint.url())));
    let mut waiting = [(); 5].map(|()| under_way(&proxy, &endpoint));
    proxy.signal("-TERM");
    let started = Instant::now();
    while TcpStream::connect(&proxy.host).is_ok() {
        assert!(started.elapsed() < SECOND / 2, "it still listens");
        sleep(SECOND / 100);
    }
    for stream in &mut waiting {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.ends_with("{}"), "{answer}");
    }
    let (code, log) = proxy.ended();
    // Five were proposed, confirmed and sent.
    assert_eq!((code, log.matches(" 200 ").count()), (Some(0), 15), "{log}");
}

#[test]
fn who_asks_nothing_does_not_keep_it_from_ending() {
    let proxy = Running::start(&mut command(&["--listen", "127.0.0.1:0"]));
    let _silent = proxy.connect();
    let mut half = proxy.connect();
    half.write_all(b"GET /api/status HTTP/1.1\r\nHo").unwrap();
    let mut kept = proxy.connect();
    let request = format!("GET /api/status HTTP/1.1\r\nHost: {}\r\n\r\n", proxy.host);
    kept.write_all(request.as_bytes()).unwrap();
    assert_ne!(kept.read(&mut [0; 4096]).unwrap(), 0);
    let started = Instant::now();
    let (code, _) = proxy.stop("-TERM");
    assert_eq!(code, Some(0));
    assert!(started.elapsed() < 2 * SECOND, "{:?}", started.elapsed());
}

#[test]
fn killed_amid_requests_it_starts_again_at_the_same_address_at_once() {
    let endpoint = slow();
    let mut first = signing(&endpoint.url());
    let mut proxy = Running::start(with_keys(&mut first));
    for _ in 0..3 {
        let host = proxy.host.clone();
        let _idle = proxy.connect();
        let mut waiting = under_way(&proxy, &endpoint);
        let (code, _) = proxy.stop("-KILL");
        assert_eq!(code, None, "killed by the signal");
        let mut answer = String::new();
        let _ = waiting.read_to_string(&mut answer);
        assert_eq!(answer, "", "cut off, and nothing made up");

        let mut again = command(&["--listen", &host, "--target", "aws", "--allow-write"]);
        again.args(["--endpoint", &endpoint.url()]);
        proxy = Running::start(with_keys(&mut again));
        assert_eq!(proxy.host, host);
        let answer = proxy.send(&reviewed(&proxy));
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[test]
fn a_log_that_nobody_reads_keeps_neither_a_request_nor_the_end_waiting() {
    let proxy = Running::start(&mut command(&["--listen", "127.0.0.1:0"]));
    // A pipe holds some thousand lines.
    for _ in 0..2500 {
        assert!(proxy.get("/api/status").starts_with("HTTP/1.1 200"));
    }
    let (code, log) = proxy.stop("-TERM");
    assert_eq!(code, Some(0));
    assert!(log.lines().count() > 500);
}
