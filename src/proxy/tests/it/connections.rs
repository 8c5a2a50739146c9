//! Connections that ask nothing, or too much, and those beside them.

use super::faulty::{ANSWER, Faulty};
use super::library::{ask, find, head, serving};
use super::running::{Running, read, start};
use formsmith_proxy::Limits;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

fn connect(proxy: &Running, bytes: &str) -> TcpStream {
    let mut stream = TcpStream::connect(proxy.address).unwrap();
    stream.write_all(bytes.as_bytes()).unwrap();
    stream.set_read_timeout(Some(10 * SECOND)).unwrap();
    stream
}

/// Has the proxy closed this connection?
fn is_closed(stream: &mut TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let read = stream.read(&mut [0; 100]);
    stream.set_nonblocking(false).unwrap();
    !matches!(read, Err(error) if error.kind() == ErrorKind::WouldBlock)
}

fn status_request(proxy: &Running) -> String {
    format!(
        "GET /api/status HTTP/1.1\r\nHost: {}\r\n\r\n",
        proxy.address
    )
}

/// The head of the next answer, on a connection that stays open.
fn next_answer(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; 4096];
    let count = stream.read(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes[..count]).into_owned()
}

#[test]
fn a_crowd_that_asks_nothing_pushes_out_its_own_oldest_and_nobody_else() {
    let (release, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let upstream = Faulty::after_request(move |stream| {
        let _ = wait.lock().unwrap().recv();
        stream.write_all(ANSWER).unwrap();
    });
    let proxy = serving(&upstream.url(), Limits::default());
    // One that asks after it has waited a while, and one that asks at once.
    let mut late = connect(&proxy, "");
    let mut crowd: Vec<_> = (0..40).map(|_| connect(&proxy, "")).collect();
    let body = find().body;
    let whole = head(&proxy, body.len()) + "Connection: close\r\n\r\n";
    late.write_all(&[whole.as_bytes(), &body].concat()).unwrap();
    std::thread::scope(|scope| {
        let under_way = scope.spawn(|| ask(&proxy));
        while upstream.connections() < 2 {
            sleep(SECOND / 100);
        }
        for _ in 0..100 {
            crowd.push(connect(&proxy, "POST /api/"));
        }
        for _ in 0..10 {
            assert_eq!(proxy.get("/api/status").status, 200);
        }
        release.send(()).unwrap();
        release.send(()).unwrap();
        assert_eq!(under_way.join().unwrap().status, 200, "never pushed out");
        let mut bytes = Vec::new();
        late.read_to_end(&mut bytes).unwrap();
        assert_eq!(read(&bytes).status, 200, "never pushed out");
    });
    let closed: Vec<_> = crowd.iter_mut().map(is_closed).collect();
    let count = closed.iter().filter(|closed| **closed).count();
    // How many, depends on how soon the status was answered each time, which needs a place, too.
    assert!((40..=80).contains(&count), "{count} of 140 closed");
    // Those that came at nearly the same time may have changed places.
    let newest = closed.iter().rposition(|closed| *closed).unwrap();
    assert!(newest < count + 16, "the oldest: {closed:?}");
}

#[test]
fn what_is_used_again_is_not_the_oldest() {
    let proxy = start(|_| {});
    let mut first = connect(&proxy, "");
    for _ in 0..3 {
        let _crowd: Vec<_> = (0..60).map(|_| connect(&proxy, "")).collect();
        first.write_all(status_request(&proxy).as_bytes()).unwrap();
        let answer = next_answer(&mut first);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[test]
fn half_a_head_ends_at_the_limit_for_headers_however_it_drips() {
    let short = Limits {
        headers: Duration::from_millis(400),
        ..Limits::default()
    };
    let proxy = start(|config| config.limits = short);
    let started = Instant::now();
    let mut silent = connect(&proxy, "GET /api/status HTTP/1.1\r\nHos");
    let mut dripping = connect(&proxy, "GET /api/status HTTP/1.1\r\nX: ");
    while dripping.write_all(b"x").is_ok() {
        sleep(Duration::from_millis(20));
        assert!(started.elapsed() < 5 * SECOND, "it goes on and on");
    }
    let mut rest = Vec::new();
    let _ = silent.read_to_end(&mut rest);
    assert!(started.elapsed() < 5 * SECOND);
    assert_eq!(read(&rest).code().as_deref(), Some("request-timeout"));
}

#[test]
fn half_a_body_ends_at_the_limit_for_bodies_and_is_told_so() {
    let upstream = Faulty::after_request(|stream| stream.write_all(ANSWER).unwrap());
    let short = Limits {
        body: Duration::from_millis(400),
        ..Limits::default()
    };
    let proxy = serving(&upstream.url(), short);
    let mut half = connect(&proxy, &format!("{}\r\n{{", head(&proxy, 100)));
    assert_eq!(proxy.get("/nothing").status, 404, "others meanwhile");
    let mut bytes = Vec::new();
    half.read_to_end(&mut bytes).unwrap();
    let answer = read(&bytes);
    assert_eq!(
        (answer.status, answer.code().as_deref()),
        (408, Some("request-timeout"))
    );
    assert_eq!(answer.json()["sent"], "no");
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn a_body_that_drips_within_its_limit_is_taken() {
    let bodies = Arc::new(Mutex::new(0));
    let counted = bodies.clone();
    let upstream = Faulty::after_request(move |stream| {
        *counted.lock().unwrap() += 1;
        stream.write_all(ANSWER).unwrap();
    });
    let proxy = serving(&upstream.url(), Limits::default());
    let body = find().body;
    let head = head(&proxy, body.len()) + "Connection: close\r\n\r\n";
    let mut stream = connect(&proxy, &head);
    for byte in &body {
        sleep(SECOND / 20);
        stream.write_all(&[*byte]).unwrap();
    }
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    assert_eq!(read(&bytes).status, 200);
    assert_eq!(*bodies.lock().unwrap(), 1);
}

#[test]
fn several_requests_on_one_connection_are_answered_in_turn() {
    let proxy = start(|_| {});
    let mut stream = connect(&proxy, &status_request(&proxy).repeat(3));
    let mut seen = String::new();
    while seen.matches("HTTP/1.1 200").count() < 3 {
        seen += &next_answer(&mut stream);
    }
    stream.write_all(status_request(&proxy).as_bytes()).unwrap();
    assert!(next_answer(&mut stream).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_head_over_the_limits_is_told_which() {
    let proxy = start(|_| {});
    let host = proxy.address.to_string();
    let value = "x".repeat(1000);
    let with = |count: usize, value: &str| {
        let headers: String = (0..count)
            .map(|at| format!("X-{at}: {value}\r\n"))
            .collect();
        format!("GET /api/status HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n")
    };
    let path = |length: usize| {
        format!(
            "GET /{} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
            "x".repeat(length - 1)
        )
    };
    for (request, expected) in [
        (with(62, "x"), 200),
        (with(63, "x"), 431),
        (with(300, "x"), 431),
        (with(15, &value), 200),
        (with(17, &value), 431),
        (with(50, &value), 431),
        (path(8192), 404),
        (path(8193), 431),
        (path(30_000), 431),
    ] {
        let answer = proxy.send_bytes(request.as_bytes());
        assert_eq!(answer.status, expected, "{}", &request[..60]);
        if expected == 431 {
            assert_eq!(answer.code().as_deref(), Some("headers-too-large"));
        }
    }
    assert_eq!(proxy.get("/api/status").status, 200);
}

#[test]
fn a_client_that_writes_everything_before_it_reads_hears_why_it_is_refused() {
    let upstream = Faulty::after_request(|stream| stream.write_all(ANSWER).unwrap());
    let proxy = serving(&upstream.url(), Limits::default());
    let host = proxy.address.to_string();
    let body = vec![b'x'; 12 * 1024 * 1024];
    let path = "/api/library/us-east-1/find";
    let typed = ("Content-Type", "application/json");
    let token = ("X-Formsmith-Token", super::running::TOKEN);
    let lost = "/api/library/us-east-1/lose";
    let wrong = ("X-Formsmith-Token", "wrong");
    let own = ("Host", host.as_str());
    for (path, headers, code) in [
        (path, &[("Host", "evil.example")][..], "host-not-allowed"),
        (path, &[own, typed], "token-missing"),
        (path, &[own, typed, wrong], "token-wrong"),
        (lost, &[own, typed, token], "operation-not-allowed"),
        (path, &[own, typed, token], "request-too-large"),
    ] {
        let answer = proxy.send("POST", path, headers, &body);
        assert_eq!(answer.code().as_deref(), Some(code));
    }
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn a_refused_client_that_promises_a_body_and_sends_none_is_not_waited_for() {
    let proxy = start(|_| {});
    let started = Instant::now();
    let mut stream = connect(
        &proxy,
        "POST /api/status HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100000\r\n\r\nx",
    );
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    assert_eq!(read(&bytes).code().as_deref(), Some("host-not-allowed"));
    assert!(started.elapsed() < 3 * SECOND);
}

/// What only says that it is too large is refused for that, and not once it is late.
#[test]
fn a_body_that_is_announced_as_too_large_is_not_waited_for() {
    let upstream = Faulty::after_request(|stream| stream.write_all(ANSWER).unwrap());
    let proxy = serving(&upstream.url(), Limits::default());
    for length in [1_u64 << 40, i64::MAX as u64] {
        let started = Instant::now();
        let head = format!(
            "POST /api/library/us-east-1/find HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{{",
            proxy.address,
            super::running::TOKEN
        );
        let mut stream = connect(&proxy, &head);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let answer = read(&bytes);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (413, Some("request-too-large"))
        );
        assert!(started.elapsed() < 3 * SECOND);
    }
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn what_can_not_be_read_is_refused_with_a_code() {
    let proxy = start(|_| {});
    let long = "x".repeat(300_000);
    for (bytes, status, code) in [
        ("GET / SPDY/3\r\n\r\n".to_owned(), 400, "request-malformed"),
        ("nonsense\r\n\r\n".into(), 400, "request-malformed"),
        ("\u{16}\u{3}\u{1}\u{2}".into(), 400, "request-malformed"),
        (
            format!("GET / HTTP/1.1\r\nX: {long}\r\n\r\n"),
            431,
            "headers-too-large",
        ),
        (
            format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(600)),
            431,
            "headers-too-large",
        ),
    ] {
        let answer = proxy.send_bytes(bytes.as_bytes());
        let begin: String = bytes.chars().take(20).collect();
        assert_eq!(answer.status, status, "{begin:?}");
        assert_eq!(answer.code().as_deref(), Some(code), "{begin:?}");
        assert_eq!(answer.header("Connection"), Some("close"), "{begin:?}");
    }
}

/// Above a limit of connections, too, whoever is sent away hears why.
#[test]
fn who_is_sent_away_before_it_has_asked_is_told_and_who_is_idle_is_just_closed() {
    let few = Limits {
        waiting: 4,
        ..Limits::default()
    };
    let proxy = start(|config| config.limits = few);
    let mut idle = connect(&proxy, &status_request(&proxy));
    assert!(next_answer(&mut idle).starts_with("HTTP/1.1 200"));
    let mut fresh = connect(&proxy, "");
    let mut half = connect(&proxy, "GET /api/status HT");
    let _crowd: Vec<_> = (0..8).map(|_| connect(&proxy, "")).collect();
    for stream in [&mut fresh, &mut half] {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let answer = read(&bytes);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (503, Some("too-many-connections"))
        );
        assert_eq!(answer.json()["sent"], "no");
        assert_eq!(answer.header("Retry-After"), Some("1"));
        assert_eq!(answer.header("Connection"), Some("close"));
    }
    assert_eq!(idle.read(&mut [0; 10]).unwrap(), 0);
}
