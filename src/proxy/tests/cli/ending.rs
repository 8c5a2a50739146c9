//! How the command ends, and starts again.

use crate::endpoint::{Endpoint, ok};
use crate::request::reviewed;
use crate::running::{PROXY, Running, command, isolated, signing};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

/// AWS, which takes a second for everything but STS.
fn slow() -> Endpoint {
    taking(SECOND)
}

fn taking(time: Duration) -> Endpoint {
    Endpoint::aws(move || {
        sleep(time);
        ok("{}")
    })
}

/// All that comes until the end, however it ends.
fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn until_it_listens_no_more(proxy: &Running) {
    let started = Instant::now();
    while TcpStream::connect(&proxy.host).is_ok() {
        assert!(started.elapsed() < 5 * SECOND, "it still listens");
        sleep(SECOND / 100);
    }
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
    for signal in ["-INT", "-TERM", "-HUP"] {
        let proxy = Running::start(&mut with_signals(&["--listen", "127.0.0.1:0"]));
        proxy.get("/api/status");
        let (code, log) = proxy.stop(signal);
        assert_eq!(code, Some(0), "{signal}");
        let lines: Vec<_> = log.lines().collect();
        assert_eq!(lines.len(), 1, "one line a request: {log}");
        assert!(lines[0].contains(" GET - - - - 200 "), "{log}");
    }
}

/// Where the tests themselves were started by nohup, what they start would take no hangup.
fn with_signals(arguments: &[&str]) -> Command {
    let mut started = Command::new("env");
    #[cfg(target_os = "linux")]
    started.arg("--default-signal=HUP");
    started.arg(PROXY).args(arguments);
    isolated(&mut started);
    started
}

/// As nohup starts it.
#[cfg(target_os = "linux")]
#[test]
fn started_to_outlive_its_terminal_it_does() {
    let mut started = Command::new("sh");
    started.args([
        "-c",
        "trap '' HUP; exec \"$0\" \"$@\"",
        PROXY,
        "--listen",
        "127.0.0.1:0",
    ]);
    let proxy = Running::start(isolated(&mut started));
    proxy.signal("-HUP");
    sleep(SECOND / 2);
    assert!(proxy.get("/api/status").starts_with("HTTP/1.1 200"));
    assert_eq!(proxy.stop("-TERM").0, Some(0));
}

#[test]
fn requests_under_way_are_answered_before_it_ends_and_no_others() {
    let endpoint = slow();
    let proxy = Running::start(with_keys(&mut signing(&endpoint.url())));
    let mut waiting = [(); 5].map(|()| under_way(&proxy, &endpoint));
    proxy.signal("-TERM");
    until_it_listens_no_more(&proxy);
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
fn who_has_sent_half_is_told_soon_and_nobody_who_has_sent_nothing() {
    let endpoint = taking(3 * SECOND);
    let proxy = Running::start(with_keys(&mut signing(&endpoint.url())));
    let mut waiting = under_way(&proxy, &endpoint);
    let (head, _) = reviewed(&proxy).split_once("\r\n\r\n").map(own).unwrap();
    let mut half = [
        // Nothing, half a head, half a body, and half a body that is refused in any case.
        String::new(),
        "POST /api/status HTTP/1.1\r\nHo".into(),
        format!("{head}\r\n\r\n{{"),
        "POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 9\r\n\r\n{".into(),
    ]
    .map(|bytes| {
        let mut stream = proxy.connect();
        stream.write_all(bytes.as_bytes()).unwrap();
        stream
    });
    // It has read all of that: what comes later is answered.
    assert!(proxy.get("/nothing").starts_with("HTTP/1.1 404"));
    proxy.signal("-TERM");
    let started = Instant::now();
    let answers = half.each_mut().map(rest);
    assert!(started.elapsed() < 2 * SECOND, "{:?}", started.elapsed());
    // A browser would take it for the answer of whoever listens there next.
    assert_eq!(answers[0], "", "nothing was asked");
    for answer in &answers[1..3] {
        assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
        assert!(answer.contains("x-formsmith-error: stopping"), "{answer}");
    }
    assert!(answers[3].contains("host-not-allowed"), "{}", answers[3]);
    assert!(rest(&mut waiting).starts_with("HTTP/1.1 200"));
    let (code, log) = proxy.ended();
    assert_eq!((code, log.matches(" 503 ").count()), (Some(0), 2), "{log}");
}

fn own((head, body): (&str, &str)) -> (String, String) {
    (head.to_owned(), body.to_owned())
}

#[test]
fn a_request_that_was_sent_before_the_signal_is_answered() {
    let proxy = Running::start(&mut command(&["--listen", "127.0.0.1:0"]));
    proxy.signal("-STOP");
    let request = format!("GET /api/status HTTP/1.1\r\nHost: {}\r\n\r\n", proxy.host);
    let mut sent = [(); 20].map(|()| {
        let mut stream = proxy.connect();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    });
    proxy.signal("-TERM");
    proxy.signal("-CONT");
    for stream in &mut sent {
        let answer = rest(stream);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    assert_eq!(proxy.ended().0, Some(0));
}

#[test]
fn a_second_signal_ends_it_at_once_and_it_says_what_was_cut_off() {
    for (first, second) in [("-TERM", "-TERM"), ("-INT", "-INT"), ("-TERM", "-INT")] {
        let endpoint = taking(8 * SECOND);
        let proxy = Running::start(with_keys(&mut signing(&endpoint.url())));
        let _waiting = [(); 3].map(|()| under_way(&proxy, &endpoint));
        proxy.signal(first);
        until_it_listens_no_more(&proxy);
        let started = Instant::now();
        let (code, log) = proxy.stop(second);
        assert!(started.elapsed() < 3 * SECOND, "{:?}", started.elapsed());
        assert_eq!(code, Some(1));
        assert!(log.contains(" 3 requests were cut off"), "{log}");
        assert_eq!(log.matches(" cut-off\n").count(), 3, "{log}");
    }
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
