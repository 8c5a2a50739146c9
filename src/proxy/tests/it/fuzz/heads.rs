//! Whole heads, as bytes that went wrong on their way, through the whole proxy.

use super::super::faulty::{ANSWER, Faulty, request_head};
use super::super::library;
use super::super::running::{TOKEN, signing};
use super::oracle::{Seen, is_a_reading, is_let_in, is_trusted};
use super::{request, runner};
use crate::signature;
use formsmith_proxy::audit::Audit;
use formsmith_proxy::guard::Guard;
use formsmith_proxy::http::Request;
use formsmith_proxy::token::Token;
use formsmith_proxy::{Config, Limits, app};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::cell::Cell;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use tokio::runtime::Builder;

const ADDRESS: &str = "127.0.0.1:8787";
/// One case in so many goes through the whole proxy.
const SHARE: usize = 8;

/// What may travel to a service.
const UP: [&str; 7] = [
    "authorization",
    "content-length",
    "content-type",
    "host",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-target",
];

fn whole() -> impl Strategy<Value = String> {
    let lines = |line: &str, more: &str| {
        format!(
            "{line} HTTP/1.1\r\nHost: {ADDRESS}\r\nOrigin: http://{ADDRESS}\r\n\
             Sec-Fetch-Site: same-origin\r\nX-Formsmith-Token: {TOKEN}\r\n{more}\
             Cookie: a=b\r\nAuthorization: Bearer c\r\nAccept: */*\r\n\r\n"
        )
    };
    let json = "Content-Type: application/json\r\n";
    let target = "Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: Archive.ReadScroll\r\n";
    select(vec![
        lines("POST /api/library/us-east-1/find", json),
        lines("POST /api/archive/us-east-1/", target),
        lines("POST /api/library/us-east-1/burn", json),
        lines("GET /api/status", ""),
        lines("GET /", ""),
        lines("POST /sandbox/", target),
    ])
}

/// One thing that goes wrong.
#[derive(Debug, Clone)]
enum Slip {
    Replace(Index, u8),
    Insert(Index, Vec<u8>),
    Delete(Index, usize),
    RepeatLine(Index),
    SwapLines(Index, Index),
}

fn slips() -> impl Strategy<Value = Slip> {
    let pieces = [
        "\r\n",
        "\n",
        ":",
        " ",
        "\t",
        "\0",
        "%2f",
        "..",
        "//",
        "?",
        "#",
        "@",
        "é",
        "\u{80}",
        "Host: evil.example\r\n",
        "Origin: null\r\n",
        "X-Forwarded-Host: localhost:8080\r\n",
        "Forwarded: for=a\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: upgrade\r\nUpgrade: h2c\r\n",
        "X-Amz-Security-Token: d\r\n",
        "X-Amz-Date: 19990101T000000Z\r\n",
        "Proxy-Authorization: e\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
    ];
    let pieces: Vec<_> = pieces.map(|piece| piece.as_bytes().to_vec()).into();
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Slip::Replace(at, byte)),
        (any::<Index>(), select(pieces)).prop_map(|(at, piece)| Slip::Insert(at, piece)),
        (any::<Index>(), 1..20_usize).prop_map(|(at, count)| Slip::Delete(at, count)),
        any::<Index>().prop_map(Slip::RepeatLine),
        (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Slip::SwapLines(one, other)),
    ]
}

fn heads() -> impl Strategy<Value = Vec<u8>> {
    let kinds = prop_oneof![1 => vec(slips(), 0..=1), 2 => vec(slips(), 1..5)];
    (whole(), kinds).prop_map(|(whole, slips)| {
        let mut bytes = whole.into_bytes();
        for slip in slips {
            apply(&slip, &mut bytes);
        }
        bytes
    })
}

fn apply(slip: &Slip, bytes: &mut Vec<u8>) {
    let end = bytes.len();
    match slip {
        Slip::Replace(at, byte) if end > 0 => bytes[at.index(end)] = *byte,
        Slip::Insert(at, piece) => {
            // A whole line goes between lines, anything else anywhere.
            let mut at = at.index(end + 1);
            if piece.len() > 4 && piece.ends_with(b"\r\n") {
                let next = bytes[at..].windows(2).position(|two| two == b"\r\n");
                at = next.map_or(at, |next| at + next + 2);
            }
            bytes.splice(at..at, piece.iter().copied());
        }
        Slip::Delete(at, count) => {
            let at = at.index(end + 1);
            bytes.drain(at..end.min(at + count));
        }
        Slip::RepeatLine(at) => {
            let lines: Vec<_> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            if !lines.is_empty() {
                let at = at.index(lines.len());
                *bytes = [&lines[..=at], &lines[at..]].concat().concat();
            }
        }
        Slip::SwapLines(one, other) => {
            let mut lines: Vec<_> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            if !lines.is_empty() {
                let (one, other) = (one.index(lines.len()), other.index(lines.len()));
                lines.swap(one, other);
                *bytes = lines.concat();
            }
        }
        Slip::Replace(..) => {}
    }
}

/// The head taken apart as a server does; `None` for what is no HTTP.
fn parse(bytes: &[u8]) -> Option<Seen> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut parsed = httparse::Request::new(&mut headers);
    if !parsed.parse(bytes).ok()?.is_complete() {
        return None;
    }
    Some(Seen {
        method: parsed.method?.to_owned(),
        target: parsed.path?.to_owned(),
        headers: parsed
            .headers
            .iter()
            .map(|header| (header.name.to_ascii_lowercase(), header.value.to_vec()))
            .collect(),
    })
}

/// The question whose credentials these are, which the proxy asks of itself.
fn is_for_sts(head: &str) -> bool {
    head.starts_with("POST / ") && head.contains("application/x-www-form-urlencoded")
}

#[test]
fn whatever_becomes_of_a_head_only_what_may_be_sent_is_sent() {
    let address: SocketAddr = ADDRESS.parse().unwrap();
    let (note, received) = mpsc::channel();
    let note = Mutex::new(note);
    let upstream = Faulty::start(move |mut stream| {
        while let Some(head) = request_head(&mut stream) {
            note.lock().unwrap().send(head).unwrap();
            let _ = stream.write_all(ANSWER);
        }
    });
    let proxy = app(Config {
        address,
        site: None,
        origin: None,
        allowed_origins: Vec::new(),
        target: signing(&upstream.url(), signature::credentials(None), true),
        token: Token::chosen(TOKEN).unwrap(),
        team: None,
        limits: Limits::default(),
        model: Arc::new(library::model()),
        models: None,
        sandbox_credentials: None,
        audit: Audit::default(),
    });
    let proxy = proxy.unwrap();
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let guard = Guard::new(address, None);
    let sent = Cell::new(0);
    let cases = (heads(), any::<u8>());
    let decide = |(bytes, chance): (Vec<u8>, u8)| {
        let Some(seen) = parse(&bytes) else {
            return Ok(());
        };
        let Some(asked) = request(&seen) else {
            return Ok(());
        };
        let (parts, ()) = asked.into_parts();
        prop_assert_eq!(guard.check(&parts).is_ok(), is_let_in(address, &seen));
        if usize::from(chance) % SHARE != 0 {
            return Ok(());
        }
        let asked = Request::from_parts(parts, "{}".into());
        let answer = runtime.block_on(proxy.answer(asked));
        let code = answer.headers().get("x-formsmith-error");
        let heads: Vec<String> = received.try_iter().collect();
        let (asked, signed) = heads.iter().partition::<Vec<_>, _>(|head| is_for_sts(head));
        let is_trusted = is_trusted(address, &seen);
        let expected = is_trusted && is_a_reading(&seen);
        prop_assert_eq!(signed.len(), usize::from(expected), "{:?}", code);
        prop_assert!(asked.is_empty() || (is_trusted && seen.path() == "/api/status"));
        sent.set(sent.get() + signed.len());
        // The sandbox knows nothing of the test's models, and says so.
        if !seen.path().starts_with("/sandbox") {
            prop_assert!(!answer.status().is_server_error(), "{:?}", answer);
            prop_assert_eq!(code.is_some(), answer.status().is_client_error());
        }
        for head in &heads {
            for line in head.lines().skip(1) {
                let (name, _) = line.split_once(": ").unwrap();
                prop_assert!(UP.contains(&name.to_lowercase().as_str()), "{}", head);
            }
            prop_assert!(
                !head.contains("Bearer") && !head.contains(TOKEN),
                "{}",
                head
            );
        }
        Ok(())
    };
    runner().run(&cases, decide).unwrap();
    assert!(sent.get() > 10, "were all refused, this would say little");
}
