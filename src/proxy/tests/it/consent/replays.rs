//! How often a consent is good, and what uses it up.

use super::{agreed, refused, told};
use crate::credentials::{Source, keys};
use crate::faulty::{ANSWER, Faulty};
use crate::running::{Running, one, signing, start, start_signing};
use crate::signing::{PREFIX, request};
use crate::upstream::{ACCOUNT, ARN, Reply, Then, Upstream, caller, http, is_for_sts};
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Limits;
use serde_json::{Value, json};
use std::io::Write;
use std::net::TcpListener;
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

fn send(proxy: &Running, id: &str) -> (u16, Option<String>) {
    told(&proxy.agreed(PREFIX, &request(), id, &[]))
}

#[test]
fn a_replay_is_refused_and_told_as_that() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    let id = agreed(&proxy);
    assert_eq!(send(&proxy, &id), (200, None));
    for _ in 0..3 {
        assert_eq!(send(&proxy, &id), refused(403, "consent-used"));
    }
    // To agree to it again makes it no newer.
    assert_eq!(proxy.confirm(&id).status, 200);
    assert_eq!(send(&proxy, &id), refused(403, "consent-used"));
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn of_racing_replays_exactly_one_is_sent() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    for round in 1..=20 {
        let id = agreed(&proxy);
        let gate = Barrier::new(4);
        let statuses = thread::scope(|scope| {
            let racing = [(); 4].map(|()| {
                scope.spawn(|| {
                    gate.wait();
                    send(&proxy, &id)
                })
            });
            racing.map(|one| one.join().unwrap())
        });
        let sent = statuses.iter().filter(|told| **told == (200, None));
        assert_eq!(sent.count(), 1, "{statuses:?}");
        let others = statuses.iter().filter(|told| told.0 != 200);
        for other in others {
            assert_eq!(*other, refused(403, "consent-used"));
        }
        assert_eq!(upstream.connections(), round);
    }
}

/// A run of three attempts.
fn run() -> Value {
    let mut run = one(PREFIX, &request());
    run["kind"] = json!("run");
    run["attempts"] = json!(3);
    run
}

/// A service that refuses so many requests before it carries one out.
pub fn throttling(mut refusals: usize) -> Upstream {
    Upstream::replying(Then::Close, move |request, _| match is_for_sts(request) {
        true => Reply::Aside(caller(ACCOUNT, ARN)),
        false if refusals == 0 => Reply::Counted(http("200 OK", &[], "{}")),
        false => {
            refusals -= 1;
            let body = "{\"__type\":\"ThrottlingException\"}";
            Reply::Counted(http("400 Bad Request", &[], body))
        }
    })
}

const THROTTLED: (u16, Option<String>) = (400, None);

#[test]
fn a_run_has_the_attempts_that_were_agreed() {
    let upstream = throttling(usize::MAX);
    let proxy = start_signing(&upstream.url(), Limits::default());
    let proposed = proxy.propose(&run()).json();
    assert_eq!(proposed["attempts"], 3);
    let id = proposed["id"].as_str().unwrap();
    let confirmed = proxy.confirm(id).json();
    assert_eq!(confirmed["expiresInSeconds"], 15 * 60);
    for _ in 0..3 {
        assert_eq!(send(&proxy, id), THROTTLED);
    }
    assert_eq!(send(&proxy, id), refused(403, "consent-used"));
    assert_eq!(upstream.connections(), 3);
}

#[test]
fn a_run_that_has_succeeded_has_no_further_attempts() {
    let upstream = throttling(1);
    let proxy = start_signing(&upstream.url(), Limits::default());
    let id = proxy.agree(&run()).unwrap();
    assert_eq!(send(&proxy, &id), THROTTLED);
    assert_eq!(send(&proxy, &id), (200, None));
    let answer = proxy.agreed(PREFIX, &request(), &id, &[]);
    assert_eq!(told(&answer), refused(403, "consent-used"));
    let message = answer.json()["message"].to_string();
    assert!(message.contains("it has succeeded"), "{message}");
    // To agree to it again makes it no newer.
    assert_eq!(proxy.confirm(&id).status, 200);
    assert_eq!(send(&proxy, &id), refused(403, "consent-used"));
    assert_eq!(upstream.connections(), 2);
}

#[test]
fn a_success_that_broke_off_can_be_asked_for_again() {
    let upstream = Faulty::after_request(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
    });
    let proxy = start_signing(&upstream.url(), Limits::default());
    let id = proxy.agree(&run()).unwrap();
    for _ in 0..3 {
        assert_eq!(send(&proxy, &id), refused(502, "upstream-cut-off"));
    }
    assert_eq!(send(&proxy, &id), refused(403, "consent-used"));
}

#[test]
fn the_sandbox_holds_a_consent_to_the_same() {
    let target = "AWS242ServiceCatalogService.ListServiceActions";
    let listing = HttpRequest {
        host_prefix: String::new(),
        method: "POST".into(),
        path: "/".into(),
        headers: vec![
            ("Content-Type".into(), "application/x-amz-json-1.1".into()),
            ("X-Amz-Target".into(), target.into()),
        ],
        body: b"{}".to_vec(),
        file: None,
    };
    let proxy = start(|_| {});
    let mut run = one(PREFIX, &listing);
    run["kind"] = json!("run");
    run["attempts"] = json!(3);
    let id = proxy.agree(&run).unwrap();
    let send = || told(&proxy.agreed(PREFIX, &listing, &id, &[]));
    assert_eq!(send(), (200, None));
    assert_eq!(send(), refused(403, "consent-used"));
}

#[test]
fn what_was_withdrawn_is_sent_no_more_and_can_not_be_confirmed() {
    let upstream = throttling(usize::MAX);
    let proxy = start_signing(&upstream.url(), Limits::default());
    let id = proxy.agree(&run()).unwrap();
    assert_eq!(send(&proxy, &id), THROTTLED);
    for _ in 0..2 {
        assert_eq!(proxy.withdraw(&id).status, 200);
        assert_eq!(send(&proxy, &id), refused(403, "consent-withdrawn"));
    }
    assert_eq!(told(&proxy.confirm(&id)), refused(403, "consent-withdrawn"));

    let proposed = proxy.propose(&one(PREFIX, &request())).json();
    let id = proposed["id"].as_str().unwrap();
    assert_eq!(proxy.withdraw(id).status, 200);
    assert_eq!(told(&proxy.confirm(id)), refused(403, "consent-withdrawn"));
    let unknown = "0".repeat(32);
    assert_eq!(
        told(&proxy.withdraw(&unknown)),
        refused(403, "consent-unknown")
    );
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn where_no_connection_was_made_the_consent_is_still_good() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let proxy = start_signing(&format!("http://{address}"), Limits::default());
    let id = agreed(&proxy);
    for _ in 0..2 {
        assert_eq!(send(&proxy, &id), refused(502, "upstream-unreachable"));
    }
    let listener = TcpListener::bind(address).unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            super::super::faulty::read_request(&mut stream);
            let _ = stream.write_all(ANSWER);
        }
    });
    assert_eq!(send(&proxy, &id), (200, None));
    assert_eq!(send(&proxy, &id), refused(403, "consent-used"));
}

#[test]
fn what_may_have_been_carried_out_was_sent() {
    let cut_off = Faulty::after_request(|_| {});
    let proxy = start_signing(&cut_off.url(), Limits::default());
    let id = agreed(&proxy);
    assert_eq!(send(&proxy, &id), refused(502, "upstream-reset"));
    assert_eq!(send(&proxy, &id), refused(403, "consent-used"));
    // Nothing was done, but what was sent could be sent again by who got it.
    let upstream = Upstream::replying(Then::Close, |request, _| match is_for_sts(request) {
        true => Reply::Aside(caller(ACCOUNT, ARN)),
        false => Reply::Counted(http(
            "400 Bad Request",
            &[],
            "{\"__type\":\"ExpiredTokenException\"}",
        )),
    });
    let proxy = start_signing(&upstream.url(), Limits::default());
    let id = agreed(&proxy);
    assert_eq!(send(&proxy, &id), refused(502, "credentials-expired"));
    assert_eq!(send(&proxy, &id), refused(403, "consent-used"));
}

#[test]
fn what_fails_before_it_is_sent_uses_nothing_up() {
    let upstream = Upstream::answering("{}");
    let mut ending = keys("AKIDFIRST");
    *ending.expiry_mut() = Some(SystemTime::now() + Duration::from_secs(2));
    let source = Source::of(vec![
        Ok(ending.clone()),
        Ok(ending),
        Err("none"),
        Ok(keys("AKIDFIRST")),
    ]);
    let proxy = start(|config| config.target = signing(&upstream.url(), source, true));
    let id = agreed(&proxy);
    thread::sleep(Duration::from_millis(2100));
    assert_eq!(send(&proxy, &id), refused(502, "no-credentials"));
    assert_eq!(upstream.connections(), 0);
    assert_eq!(send(&proxy, &id), (200, None));
    assert_eq!(send(&proxy, &id), refused(403, "consent-used"));
}

#[test]
fn a_signature_made_anew_for_the_clock_is_part_of_the_same_attempt() {
    let hour = Duration::from_secs(3600);
    let refusals = Arc::new(Mutex::new(1));
    let upstream = Upstream::replying(Then::Close, move |request, _| {
        if is_for_sts(request) {
            return Reply::Aside(caller(ACCOUNT, ARN));
        }
        let mut left = refusals.lock().unwrap();
        if *left == 0 {
            return Reply::Counted(http("200 OK", &[], "{}"));
        }
        *left -= 1;
        let date = httpdate::fmt_http_date(SystemTime::now() + hour);
        let body = "{\"__type\":\"InvalidSignatureException\"}";
        Reply::Counted(http("400 Bad Request", &[("Date", &date)], body))
    });
    let proxy = start_signing(&upstream.url(), Limits::default());
    let id = agreed(&proxy);
    assert_eq!(send(&proxy, &id), (200, None));
    assert_eq!(upstream.connections(), 2);
    assert_eq!(send(&proxy, &id), refused(403, "consent-used"));
}
