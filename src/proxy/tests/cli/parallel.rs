//! Many clients at once, each with a whole request: every one of them hears something.

use crate::crowd::limited;
use crate::running::{Running, command};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::thread::{Builder, sleep};
use std::time::Duration;

/// As long as a client may think between connecting and asking.
const THOUGHT: usize = 200;

fn requests(host: &str) -> [String; 3] {
    let body = "{}";
    let typed = "Content-Type: application/x-amz-json-1.1\r\n\
                 X-Amz-Target: AWS242ServiceCatalogService.ListServiceActions";
    let post = |path: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{typed}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    [
        format!("GET /api/status HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
        post("/sandbox/"),
        post("/api/servicecatalog/us-east-1/"),
    ]
}

/// Connects, asks after a while, and gives all that came until the end, however it ended.
fn answer(proxy: &Running, request: &str, thought: u64) -> String {
    let mut stream = proxy.connect();
    sleep(Duration::from_millis(thought));
    let mut answer = Vec::new();
    let _ = stream.write_all(request.as_bytes());
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status of a whole answer, with a code where one is due.
fn status(answer: &str) -> Option<u16> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.strip_prefix("HTTP/1.1 ")?.get(..3)?;
    let status = status.parse().ok()?;
    let headers: BTreeMap<_, _> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    let length: usize = headers.get("content-length")?.parse().ok()?;
    let codes = match status {
        200 => &[][..],
        429 => &["busy"],
        503 => &["too-many-connections"],
        _ => return None,
    };
    let code = headers.get("x-formsmith-error").copied();
    let is_coded = code.map_or(codes.is_empty(), |code| codes.contains(&code));
    (is_coded && length == body.len()).then_some(status)
}

fn every_one_of(count: usize, proxy: Running) {
    let requests = requests(&proxy.host);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..count)
            .map(|at| {
                let (proxy, request) = (&proxy, &requests[at % requests.len()]);
                // Any order will do, as long as it is none.
                let thought = (at * 7919 % THOUGHT) as u64;
                Builder::new()
                    .stack_size(128 * 1024)
                    .spawn_scoped(scope, move || answer(proxy, request, thought))
                    .unwrap()
            })
            .collect();
        let answers = clients.into_iter().map(|client| client.join().unwrap());
        answers.collect()
    });
    let mut counts = BTreeMap::<_, usize>::new();
    for answer in &answers {
        *counts.entry(status(answer)).or_default() += 1;
    }
    println!("{count}: {counts:?}");
    let bare = answers.iter().find(|answer| status(answer).is_none());
    assert_eq!(bare, None, "of {count}: {counts:?}");
    let (code, log) = proxy.stop("-TERM");
    assert_eq!(code, Some(0));
    for (status, count) in counts {
        let status = format!(" {} ", status.unwrap());
        assert_eq!(log.matches(&status).count(), count, "{status} in {log}");
    }
}

#[test]
fn of_a_hundred_to_a_thousand_clients_everyone_is_answered() {
    for count in [100, 300, 1000] {
        let proxy = Running::start(&mut command(&["--listen", "127.0.0.1:0"]));
        every_one_of(count, proxy);
    }
}

#[test]
fn of_a_hundred_to_a_thousand_clients_everyone_is_answered_even_with_256_files() {
    for count in [100, 300, 1000] {
        every_one_of(count, limited());
    }
}
