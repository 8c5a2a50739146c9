//! Connections that break: those to the endpoint, and those of clients.

use super::faulty::{ANSWER, Faulty, read_request, reset};
use super::library::{ask, find, head, serving};
use super::running::Running;
use formsmith_proxy::Limits;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

const MOMENT: Duration = Duration::from_millis(50);

fn told(upstream: &Faulty) -> (u16, Option<String>, Option<String>) {
    let answer = ask(&serving(&upstream.url(), Limits::default()));
    assert_eq!(upstream.connections(), 1, "sent once, never again");
    let code = answer.code();
    let sent = code
        .as_ref()
        .map(|_| answer.json()["sent"].as_str().unwrap().to_owned());
    (answer.status, code, sent)
}

fn failure(code: &str) -> (u16, Option<String>, Option<String>) {
    (502, Some(code.into()), Some("unknown".into()))
}

#[test]
fn a_reset_before_the_request_is_read_leaves_the_outcome_open() {
    let upstream = Faulty::start(|stream| {
        sleep(MOMENT);
        reset(&stream);
    });
    assert_eq!(told(&upstream), failure("upstream-reset"));
}

#[test]
fn a_reset_or_an_end_after_the_request_leaves_the_outcome_open() {
    let upstream = Faulty::after_request(|stream| reset(stream));
    assert_eq!(told(&upstream), failure("upstream-reset"));
    let upstream = Faulty::after_request(|stream| stream.shutdown(Shutdown::Both).unwrap());
    assert_eq!(told(&upstream), failure("upstream-reset"));
}

#[test]
fn a_reset_amid_the_answer_is_told_from_one_before() {
    let upstream = Faulty::after_request(|stream| {
        let half = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"";
        stream.write_all(half).unwrap();
        sleep(MOMENT);
        reset(stream);
    });
    assert_eq!(told(&upstream), failure("upstream-cut-off"));
    let upstream = Faulty::after_request(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-").unwrap();
        sleep(MOMENT);
        reset(stream);
    });
    assert_eq!(told(&upstream), failure("upstream-reset"));
}

#[test]
fn a_reset_after_the_whole_answer_changes_nothing_and_the_next_request_is_sent_once() {
    let upstream = Faulty::after_request(|stream| {
        stream.write_all(ANSWER).unwrap();
        sleep(MOMENT);
        reset(stream);
    });
    let proxy = serving(&upstream.url(), Limits::default());
    for count in 1..=3 {
        assert_eq!(ask(&proxy).status, 200);
        assert_eq!(upstream.connections(), count);
        sleep(4 * MOMENT);
    }
}

#[test]
fn a_connection_kept_alive_is_used_again() {
    let upstream = Faulty::start(|mut stream| {
        while read_request(&mut stream) {
            stream.write_all(ANSWER).unwrap();
        }
    });
    let proxy = serving(&upstream.url(), Limits::default());
    for _ in 0..20 {
        assert_eq!(ask(&proxy).status, 200);
    }
    assert_eq!(upstream.connections(), 1);
}

/// A whole request of the test's model.
fn whole(proxy: &Running) -> String {
    let body = String::from_utf8(find().body).unwrap();
    format!("{}\r\n{body}", head(proxy, body.len()))
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(10), "{what}");
        sleep(Duration::from_millis(10));
    }
}

#[test]
fn clients_that_vanish_at_any_moment_harm_nobody() {
    let upstream = Faulty::after_request(|stream| {
        sleep(MOMENT);
        let _ = stream.write_all(ANSWER);
    });
    let proxy = serving(&upstream.url(), Limits::default());
    let whole = whole(&proxy);
    let half = format!("{}\r\n{{", head(&proxy, 1000));
    for bytes in ["", "P", &whole[..40], &half, &whole] {
        for is_reset in [false, true] {
            for _ in 0..20 {
                let mut stream = TcpStream::connect(proxy.address).unwrap();
                stream.write_all(bytes.as_bytes()).unwrap();
                if is_reset {
                    reset(&stream);
                }
            }
        }
    }
    let answer = ask(&proxy);
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"{}"[..]));
}

#[test]
fn a_body_that_its_client_cuts_off_is_not_sent_on() {
    let upstream = Faulty::after_request(|stream| stream.write_all(ANSWER).unwrap());
    let proxy = serving(&upstream.url(), Limits::default());
    let mut stream = TcpStream::connect(proxy.address).unwrap();
    let half = format!("{}\r\n{{\"half\":", head(&proxy, 100));
    stream.write_all(half.as_bytes()).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert!(
        answer.is_empty() || answer.contains("request-cut-off"),
        "{answer}"
    );
    assert_eq!(ask(&proxy).status, 200);
    assert_eq!(upstream.connections(), 1, "only the whole one");
}

#[test]
fn what_a_vanished_client_asked_for_is_let_go() {
    let [asked, ended] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
    let (counted, closed) = (asked.clone(), ended.clone());
    let upstream = Faulty::after_request(move |stream| {
        counted.fetch_add(1, Ordering::SeqCst);
        // Nothing more comes: this ends when the proxy closes the connection.
        let _ = stream.read(&mut [0; 10]);
        closed.fetch_add(1, Ordering::SeqCst);
    });
    let proxy = serving(&upstream.url(), Limits::default());
    let mut stream = TcpStream::connect(proxy.address).unwrap();
    stream.write_all(whole(&proxy).as_bytes()).unwrap();
    until("the request arrives", || asked.load(Ordering::SeqCst) == 1);
    assert_eq!(ended.load(Ordering::SeqCst), 0);
    reset(&stream);
    drop(stream);
    until("the connection upstream is closed", || {
        ended.load(Ordering::SeqCst) == 1
    });
}
