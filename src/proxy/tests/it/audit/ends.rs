//! How a request ended is told as it was.

use super::disk::Disk;
use super::{LONG, MS, serving, write};
use crate::faulty::{Faulty, read_request};
use crate::library::{ask, head};
use crate::running::Running;
use crate::upstream::{ARN, Then, Upstream, http};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::sleep;

/// More than is held back until it is whole.
const LARGE: usize = 3 * 1024 * 1024;
/// More than the system takes in for a client that does not read, and not too large.
const HUGE: usize = 15 * 1024 * 1024;

/// The one outcome of a proxy in front of this endpoint, when a client does this.
fn outcome(endpoint: &str, client: impl FnOnce(&Running)) -> Value {
    let disk = Disk::default();
    let proxy = serving(endpoint, disk.audit(LONG));
    client(&proxy);
    let mut lines = disk.wait_for("outcome", 1);
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.remove(0)
}

/// An answer with so much of a body of this length as is said, after which nothing comes.
fn large(whole: usize, part: usize) -> Faulty {
    Faulty::start(move |mut stream| {
        read_request(&mut stream);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {whole}\r\n\r\n");
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(&vec![b'x'; part]);
    })
}

fn told(line: &Value) -> [&Value; 3] {
    [&line["status"], &line["outcome"], &line["code"]]
}

#[test]
fn a_line_tells_one_key_from_another_also_where_sts_was_not_asked() {
    let line = outcome(&Upstream::answering("{}").url(), |proxy| {
        assert_eq!(ask(proxy).status, 200);
    });
    // Of the key's SHA-256: `printf AKIDEXAMPLE | sha256sum`.
    assert_eq!(line["identity"], "unknown-7a898e50");
    assert_eq!([&line["account"], &line["arn"]], [&Value::Null; 2]);
}

#[test]
fn an_answer_that_streams_is_told_by_its_end() {
    let line = outcome(&large(LARGE, LARGE).url(), |proxy| {
        assert_eq!(ask(proxy).unchunked().len(), LARGE);
    });
    assert_eq!(told(&line), [&json!(200), &json!("answered"), &Value::Null]);

    let line = outcome(&large(LARGE, LARGE / 2).url(), |proxy| {
        let answer = ask(proxy);
        assert_eq!(answer.status, 200, "it had begun");
        assert!(!answer.body.ends_with(b"0\r\n\r\n"), "and has no end");
    });
    let cut_off = [&json!(200), &json!("cut-off"), &json!("upstream-cut-off")];
    assert_eq!(told(&line), cut_off);
}

#[test]
fn a_client_that_goes_in_the_middle_of_a_stream_is_told() {
    let line = outcome(&large(HUGE, HUGE).url(), |proxy| {
        let mut stream = TcpStream::connect(proxy.address).unwrap();
        let request = format!("{}\r\n{{}}", head(proxy, 2));
        stream.write_all(request.as_bytes()).unwrap();
        let _ = stream.read(&mut [0; 1000]).unwrap();
    });
    assert_eq!(
        told(&line),
        [&json!(200), &json!("client-gone"), &Value::Null]
    );
}

#[test]
fn a_client_that_goes_before_the_answer_is_told() {
    let slow = Faulty::after_request(|_| sleep(2000 * MS));
    let line = outcome(&slow.url(), |proxy| {
        let mut stream = TcpStream::connect(proxy.address).unwrap();
        let request = format!("{}\r\n{{}}", head(proxy, 2));
        stream.write_all(request.as_bytes()).unwrap();
        sleep(200 * MS);
    });
    assert_eq!(
        told(&line),
        [&Value::Null, &json!("client-gone"), &Value::Null]
    );
}

#[test]
fn what_was_not_answered_is_told_by_its_code_and_whether_that_is_known() {
    let short = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".as_slice();
    for (bytes, word, code) in [
        (b"".as_slice(), "unknown", "upstream-reset"),
        (b"SSH-2.0\r\n\r\n", "unknown", "upstream-garbled"),
        (short, "cut-off", "upstream-cut-off"),
    ] {
        let upstream = Upstream::start(bytes, Then::Close);
        let line = outcome(&upstream.url(), |proxy| drop(write(proxy)));
        assert_eq!(told(&line), [&json!(502), &json!(word), &json!(code)]);
    }
    let upstream = Upstream::answering("{}");
    let line = outcome(&upstream.url(), |proxy| drop(proxy.get("/api/library/")));
    assert_eq!(
        told(&line),
        [&json!(403), &json!("refused"), &json!("token-missing")]
    );
    assert_eq!(line.get("account"), None);
}

#[test]
fn the_service_s_own_identifier_is_noted_if_it_is_one() {
    for (name, value, noted) in [
        ("x-amzn-RequestId", "3b1c9d2e-0f4a", json!("3b1c9d2e-0f4a")),
        (
            "x-amz-request-id",
            "TX00000000000000",
            json!("TX00000000000000"),
        ),
        (
            "x-amzn-RequestId",
            "\",\"status\":200,\"x\":\"",
            Value::Null,
        ),
        ("x-amzn-RequestId", "two words", Value::Null),
        ("x-amzn-RequestId", &"x".repeat(200), Value::Null),
    ] {
        let answer = http("400 Bad Request", &[(name, value)], "{}");
        let upstream = Upstream::start(answer, Then::Close);
        let line = outcome(&upstream.url(), |proxy| drop(write(proxy)));
        assert_eq!(line["awsRequestId"], noted, "{line}");
        assert_eq!([&line["status"], &line["arn"]], [&json!(400), &json!(ARN)]);
    }
}
