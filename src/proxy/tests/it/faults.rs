//! Endpoints that answer wrongly, slowly or not at all, each told apart.

use super::faulty::{ANSWER, Faulty, drip};
use super::library::{ask, serving};
use super::running::{Answer, Running};
use super::upstream::{Then, Upstream};
use formsmith_proxy::Limits;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::sleep;
use std::time::{Duration, Instant};

const MS: Duration = Duration::from_millis(1);

fn limits() -> Limits {
    Limits {
        connect: 2000 * MS,
        first_byte: 300 * MS,
        total: 600 * MS,
        answer_bytes: 1000,
        ..Limits::default()
    }
}

/// Status, code, and whether the request may have been carried out.
fn told(answer: &Answer) -> (u16, String, String) {
    let code = answer.code().expect("an error of the proxy's own");
    let sent = answer.json()["sent"].as_str().unwrap().to_owned();
    (answer.status, code, sent)
}

fn failure(status: u16, code: &str, sent: &str) -> (u16, String, String) {
    (status, code.into(), sent.into())
}

fn outcome(upstream: &Upstream) -> (u16, String, String) {
    let answer = ask(&serving(&upstream.url(), limits()));
    assert_eq!(upstream.connections(), 1, "sent once, never again");
    told(&answer)
}

#[test]
fn an_endpoint_that_nobody_listens_at_is_unreachable() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let answer = ask(&serving(&format!("http://{free}"), limits()));
    assert_eq!(told(&answer), failure(502, "upstream-unreachable", "no"));
}

#[test]
fn a_name_without_an_address_is_told_as_such() {
    let patient = Limits {
        connect: Duration::from_secs(15),
        total: Duration::from_secs(15),
        ..limits()
    };
    let answer = ask(&serving("https://endpoint.invalid", patient));
    assert_eq!(told(&answer), failure(502, "upstream-dns", "no"));
    let message = answer.json()["message"].to_string();
    assert!(message.contains("endpoint.invalid"), "{message}");
}

#[test]
fn an_endpoint_without_tls_is_not_spoken_to() {
    let upstream = Upstream::answering("{}");
    let answer = ask(&serving(&format!("https://{}", upstream.address), limits()));
    assert_eq!(told(&answer), failure(502, "upstream-tls", "no"));
    assert!(upstream.received().is_empty());
}

#[test]
fn a_tls_handshake_that_never_ends_is_given_up_before_anything_is_sent() {
    let upstream = Faulty::start(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        sleep(Duration::from_secs(5));
    });
    let short = Limits {
        connect: 300 * MS,
        ..Limits::default()
    };
    let started = Instant::now();
    let answer = ask(&serving(&format!("https://{}", upstream.address), short));
    assert_eq!(
        told(&answer),
        failure(504, "upstream-connect-timeout", "no")
    );
    assert!(started.elapsed() < Duration::from_secs(4));
}

#[test]
fn an_endpoint_that_says_nothing_is_given_up_at_the_limit_for_the_first_byte() {
    let silent = Upstream::start("", Then::Hang);
    // The endpoint is reached at once: what is left is the wait for the first byte.
    let short = Limits {
        connect: 100 * MS,
        ..limits()
    };
    let answer = ask(&serving(&silent.url(), short));
    let expected = failure(504, "upstream-first-byte-timeout", "unknown");
    assert_eq!(told(&answer), expected);
    let message = answer.json()["message"].to_string();
    assert!(message.contains("0.3 seconds"), "{message}");
}

#[test]
fn half_a_head_that_goes_no_further_is_no_answer() {
    for head in ["HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 2", "H"] {
        let upstream = Upstream::start(head, Then::Hang);
        let (status, _, sent) = outcome(&upstream);
        assert_eq!((status, sent.as_str()), (504, "unknown"), "{head}");
    }
}

#[test]
fn a_head_cut_off_in_the_middle_leaves_the_outcome_open() {
    for head in ["HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 2", "H"] {
        let upstream = Upstream::start(head, Then::Close);
        let expected = failure(502, "upstream-reset", "unknown");
        assert_eq!(outcome(&upstream), expected, "{head}");
    }
}

#[test]
fn a_body_that_stops_arriving_times_out() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"";
    let upstream = Upstream::start(head, Then::Hang);
    let expected = failure(504, "upstream-total-timeout", "unknown");
    assert_eq!(outcome(&upstream), expected);
}

#[test]
fn a_body_that_drips_is_waited_for_within_the_limit_and_not_beyond() {
    let quick = Faulty::after_request(|stream| drip(stream, ANSWER, MS));
    let patient = Limits {
        first_byte: Duration::from_secs(10),
        total: Duration::from_secs(10),
        ..limits()
    };
    let answer = ask(&serving(&quick.url(), patient));
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"{}"[..]));

    let slow = Faulty::after_request(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        drip(stream, &[b' '; 1000], 50 * MS);
    });
    let started = Instant::now();
    let answer = ask(&serving(&slow.url(), limits()));
    let expected = failure(504, "upstream-total-timeout", "unknown");
    assert_eq!(told(&answer), expected);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn an_answer_that_takes_its_time_is_an_answer() {
    let upstream = Faulty::after_request(|stream| {
        sleep(700 * MS);
        stream.write_all(ANSWER).unwrap();
    });
    let answer = ask(&serving(&upstream.url(), Limits::default()));
    assert_eq!((answer.status, upstream.connections()), (200, 1));
}

#[test]
fn a_slow_endpoint_keeps_nobody_waiting_who_asks_for_something_else() {
    let upstream = Faulty::after_request(|stream| {
        sleep(Duration::from_secs(3));
        let _ = stream.write_all(ANSWER);
    });
    let proxy = serving(&upstream.url(), Limits::default());
    std::thread::scope(|scope| {
        let slow: Vec<_> = (0..8).map(|_| scope.spawn(|| ask(&proxy).status)).collect();
        while upstream.connections() < 8 {
            sleep(10 * MS);
        }
        let started = Instant::now();
        assert_eq!(proxy.get("/nothing").status, 404);
        assert!(started.elapsed() < Duration::from_secs(2));
        for slow in slow {
            assert_eq!(slow.join().unwrap(), 200);
        }
    });
}

#[test]
fn a_cut_off_answer_is_told_from_no_answer() {
    for body in [
        "Content-Length: 10\r\n\r\n{\"a\"",
        "Transfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n",
    ] {
        let upstream = Upstream::start(format!("HTTP/1.1 200 OK\r\n{body}"), Then::Close);
        let answer = ask(&serving(&upstream.url(), limits()));
        let expected = failure(502, "upstream-cut-off", "unknown");
        assert_eq!(told(&answer), expected);
        let message = answer.json()["message"].to_string();
        assert!(message.contains("HTTP 200"), "{message}");
        assert_eq!(upstream.connections(), 1);
    }
}

#[test]
fn an_answer_over_the_limit_is_refused() {
    let long = "x".repeat(1001);
    for head in [
        format!("Content-Length: 1001\r\n\r\n{long}"),
        format!("Transfer-Encoding: chunked\r\n\r\n3e9\r\n{long}\r\n0\r\n\r\n"),
    ] {
        let upstream = Upstream::start(format!("HTTP/1.1 200 OK\r\n{head}"), Then::Close);
        let expected = failure(502, "upstream-too-large", "unknown");
        assert_eq!(outcome(&upstream), expected);
    }
    let fits = Upstream::answering(&"x".repeat(1000));
    let proxy: Running = serving(&fits.url(), limits());
    assert_eq!(ask(&proxy).body.len(), 1000);
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Upstream::answering("{}");
    for status in [
        "301 Moved",
        "302 Found",
        "307 Temporary",
        "308 Permanent",
        "304 Not Modified",
    ] {
        let answer = format!(
            "HTTP/1.1 {status}\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n",
            elsewhere.url()
        );
        let upstream = Upstream::start(answer, Then::Close);
        let expected = failure(502, "upstream-redirect", "unknown");
        assert_eq!(outcome(&upstream), expected, "{status}");
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn a_redirect_to_another_region_names_it() {
    let told = |region: &str| {
        let answer = format!(
            "HTTP/1.1 301 Moved\r\nx-amz-bucket-region: {region}\r\nContent-Length: 0\r\n\r\n"
        );
        let upstream = Upstream::start(answer, Then::Close);
        ask(&serving(&upstream.url(), limits())).json()["region"].clone()
    };
    assert_eq!(told("eu-west-1"), "eu-west-1");
    assert_eq!(told("evil.example/eu-west-1").as_str(), None);
    // Where S3 refuses the signature for another region, its answer says so.
    let refused = "HTTP/1.1 400 Bad Request\r\nx-amz-bucket-region: eu-west-1\r\n\
                   Content-Length: 2\r\n\r\n{}";
    let upstream = Upstream::start(refused, Then::Close);
    let answer = ask(&serving(&upstream.url(), limits()));
    assert_eq!(answer.header("x-amz-bucket-region"), Some("eu-west-1"));
}

#[test]
fn what_is_not_http_is_told_as_such() {
    for bytes in ["SSH-2.0-OpenSSH_9.6\r\n\r\n", "\0\0\0\0\r\n\r\n"] {
        let upstream = Upstream::start(bytes, Then::Close);
        let expected = failure(502, "upstream-garbled", "unknown");
        assert_eq!(outcome(&upstream), expected, "{bytes}");
    }
}

#[test]
fn what_nobody_asked_for_is_no_answer() {
    for head in [
        "101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade",
        "999 Odd\r\nContent-Length: 0",
        "200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2",
    ] {
        let upstream = Upstream::start(format!("HTTP/1.1 {head}\r\n\r\n{{}}"), Then::Close);
        let expected = failure(502, "upstream-garbled", "unknown");
        assert_eq!(outcome(&upstream), expected, "{head}");
    }
}

#[test]
fn a_status_that_means_failure_is_an_answer_like_any_other() {
    let answer = "HTTP/1.1 503 Slow Down\r\nContent-Length: 2\r\n\r\n{}";
    let upstream = Upstream::start(answer, Then::Close);
    let answer = ask(&serving(&upstream.url(), limits()));
    assert_eq!(
        (answer.status, answer.code(), upstream.connections()),
        (503, None, 1)
    );
}
