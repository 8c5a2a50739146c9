//! What a browser keeps at the plain address is handed over to the console's own name.

use super::{ask, named, own, plain, refusal, told};
use crate::running::{Answer, Running};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

fn send(proxy: &Running, host: &str, method: &str, path: &str, body: &str) -> Answer {
    proxy.send(method, path, &[("Host", host)], body.as_bytes())
}

/// Uploads from the plain address and gives the path of what was uploaded.
fn upload(proxy: &Running, data: &str) -> String {
    let answer = send(proxy, &plain(proxy), "POST", "/api/move", data);
    assert_eq!(answer.status, 200, "{answer:?}");
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 32, "16 bytes in hexadecimal");
    format!("/api/move/{id}")
}

#[test]
fn what_is_handed_over_is_there_until_it_has_arrived_and_is_let_go() {
    let proxy = named("origin-handover", |_| {});
    let (own, plain) = (own(&proxy), plain(&proxy));
    let data = r#"{"format":1,"local":[["formsmith.region","eu-west-3"]]}"#;
    let path = upload(&proxy, data);
    let arrived = format!("{path}/arrived");
    let before = ask(&proxy, &plain, "GET", &arrived, &[]);
    assert_eq!(before.json()["arrived"], false);
    for host in [&own, &plain] {
        let taken = ask(&proxy, host, "GET", &path, &[]);
        assert_eq!(String::from_utf8_lossy(&taken.body), data);
        assert_eq!(taken.header("Content-Type"), Some("application/json"));
        assert_eq!(taken.header("Cache-Control"), Some("no-store"));
    }
    for wrong in [
        "",
        "{",
        "[]",
        "{}",
        r#"{"skipped":"x"}"#,
        r#"{"skipped":[1]}"#,
    ] {
        let answer = send(&proxy, &own, "POST", &arrived, wrong);
        assert_eq!(told(&answer), refusal(400, "move-malformed"), "{wrong}");
    }
    // Each end has its own part.
    for (host, method, path) in [
        (&plain, "POST", &arrived),
        (&own, "GET", &arrived),
        (&own, "DELETE", &path),
        (&plain, "PUT", &path),
    ] {
        let answer = send(&proxy, host, method, path, r#"{"skipped":[]}"#);
        assert_eq!(
            told(&answer),
            refusal(404, "not-found"),
            "{host} {method} {path}"
        );
    }
    let answer = ask(&proxy, &plain, "GET", &arrived, &[]);
    assert_eq!(answer.json()["arrived"], false, "only the own name says so");

    let told_so = send(
        &proxy,
        &own,
        "POST",
        &arrived,
        r#"{"skipped":["formsmith.region"]}"#,
    );
    assert_eq!(told_so.status, 200);
    let after = ask(&proxy, &plain, "GET", &arrived, &[]).json();
    assert_eq!(after["arrived"], true);
    assert_eq!(after["skipped"][0], "formsmith.region");
    assert_eq!(ask(&proxy, &plain, "DELETE", &path, &[]).status, 200);
    for (host, method, path) in [
        (&own, "GET", &path),
        (&plain, "GET", &arrived),
        (&plain, "DELETE", &path),
    ] {
        let answer = ask(&proxy, host, method, path, &[]);
        assert_eq!(
            told(&answer),
            refusal(404, "move-unknown"),
            "{method} {path}"
        );
    }
}

#[test]
fn an_upload_takes_the_place_of_the_one_before_which_is_told() {
    let proxy = named("origin-place", |_| {});
    let own = own(&proxy);
    let (one, other) = (upload(&proxy, "1"), upload(&proxy, "2"));
    assert_ne!(one, other);
    let answer = send(
        &proxy,
        &own,
        "POST",
        &format!("{one}/arrived"),
        r#"{"skipped":[]}"#,
    );
    assert_eq!(told(&answer), refusal(404, "move-unknown"));
    assert_eq!(ask(&proxy, &own, "GET", &other, &[]).body, b"2");
    let guessed = "/api/move/00000000000000000000000000000000";
    let answer = ask(&proxy, &own, "GET", guessed, &[]);
    assert_eq!(told(&answer), refusal(404, "move-unknown"));
    for (host, method) in [(&own, "POST"), (&own, "GET")] {
        let answer = ask(&proxy, host, method, "/api/move", &[]);
        assert_eq!(told(&answer), refusal(404, "not-found"), "{method}");
    }
    let answer = ask(&proxy, &plain(&proxy), "GET", "/api/move", &[]);
    assert_eq!(told(&answer), refusal(405, "method-not-allowed"));
}

#[test]
fn who_reads_slowly_keeps_nothing_of_what_was_replaced() {
    let proxy = named("origin-slow", |_| {});
    let own = own(&proxy);
    // More than the system takes in for a client that does not read.
    let large = upload(&proxy, &"x".repeat(32 * 1024 * 1024));
    let mut slow = TcpStream::connect(proxy.address).unwrap();
    write!(slow, "GET {large} HTTP/1.1\r\nHost: {own}\r\n\r\n").unwrap();
    let mut begun = [0; 12];
    slow.read_exact(&mut begun).unwrap();
    assert_eq!(&begun, b"HTTP/1.1 200");
    let small = upload(&proxy, "2");
    let mut rest = Vec::new();
    // It breaks off, with an error or with an end that comes too early.
    let _ = slow.read_to_end(&mut rest);
    assert!(rest.len() < 32 * 1024 * 1024, "{} bytes", rest.len());
    assert_eq!(ask(&proxy, &own, "GET", &small, &[]).body, b"2");
}

#[test]
fn what_nobody_takes_is_forgotten() {
    let time = Duration::from_millis(300);
    let proxy = named("origin-forgotten", |config| config.limits.hand_over = time);
    let path = upload(&proxy, "data");
    let started = Instant::now();
    while ask(&proxy, &own(&proxy), "GET", &path, &[]).status == 200 {
        assert!(started.elapsed() < 10 * time, "it is kept for too long");
        sleep(Duration::from_millis(20));
    }
    let answer = ask(&proxy, &own(&proxy), "GET", &path, &[]);
    assert_eq!(told(&answer), refusal(404, "move-unknown"));
}

#[test]
fn a_whole_history_fits_and_more_than_that_is_refused() {
    let proxy = named("origin-large", |_| {});
    let most = 64 * 1024 * 1024;
    // The page knows before it uploads.
    let page = ask(&proxy, &plain(&proxy), "GET", "/", &super::PAGE);
    let said = format!("name=\"formsmith-move-bytes\" content=\"{most}\"");
    assert!(String::from_utf8_lossy(&page.body).contains(&said));
    let path = upload(&proxy, &"x".repeat(most));
    let taken = ask(&proxy, &own(&proxy), "GET", &path, &[]);
    assert_eq!(taken.body.len(), most);
    let large = "x".repeat(most + 1);
    let answer = send(&proxy, &plain(&proxy), "POST", "/api/move", &large);
    assert_eq!(told(&answer), refusal(413, "request-too-large"));
}
