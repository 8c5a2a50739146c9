//! What an answer's head says to operations of a folder of models, on its way to the page.

use super::models::{proxy, service, write};
use super::places::ask;
use super::running::{Answer, Running};
use super::upstream::{Then, Upstream};
use serde_json::json;
use std::path::{Path, PathBuf};

const ROOM: &str = "/api/room/us-east-1";

/// A service whose operations differ in what their output binds.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(["answers-", name].concat());
    let operation = |method: &str, output: &str| {
        json!({
            "name": "",
            "http": { "method": method, "requestUri": format!("/{output}") },
            "output": { "shape": output },
        })
    };
    let room = service(
        json!({ "protocol": "rest-xml", "endpointPrefix": "room", "apiVersion": "2020-01-01" }),
        json!({
            "Look": operation("HEAD", "Thing"),
            "Fetch": operation("GET", "Thing"),
            "Count": operation("GET", "Other"),
        }),
        json!({
            "Text": { "type": "string" },
            "Size": { "type": "long" },
            "Thing": { "type": "structure", "members": {
                "Kept": { "shape": "Text", "location": "header", "locationName": "Cache-Control" },
                "Place": { "shape": "Text", "location": "header", "locationName": "Location" },
                "Packed": { "shape": "Text", "location": "header", "locationName": "Content-Encoding" },
                "Size": { "shape": "Size", "location": "header", "locationName": "Content-Length" },
                "Type": { "shape": "Text", "location": "header", "locationName": "Content-Type" },
                "Tag": { "shape": "Text", "location": "header", "locationName": "x-room-tag" },
            } },
            "Other": { "type": "structure", "members": {
                "Kind": { "shape": "Text", "location": "header", "locationName": "x-room-kind" },
            } },
        }),
    );
    write(&folder, [("room", room)]);
    folder
}

fn asked(proxy: &Running, method: &str, operation: &str, path: &str) -> Answer {
    proxy.reviewed(ROOM, &ask(method, path, operation), &[])
}

fn answering(head: &str, body: &[u8]) -> Upstream {
    let mut answer = format!("HTTP/1.1 {head}\r\n\r\n").into_bytes();
    answer.extend(body);
    Upstream::start(answer, Then::Close)
}

#[test]
fn a_length_that_the_output_has_is_that_of_what_was_only_looked_at() {
    let upstream = answering("200 OK\r\nContent-Length: 1234567", b"");
    let proxy = proxy(&upstream, &folder("look"), true);
    let answer = asked(&proxy, "HEAD", "Look", "/Thing");
    assert_eq!(
        (answer.status, answer.header("Content-Length")),
        (200, Some("1234567"))
    );
}

#[test]
fn the_length_of_a_long_answer_is_known_before_it_is_there() {
    let body = vec![b'x'; 3_000_000];
    let upstream = answering("200 OK\r\nContent-Length: 3000000", &body);
    let proxy = proxy(&upstream, &folder("long"), true);
    let answer = asked(&proxy, "GET", "Fetch", "/Thing");
    assert_eq!(answer.header("Content-Length"), Some("3000000"));
    assert!(answer.body == body);
    let other = asked(&proxy, "GET", "Count", "/Other");
    assert_eq!(other.header("Content-Length"), None);
    assert!(other.unchunked() == body);
}

#[test]
fn a_header_arrives_as_often_as_it_was_sent() {
    let head = "200 OK\r\nContent-Type: text/plain\r\nx-room-tag: a\r\nx-room-tag: b\r\n\
                Content-Length: 0";
    let upstream = answering(head, b"");
    let proxy = proxy(&upstream, &folder("often"), true);
    let answer = asked(&proxy, "GET", "Fetch", "/Thing");
    let values = |name: &str| -> Vec<&str> {
        let headers = answer.headers.iter();
        let its = headers.filter(|(own, _)| own.eq_ignore_ascii_case(name));
        its.map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(values("Content-Type"), ["text/plain"]);
    assert_eq!(values("x-room-tag"), ["a", "b"]);
}

#[test]
fn the_error_that_a_service_had_a_name_for_in_its_former_protocol_keeps_it() {
    let head = "400 Bad Request\r\nx-amzn-query-error: Room.Gone;Sender\r\nContent-Length: 0";
    let upstream = answering(head, b"");
    let proxy = proxy(&upstream, &folder("error"), true);
    let answer = asked(&proxy, "GET", "Count", "/Other");
    assert_eq!(
        answer.header("x-amzn-query-error"),
        Some("Room.Gone;Sender")
    );
}

#[test]
fn what_an_output_has_and_a_browser_would_heed_arrives_under_another_name() {
    let head = "200 OK\r\nCache-Control: max-age=5\r\nLocation: /b\r\nContent-Length: 0";
    let upstream = answering(head, b"");
    let proxy = proxy(&upstream, &folder("browser"), true);
    for (operation, path, kept, place) in [
        ("Fetch", "/Thing", Some("max-age=5"), Some("/b")),
        ("Count", "/Other", None, None),
    ] {
        let answer = asked(&proxy, "GET", operation, path);
        assert_eq!(
            [
                answer.header("X-Formsmith-Answered-Cache-Control"),
                answer.header("X-Formsmith-Answered-Location"),
            ],
            [kept, place]
        );
        // The browser is told what the proxy says.
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
        assert_eq!(answer.header("Location"), None);
    }
}

#[test]
fn an_encoding_that_the_output_has_leaves_the_body_as_it_is() {
    // No gzip: whoever unpacks it fails.
    let head = "200 OK\r\nContent-Encoding: aws-chunked,gzip\r\nContent-Length: 3";
    let upstream = answering(head, b"\x1f\x8bx");
    let proxy = proxy(&upstream, &folder("encoding"), true);
    let answer = asked(&proxy, "GET", "Fetch", "/Thing");
    assert_eq!(
        (
            answer.status,
            answer.header("X-Formsmith-Answered-Content-Encoding")
        ),
        (200, Some("aws-chunked,gzip"))
    );
    assert_eq!(answer.header("Content-Encoding"), None);
    assert_eq!(answer.body, b"\x1f\x8bx");
    let garbled = Some("upstream-garbled".to_owned());
    let unbound = asked(&proxy, "GET", "Count", "/Other");
    assert_eq!(unbound.code(), garbled);
    // It says nothing of an object, and the page couldn't read it.
    let head = "403 Forbidden\r\nContent-Encoding: gzip\r\nContent-Length: 3";
    let refusing = answering(head, b"\x1f\x8bx");
    let proxy = super::models::proxy(&refusing, &folder("encoding"), true);
    assert_eq!(asked(&proxy, "GET", "Fetch", "/Thing").code(), garbled);
}

#[test]
fn an_endpoint_can_not_say_of_itself_what_the_proxy_says() {
    let head = "200 OK\r\nX-Formsmith-Answered-Content-Encoding: gzip\r\nContent-Length: 0";
    let upstream = answering(head, b"");
    let proxy = proxy(&upstream, &folder("forged"), true);
    let answer = asked(&proxy, "GET", "Fetch", "/Thing");
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("X-Formsmith-Answered-Content-Encoding"), None);
}
