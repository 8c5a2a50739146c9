//! The way to the session token: codes, tickets, and who gets none.

use super::running::{Answer, Running, TOKEN, signing, start};
use crate::signature;
use formsmith_proxy::Limits;
use formsmith_proxy::session::Sessions;
use formsmith_proxy::session::once::{Bad, Once};
use formsmith_proxy::token::Token;
use formsmith_wire::Code;
use serde_json::{Value, json};
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const MINUTE: Duration = Duration::from_secs(60);

fn code(proxy: &Running) -> String {
    let address = proxy.app.console_address().unwrap();
    let origin = format!("http://{}/#code=", proxy.address);
    address.strip_prefix(&origin).unwrap().to_owned()
}

fn post(proxy: &Running, path: &str, more: &[(&str, &str)], body: &str) -> Answer {
    let host = proxy.address.to_string();
    let headers = [&[("Host", host.as_str()), JSON], more].concat();
    proxy.send("POST", path, &headers, body.as_bytes())
}

fn exchange(proxy: &Running, asked: &Value) -> Answer {
    post(proxy, "/api/session", &[], &asked.to_string())
}

fn renew(proxy: &Running, asked: &Value) -> Answer {
    let token = [("X-Formsmith-Token", TOKEN)];
    post(proxy, "/api/ticket", &token, &asked.to_string())
}

/// Asserts a refusal that says how to go on.
fn assert_refused(answer: &Answer, code: &str) {
    assert_eq!((answer.status, answer.code().as_deref()), (403, Some(code)));
    let action = answer.json()["action"].as_str().unwrap().to_owned();
    assert!(
        action.starts_with("Press Enter in the proxy's terminal"),
        "{action}"
    );
    assert!(!String::from_utf8_lossy(&answer.body).contains(TOKEN));
}

fn both_targets() -> [Running; 2] {
    let aws = start(|config| {
        config.target = signing("http://127.0.0.1:1", signature::credentials(None), true);
    });
    [start(|_| {}), aws]
}

#[test]
fn a_code_gives_the_token_and_a_ticket_once() {
    for proxy in both_targets() {
        let code = code(&proxy);
        assert_eq!(code.len(), 32);
        assert!(code.chars().all(|c| c.is_ascii_hexdigit()), "{code}");
        let answer = exchange(&proxy, &json!({ "code": code }));
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("Content-Type"), Some("application/json"));
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
        let got = answer.json();
        assert_eq!(got["token"], TOKEN);
        assert_eq!(got["ticket"].as_str().unwrap().len(), 32);
        assert_eq!(got.as_object().unwrap().len(), 2);
        assert_refused(&exchange(&proxy, &json!({ "code": code })), "code-used");
        let ticket = json!({ "ticket": code });
        assert_refused(&exchange(&proxy, &ticket), "ticket-wrong");
    }
}

#[test]
fn a_ticket_gives_the_token_and_the_next_ticket_once() {
    for proxy in both_targets() {
        let first = exchange(&proxy, &json!({ "code": code(&proxy) })).json();
        let used = json!({ "ticket": first["ticket"] });
        let second = exchange(&proxy, &used).json();
        assert_eq!(second["token"], TOKEN);
        assert_ne!(second["ticket"], first["ticket"]);
        assert_refused(&exchange(&proxy, &used), "ticket-used");
        let as_code = json!({ "code": second["ticket"] });
        assert_refused(&exchange(&proxy, &as_code), "code-wrong");
        let third = exchange(&proxy, &json!({ "ticket": second["ticket"] }));
        assert_eq!(third.status, 200);
    }
}

#[test]
fn what_is_too_old_or_made_up_gives_nothing() {
    let none = Limits {
        code: Duration::ZERO,
        ticket: Duration::ZERO,
        ..Limits::default()
    };
    let proxy = start(|config| config.limits = none);
    let old = json!({ "code": code(&proxy) });
    assert_refused(&exchange(&proxy, &old), "code-expired");
    let old = json!({ "ticket": renew(&proxy, &json!({})).json()["ticket"] });
    assert_refused(&exchange(&proxy, &old), "ticket-expired");
    for made_up in ["", "0", TOKEN, &"0".repeat(32), "ü"] {
        let code = exchange(&proxy, &json!({ "code": made_up }));
        assert_refused(&code, "code-wrong");
        let ticket = exchange(&proxy, &json!({ "ticket": made_up }));
        assert_refused(&ticket, "ticket-wrong");
    }
}

#[test]
fn only_who_has_the_token_gets_a_new_ticket() {
    for proxy in both_targets() {
        for (headers, refusal) in [
            (&[][..], "token-missing"),
            (&[("X-Formsmith-Token", "wrong")], "token-wrong"),
        ] {
            let answer = post(&proxy, "/api/ticket", headers, "{}");
            assert_refused(&answer, refusal);
        }
        let answer = renew(&proxy, &json!({}));
        assert_eq!(answer.status, 200);
        let got = answer.json();
        assert_eq!(
            got.as_object().unwrap().len(),
            1,
            "the token is not told: {got}"
        );
        let replaced = json!({ "replaces": got["ticket"] });
        let new = renew(&proxy, &replaced).json();
        let answer = exchange(&proxy, &json!({ "ticket": new["ticket"] }));
        assert_eq!(answer.json()["token"], TOKEN);
        assert_eq!(renew(&proxy, &json!({ "replaces": "unknown" })).status, 200);
    }
}

#[test]
fn the_ways_to_the_token_take_small_json_by_post_only() {
    for proxy in both_targets() {
        let host = proxy.address.to_string();
        let code = code(&proxy);
        let right = json!({ "code": code }).to_string();
        for path in ["/api/session", "/api/ticket"] {
            let send = |method: &str, more: &[(&str, &str)], body: &str| {
                let token = ("X-Formsmith-Token", TOKEN);
                let headers = [&[("Host", host.as_str()), token], more].concat();
                let answer = proxy.send(method, path, &headers, body.as_bytes());
                (answer.status, answer.code().unwrap_or_default())
            };
            for method in ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"] {
                let expected = (405, "method-not-allowed".to_owned());
                assert_eq!(send(method, &[JSON], &right), expected, "{method} {path}");
            }
            for types in [
                &[][..],
                &[("Content-Type", "text/plain")],
                &[("Content-Type", "application/x-www-form-urlencoded")],
                &[("Content-Type", "text/plain; application/json")],
                &[("Content-Type", "application/jsonp")],
                &[JSON, JSON],
            ] {
                let expected = (415, "content-type-not-allowed".to_owned());
                assert_eq!(send("POST", types, &right), expected, "{types:?} {path}");
            }
            for body in ["", "{", "[]", "null", "\"code\"", "\u{fffd}"] {
                let expected = (400, "body-malformed".to_owned());
                assert_eq!(send("POST", &[JSON], body), expected, "{body} {path}");
            }
            let large = json!({ "code": code, "x": "x".repeat(4096) }).to_string();
            let expected = (413, "request-too-large".to_owned());
            assert_eq!(send("POST", &[JSON], &large), expected, "{path}");
        }
        for asked in [
            json!({}),
            json!({ "code": 1 }),
            json!({ "code": [code] }),
            json!({ "code": code, "ticket": "x" }),
        ] {
            let answer = exchange(&proxy, &asked);
            assert_eq!(answer.code().as_deref(), Some("body-malformed"), "{asked}");
        }
        let answer = renew(&proxy, &json!({ "replaces": 1 }));
        assert_eq!(answer.code().as_deref(), Some("body-malformed"));
        let with_charset = ("Content-Type", "Application/JSON; charset=utf-8");
        let headers = [("Host", host.as_str()), with_charset];
        let answer = proxy.send("POST", "/api/session", &headers, right.as_bytes());
        assert_eq!(answer.status, 200, "none of it all has used the code up");
    }
}

#[test]
fn another_page_cannot_use_a_code_it_has_seen() {
    for proxy in both_targets() {
        let code = json!({ "code": code(&proxy) }).to_string();
        for (header, refusal) in [
            (("Origin", "http://evil.example"), "origin-not-allowed"),
            (("Origin", "null"), "origin-not-allowed"),
            (("Sec-Fetch-Site", "same-site"), "site-not-allowed"),
        ] {
            for path in ["/api/session", "/api/ticket"] {
                let answer = post(&proxy, path, &[header], &code);
                assert_eq!(answer.code().as_deref(), Some(refusal), "{header:?}");
            }
        }
        let rebound = [("Host", "evil.example:80"), JSON];
        let answer = proxy.send("POST", "/api/session", &rebound, code.as_bytes());
        assert_eq!(answer.code().as_deref(), Some("host-not-allowed"));
        assert_eq!(post(&proxy, "/api/session", &[], &code).status, 200);
    }
}

#[test]
fn through_a_development_server_a_code_is_good_where_requests_are() {
    let forwarded = [("X-Forwarded-Host", "localhost:8080")];
    let [sandbox, aws] = both_targets();
    let asked = json!({ "code": code(&sandbox) }).to_string();
    let answer = post(&sandbox, "/api/session", &forwarded, &asked);
    assert_eq!(answer.json()["token"], TOKEN);
    let asked = json!({ "code": code(&aws) }).to_string();
    let answer = post(&aws, "/api/session", &forwarded, &asked);
    assert_eq!(answer.code().as_deref(), Some("forwarded-not-allowed"));
    assert_eq!(post(&aws, "/api/session", &[], &asked).status, 200);
}

#[test]
fn half_sent_requests_for_the_token_keep_out_nobody() {
    let proxy = start(|_| {});
    let head = format!(
        "POST /api/session HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
         Content-Length: 10\r\n\r\n{{",
        proxy.address
    );
    let half_sent: Vec<_> = (0..32)
        .map(|_| {
            let mut stream = TcpStream::connect(proxy.address).unwrap();
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    let started = Instant::now();
    let asked = json!({ "code": code(&proxy) });
    assert_eq!(exchange(&proxy, &asked).json()["token"], TOKEN);
    assert_eq!(renew(&proxy, &json!({})).status, 200);
    assert!(started.elapsed() < Duration::from_secs(1), "nor for long");
    drop(half_sent);
}

#[test]
fn codes_are_good_for_five_minutes_and_tickets_for_two() {
    let sessions = Sessions::new(Token::chosen(TOKEN).unwrap(), Limits::default(), None);
    let now = Instant::now();
    let (late, too_late) = (5 * MINUTE - Duration::from_millis(1), 5 * MINUTE);
    let [one, other] = [(); 2].map(|()| sessions.code(now).unwrap());
    let one = json!({ "code": one });
    assert!(sessions.exchange(&one, now + late).is_ok());
    let again = sessions.exchange(&one, now + 9 * MINUTE).unwrap_err();
    assert_eq!(
        again.code,
        Code::CodeUsed,
        "remembered when its time is over"
    );
    let other = sessions.exchange(&json!({ "code": other }), now + too_late);
    assert_eq!(other.unwrap_err().code, Code::CodeExpired);

    let ticket = |asked: Value, after| sessions.renew(&asked, now + after).unwrap();
    let use_up = |ticket: &Value, after| {
        let used = sessions.exchange(&json!({ "ticket": ticket["ticket"] }), now + after);
        used.map_or_else(|refused| refused.code.as_str(), |_| "")
    };
    let first = ticket(json!({}), Duration::ZERO);
    assert_eq!(use_up(&first, 2 * MINUTE), "ticket-expired");
    let second = ticket(json!({}), Duration::ZERO);
    assert_eq!(use_up(&second, 2 * MINUTE - Duration::from_millis(1)), "");
    // A reload in the moment of the renewal still has the old one.
    let seconds = Duration::from_secs;
    let [quick, slow] = [(); 2].map(|()| ticket(json!({}), Duration::ZERO));
    for old in [&quick, &slow] {
        ticket(json!({ "replaces": old["ticket"] }), MINUTE);
    }
    assert_eq!(use_up(&quick, MINUTE + seconds(4)), "");
    assert_eq!(use_up(&slow, MINUTE + seconds(5)), "ticket-expired");
}

#[test]
fn what_is_kept_of_codes_and_tickets_has_a_bound() {
    let start = Instant::now();
    let at = |second: u64| start + Duration::from_secs(second);
    let mut once = Once::new(MINUTE, 4);
    for number in 0..5 {
        once.add(&format!("{number}"), at(0));
    }
    assert_eq!(
        once.redeem("0", at(1)),
        Err(Bad::Expired),
        "made way for the fifth"
    );
    for number in 1..5 {
        assert_eq!(once.redeem(&format!("{number}"), at(1)), Ok(()));
    }
    // Many are made and used while one stays good.
    once.add("the one", at(2));
    for number in 0..1000 {
        let other = format!("other {number}");
        once.add(&other, at(3));
        assert_eq!(once.redeem(&other, at(3)), Ok(()));
        assert!(once.len() <= 4 + 4 * 4 + 1, "{}", once.len());
    }
    assert_eq!(once.redeem("other 999", at(4)), Err(Bad::Used));
    assert_eq!(once.redeem("other 0", at(4)), Err(Bad::Wrong), "forgotten");
    assert_eq!(once.redeem("the one", at(4)), Ok(()));
    assert_eq!(once.redeem("the one", at(4)), Err(Bad::Used));
}

#[test]
fn at_most_64_codes_and_256_tickets_are_good_at_a_time() {
    let sessions = Sessions::new(Token::chosen(TOKEN).unwrap(), Limits::default(), None);
    let now = Instant::now();
    let refused = |asked: &Value| sessions.exchange(asked, now).unwrap_err().code.as_str();
    let codes: Vec<_> = (0..65).map(|_| sessions.code(now).unwrap()).collect();
    assert_eq!(refused(&json!({ "code": codes[0] })), "code-expired");
    assert!(sessions.exchange(&json!({ "code": codes[1] }), now).is_ok());
    // The exchange made one ticket as well.
    let new = || sessions.renew(&json!({}), now).unwrap()["ticket"].clone();
    let tickets: Vec<_> = (0..257).map(|_| new()).collect();
    assert_eq!(refused(&json!({ "ticket": tickets[0] })), "ticket-expired");
    assert!(
        sessions
            .exchange(&json!({ "ticket": tickets[1] }), now)
            .is_ok()
    );
}

#[test]
fn the_status_tells_version_and_warnings() {
    let status = start(|_| {}).get("/api/status").json();
    assert_eq!(status["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(status["warnings"], json!([]));
}
