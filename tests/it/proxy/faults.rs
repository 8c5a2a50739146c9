//! Endpoints that fail, each in its own way.

use super::running::{Answer, TOKEN, start_signing};
use super::signing::request;
use super::upstream::{Then, Upstream};
use formsmith_proxy::Limits;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

fn limits() -> Limits {
    Limits {
        total: Duration::from_millis(400),
        answer_bytes: 1000,
        ..Limits::default()
    }
}

fn ask(endpoint: &str) -> Answer {
    let proxy = start_signing(endpoint, limits());
    let token = [("X-Formsmith-Token", TOKEN)];
    proxy.console("/api/servicecatalog/us-east-1", &request(), &token)
}

fn outcome(upstream: &Upstream) -> (u16, String) {
    let answer = ask(&upstream.url());
    assert_eq!(upstream.connections(), 1, "sent once, never again");
    (
        answer.status,
        answer.code().expect("an error of the proxy's own"),
    )
}

#[test]
fn an_endpoint_that_nobody_listens_at_is_unreachable() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let answer = ask(&format!("http://{free}"));
    assert_eq!(
        (answer.status, answer.code().as_deref()),
        (502, Some("upstream-unreachable"))
    );
    assert!(
        answer.json()["message"]
            .as_str()
            .unwrap()
            .contains("Nothing was sent")
    );
}

#[test]
fn an_endpoint_without_tls_is_not_spoken_to() {
    let upstream = Upstream::answering("{}");
    let answer = ask(&format!("https://{}", upstream.address));
    assert_eq!(
        (answer.status, answer.code().as_deref()),
        (502, Some("upstream-tls"))
    );
    assert!(upstream.received().is_empty());
}

#[test]
fn an_endpoint_that_says_nothing_times_out() {
    let upstream = Upstream::start("", Then::Hang);
    assert_eq!(outcome(&upstream), (504, "upstream-timeout".into()));
}

#[test]
fn a_body_that_stops_arriving_times_out() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"";
    let upstream = Upstream::start(head, Then::Hang);
    assert_eq!(outcome(&upstream), (504, "upstream-timeout".into()));
}

#[test]
fn an_endpoint_that_hangs_up_before_answering_leaves_the_outcome_open() {
    let upstream = Upstream::start("", Then::Close);
    assert_eq!(outcome(&upstream), (502, "upstream-reset".into()));
}

#[test]
fn a_cut_off_answer_is_told_from_no_answer() {
    for body in [
        "Content-Length: 10\r\n\r\n{\"a\"",
        "Transfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n",
    ] {
        let upstream = Upstream::start(format!("HTTP/1.1 200 OK\r\n{body}"), Then::Close);
        let answer = ask(&upstream.url());
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (502, Some("upstream-cut-off"))
        );
        assert!(
            answer.json()["message"]
                .as_str()
                .unwrap()
                .contains("HTTP 200")
        );
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
        assert_eq!(outcome(&upstream), (502, "upstream-too-large".into()));
    }
    let fits = Upstream::answering(&"x".repeat(1000));
    assert_eq!(ask(&fits.url()).body.len(), 1000);
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
        assert_eq!(
            outcome(&upstream),
            (502, "upstream-redirect".into()),
            "{status}"
        );
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn what_is_not_http_is_told_as_such() {
    let upstream = Upstream::start("SSH-2.0-OpenSSH_9.6\r\n\r\n", Then::Close);
    assert_eq!(outcome(&upstream), (502, "upstream-garbled".into()));
}

#[test]
fn a_status_that_means_failure_is_an_answer_like_any_other() {
    let answer = "HTTP/1.1 503 Slow Down\r\nContent-Length: 2\r\n\r\n{}";
    let upstream = Upstream::start(answer, Then::Close);
    let answer = ask(&upstream.url());
    assert_eq!(
        (answer.status, answer.code(), upstream.connections()),
        (503, None, 1)
    );
}

#[test]
fn half_a_request_is_given_up_on_and_others_are_answered_meanwhile() {
    let upstream = Upstream::answering("{}");
    let short = Limits {
        headers: Duration::from_millis(300),
        body: Duration::from_millis(300),
        ..Limits::default()
    };
    let proxy = start_signing(&upstream.url(), short);
    let own = request();
    let mut head = format!(
        "POST /api/servicecatalog/us-east-1/ HTTP/1.1\r\nHost: {}\r\n",
        proxy.address
    );
    head += &format!("X-Formsmith-Token: {TOKEN}\r\nContent-Length: 100\r\n");
    for (name, value) in &own.headers {
        head += &format!("{name}: {value}\r\n");
    }
    let started = Instant::now();
    let mut half_head = TcpStream::connect(proxy.address).unwrap();
    half_head.write_all(head.as_bytes()).unwrap();
    let mut half_body = TcpStream::connect(proxy.address).unwrap();
    half_body
        .write_all(format!("{head}\r\n{{").as_bytes())
        .unwrap();
    assert_eq!(proxy.get("/api/status").status, 200);

    let mut answer = Vec::new();
    let _ = half_head.read_to_end(&mut answer);
    let mut answer = String::new();
    half_body.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("request-timeout"));
    assert!(started.elapsed() < Duration::from_secs(10));
    assert_eq!(upstream.connections(), 0);
}
