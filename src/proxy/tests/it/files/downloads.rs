//! A file that is an answer.

use super::service::Service;
use super::{MIB, PREFIX, bytes, failure, proxy, request, told};
use crate::running::{Answer, Running, TOKEN, one};
use crate::upstream::http;
use formsmith_proxy::Limits;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

const MS: Duration = Duration::from_millis(1);
const FILE: (&str, &str) = ("X-Formsmith-Answer", "file");

fn fetch(proxy: &Running, more: &[(&str, &str)]) -> Answer {
    proxy.reviewed(PREFIX, &request("GET", "Fetch", Vec::new()), more)
}

fn head(length: usize) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {length}\r\n\r\n")
}

/// A service that says how long the file is, and sends so much of it.
fn sending(length: usize, sent: usize) -> (Service, Vec<u8>) {
    let file = bytes(length);
    let body = file.clone();
    let service = Service::start(move |visit| {
        let _ = visit.stream.write_all(head(length).as_bytes());
        let _ = visit.stream.write_all(&body[..sent]);
    });
    (service, file)
}

#[test]
fn a_file_over_the_limit_of_answers_arrives_only_where_one_is_expected() {
    let (service, file) = sending(20 * MIB, 20 * MIB);
    let proxy = proxy("over", &service.url(), Limits::default());
    let answer = fetch(&proxy, &[FILE]);
    assert_eq!((answer.status, answer.code()), (200, None));
    assert_eq!(answer.header("Content-Length"), Some("20971520"));
    assert_eq!(answer.header("Content-Type"), Some("image/png"));
    assert_eq!(answer.header("Transfer-Encoding"), None);
    assert!(answer.body == file, "{} bytes", answer.body.len());
    let expected = failure(502, "upstream-too-large", "unknown");
    assert_eq!(told(&fetch(&proxy, &[])), expected);
}

#[test]
fn a_small_file_and_one_of_unknown_length_arrive_too() {
    let service = Service::answering(http("200 OK", &[], "file"));
    let small = proxy("small-answer", &service.url(), Limits::default());
    let answer = fetch(&small, &[FILE]);
    assert_eq!(answer.header("Content-Length"), Some("4"));
    assert_eq!(answer.body, b"file");

    let file = Arc::new(bytes(17 * MIB));
    let sent = file.clone();
    let service = Service::start(move |visit| {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let _ = visit.stream.write_all(head);
        for part in sent.chunks(MIB) {
            let _ = write!(visit.stream, "{:x}\r\n", part.len());
            let _ = visit.stream.write_all(part);
            let _ = visit.stream.write_all(b"\r\n");
        }
        let _ = visit.stream.write_all(b"0\r\n\r\n");
    });
    let proxy = proxy("unknown-length", &service.url(), Limits::default());
    let answer = fetch(&proxy, &[FILE]);
    assert_eq!(answer.header("Content-Length"), None);
    assert!(answer.unchunked() == *file);
}

#[test]
fn a_file_that_breaks_off_is_seen_to_be_a_part() {
    let (service, file) = sending(20 * MIB, 7 * MIB);
    let proxy = proxy("part", &service.url(), Limits::default());
    let answer = fetch(&proxy, &[FILE]);
    assert_eq!(answer.header("Content-Length"), Some("20971520"));
    assert!(answer.body.len() <= 7 * MIB);
    assert!(file.starts_with(&answer.body));
}

#[test]
fn a_file_may_take_its_time_and_not_stop() {
    let service = Service::start(|visit| {
        let _ = visit.stream.write_all(head(20 * MIB).as_bytes());
        for part in bytes(5 * MIB).chunks(MIB / 4) {
            let _ = visit.stream.write_all(part);
            sleep(50 * MS);
        }
        sleep(Duration::from_secs(3));
    });
    let short = Limits {
        total: 500 * MS,
        file_part: 400 * MS,
        ..Limits::default()
    };
    let slow = proxy("time", &service.url(), short);
    let answer = fetch(&slow, &[FILE]);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body.len(), 5 * MIB, "it stopped, and so it ended");

    let service = Service::start(|visit| {
        let _ = visit.stream.write_all(head(20).as_bytes());
        let _ = visit.stream.write_all(b"x");
        sleep(Duration::from_secs(3));
    });
    let proxy = proxy("stops", &service.url(), short);
    let answer = fetch(&proxy, &[FILE]);
    let expected = failure(504, "upstream-total-timeout", "unknown");
    assert_eq!(told(&answer), expected);
}

#[test]
fn an_error_is_no_file() {
    let large = "x".repeat(17 * MIB);
    let service = Service::answering(http("404 Not Found", &[], &large));
    let proxy = proxy("error", &service.url(), Limits::default());
    let expected = failure(502, "upstream-too-large", "unknown");
    assert_eq!(told(&fetch(&proxy, &[FILE])), expected);
}

/// Asks for a file and reads no more than the head of the answer.
fn begin(proxy: &Running) -> TcpStream {
    let sent = request("GET", "Fetch", Vec::new());
    let id = proxy.agree(&one(PREFIX, &sent)).unwrap();
    let mut stream = TcpStream::connect(proxy.address).unwrap();
    let head = format!(
        "GET {PREFIX}/a/b HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {TOKEN}\r\n\
         X-Formsmith-Consent: {id}\r\nX-Formsmith-Operation: Fetch\r\n\
         Content-Type: image/png\r\nX-Formsmith-Answer: file\r\n\r\n",
        proxy.address
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    stream
}

#[test]
fn a_client_that_takes_nothing_keeps_the_service_waiting_and_is_ended() {
    let written = Arc::new(AtomicUsize::new(0));
    let counted = written.clone();
    let service = Service::start(move |visit| {
        let _ = visit.stream.write_all(head(500 * MIB).as_bytes());
        let part = bytes(MIB);
        while visit.stream.write_all(&part).is_ok() {
            counted.fetch_add(part.len(), Ordering::SeqCst);
        }
    });
    let short = Limits {
        total: 1500 * MS,
        requests: 1,
        ..Limits::default()
    };
    let proxy = proxy("takes-none", &service.url(), short);
    let client = begin(&proxy);
    sleep(700 * MS);
    let before = written.load(Ordering::SeqCst);
    assert!(before < 64 * MIB, "{before} bytes found room");
    // It has a place as long as it goes on.
    let others = proxy.reviewed(PREFIX, &request("GET", "Fetch", Vec::new()), &[FILE]);
    assert_eq!(others.code().as_deref(), Some("busy"));
    assert_eq!(service.got(1).len(), 1, "its connection has ended");
    drop(client);
    drop(begin(&proxy));
}
