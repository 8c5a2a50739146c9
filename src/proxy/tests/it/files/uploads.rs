//! A file on its way to a service.

use super::service::Service;
use super::{MIB, PREFIX, Sending, bytes, failure, folder, proxy, request, store, told, upload};
use crate::credentials::{Source, keys};
use crate::running::{one, signing, start};
use crate::signature;
use crate::upstream::http;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Limits;
use formsmith_proxy::hash::sha256_hex;
use formsmith_proxy::sign::{Scope, sign};
use std::io::Write;
use std::net::TcpListener;
use std::thread::{self, sleep};
use std::time::{Duration, Instant, SystemTime};

const MS: Duration = Duration::from_millis(1);

fn quick() -> Limits {
    Limits {
        body: 400 * MS,
        first_byte: 400 * MS,
        file_answer: 400 * MS,
        ..Limits::default()
    }
}

#[test]
fn a_file_arrives_as_it_was_sent_under_the_hash_that_was_announced() {
    let service = Service::answering(http("200 OK", &[], "<Stored/>"));
    let proxy = proxy("arrives", &service.url(), Limits::default());
    let sent = store(bytes(5 * MIB + 1));
    let answer = upload(&proxy, &sent, &sent.body);
    assert_eq!((answer.status, &*answer.body), (200, &b"<Stored/>"[..]));
    let got = service.got(1).remove(0);
    assert!(got.body == sent.body, "{} bytes", got.body.len());
    let hash = sha256_hex(&[&sent.body]);
    assert_eq!(got.header("x-amz-content-sha256"), Some(hash.as_str()));
    assert_eq!(got.header("content-length"), Some("5242881"));
    assert_eq!(got.header("transfer-encoding"), None);
    assert!(!got.head.to_lowercase().contains("x-formsmith"), "{got:?}");

    let signed = HttpRequest {
        headers: vec![
            ("Content-Type".into(), "image/png".into()),
            ("x-amz-content-sha256".into(), hash),
        ],
        ..sent
    };
    let scope = Scope {
        region: "us-east-1",
        service: "s3",
    };
    let time = signature::time(got.header("x-amz-date").unwrap());
    let host = got.header("host").unwrap();
    let added = sign(&signed, host, scope, &signature::credentials(None), time).unwrap();
    let authorization = added.iter().find(|(name, _)| name == "authorization");
    let authorization = authorization.map(|(_, value)| value.as_str());
    assert_eq!(got.header("authorization"), authorization);
}

#[test]
fn a_file_that_the_signature_leaves_out_is_held_to_its_hash_all_the_same() {
    let service = Service::answering(http("200 OK", &[], ""));
    let proxy = proxy("left-out", &service.url(), Limits::default());
    let sent = request("POST", "Leave", bytes(100_000));
    assert_eq!(upload(&proxy, &sent, &sent.body).status, 200);
    let answer = upload(&proxy, &sent, &bytes(100_001)[1..]);
    assert_eq!(told(&answer), failure(400, "file-mismatch", "no"));
    let got = service.got(2);
    let unsigned = Some("UNSIGNED-PAYLOAD");
    assert_eq!(got[0].header("x-amz-content-sha256"), unsigned);
    assert!(got[1].body.len() < 100_000, "{}", got[1].body.len());
}

#[test]
fn a_small_file_and_an_empty_one_are_files_too() {
    let service = Service::answering(http("200 OK", &[], ""));
    let proxy = proxy("small", &service.url(), Limits::default());
    for (at, length) in [0, 1, 2, 65_536, 65_537].into_iter().enumerate() {
        let sent = store(bytes(length));
        assert_eq!(upload(&proxy, &sent, &sent.body).status, 200, "{length}");
        let got = service.got(at + 1).remove(at);
        assert_eq!(got.header("content-length"), Some(&*length.to_string()));
        assert!(got.body == sent.body);
    }
    let count = service.count();
    let answer = upload(&proxy, &store(b"x".to_vec()), b"");
    assert_eq!(told(&answer), failure(400, "file-mismatch", "no"));
    let answer = upload(&proxy, &store(b"x".to_vec()), b"y");
    assert_eq!(told(&answer), failure(400, "file-mismatch", "no"));
    assert!(
        service.got(count)[count..]
            .iter()
            .all(|got| got.body.is_empty())
    );
}

#[test]
fn of_a_file_with_another_hash_the_service_never_gets_the_last() {
    let service = Service::answering(http("200 OK", &[], ""));
    let proxy = proxy("hash", &service.url(), Limits::default());
    let agreed = store(bytes(3 * MIB));
    let mut other = agreed.body.clone();
    other[7] ^= 1;
    let id = proxy.agree(&one(PREFIX, &agreed)).unwrap();
    let mut sending = Sending::begin(&proxy, &agreed, &id, other.len());
    let answer = sending.piece(&other).answer();
    assert_eq!(told(&answer), failure(400, "file-mismatch", "no"));
    let action = answer.json()["action"].to_string();
    assert!(action.contains("none of it was stored"), "{action}");
    let got = service.got(1).remove(0);
    assert!(got.body.len() < other.len(), "{}", got.body.len());
    // What was agreed to has been tried.
    let mut again = Sending::begin(&proxy, &agreed, &id, agreed.body.len());
    let answer = again.piece(&agreed.body).answer();
    assert_eq!(answer.code().as_deref(), Some("consent-used"));
    // Another length is another file as well.
    for body in [&agreed.body[..2 * MIB], &[&*agreed.body, b"x"].concat()] {
        let answer = upload(&proxy, &agreed, body);
        assert_eq!(told(&answer), failure(400, "file-mismatch", "no"));
    }
    assert!(service.got(3).iter().all(|got| got.body.len() <= 3 * MIB));
}

#[test]
fn a_file_that_breaks_off_or_goes_no_further_breaks_the_request_off() {
    let service = Service::answering(http("200 OK", &[], ""));
    let proxy = proxy("breaks-off", &service.url(), quick());
    let sent = store(bytes(2 * MIB));
    let begin = || {
        let id = proxy.agree(&one(PREFIX, &sent)).unwrap();
        let mut sending = Sending::begin(&proxy, &sent, &id, sent.body.len());
        sending.piece(&sent.body[..MIB]);
        sending
    };
    let answer = begin().stop().answer();
    assert_eq!(told(&answer), failure(400, "file-cut-off", "no"));
    let answer = begin().answer();
    assert_eq!(told(&answer), failure(400, "file-cut-off", "no"));
    let message = answer.json()["message"].to_string();
    assert!(message.contains("0.4 seconds"), "{message}");
    drop(begin());
    let got = service.got(3);
    assert!(got.iter().all(|got| got.body.len() <= MIB));
}

#[test]
fn a_slow_client_has_time_as_long_as_something_comes() {
    let service = Service::answering(http("200 OK", &[], ""));
    let short = Limits {
        total: 500 * MS,
        ..quick()
    };
    let proxy = proxy("slow", &service.url(), short);
    let sent = store(bytes(20_000));
    let id = proxy.agree(&one(PREFIX, &sent)).unwrap();
    let mut sending = Sending::begin(&proxy, &sent, &id, sent.body.len());
    for piece in sent.body.chunks(1000) {
        sleep(100 * MS);
        sending.piece(piece);
    }
    assert_eq!(sending.answer().status, 200);
    assert!(service.got(1)[0].body == sent.body);
}

#[test]
fn a_service_that_takes_nothing_more_is_given_up() {
    let service = Service::start(|visit| {
        visit.read_up_to(MIB);
        sleep(Duration::from_secs(4));
    });
    let proxy = proxy("takes-nothing", &service.url(), quick());
    let sent = store(bytes(40 * MIB));
    let started = Instant::now();
    let answer = upload(&proxy, &sent, &sent.body);
    assert_eq!(told(&answer), failure(504, "file-not-taken", "no"));
    assert!(started.elapsed() < Duration::from_secs(15));
}

#[test]
fn a_service_that_hangs_up_has_not_taken_the_file() {
    let service = Service::start(|visit| {
        visit.read_up_to(MIB);
    });
    let proxy = proxy("hangs-up", &service.url(), Limits::default());
    let sent = store(bytes(20 * MIB));
    let answer = upload(&proxy, &sent, &sent.body);
    assert_eq!(told(&answer), failure(502, "file-not-taken", "no"));
}

#[test]
fn a_service_that_has_the_file_may_think_for_longer_and_not_for_ever() {
    let service = Service::start(|visit| {
        visit.read();
        sleep(600 * MS);
        let _ = visit.stream.write_all(&http("200 OK", &[], ""));
        sleep(600 * MS);
    });
    let patient = Limits {
        file_answer: Duration::from_secs(5),
        ..quick()
    };
    let sent = store(bytes(MIB));
    let patient = proxy("thinks", &service.url(), patient);
    assert_eq!(upload(&patient, &sent, &sent.body).status, 200);
    let quick = proxy("thinks-too-long", &service.url(), quick());
    let answer = upload(&quick, &sent, &sent.body);
    let expected = failure(504, "upstream-first-byte-timeout", "unknown");
    assert_eq!(told(&answer), expected);
}

#[test]
fn an_answer_that_comes_before_the_file_is_there_is_passed_on() {
    let body = "<Error><Code>AccessDenied</Code></Error>";
    let closing = http("403 Forbidden", &[("Content-Type", "text/xml")], body);
    let length = body.len();
    let kept = format!("HTTP/1.1 403 Forbidden\r\nContent-Length: {length}\r\n\r\n{body}");
    for (name, answer, open) in [
        ("early", closing.clone(), Duration::ZERO),
        ("early-open", closing, 2000 * MS),
        ("early-kept", kept.into_bytes(), 2000 * MS),
    ] {
        let service = Service::start(move |visit| {
            visit.read_up_to(MIB);
            let _ = visit.stream.write_all(&answer);
            sleep(open);
        });
        let proxy = proxy(name, &service.url(), Limits::default());
        let sent = store(bytes(12 * MIB));
        for _ in 0..5 {
            let started = Instant::now();
            let answer = upload(&proxy, &sent, &sent.body);
            assert_eq!((answer.status, answer.code()), (403, None), "{answer:?}");
            assert!(answer.body.ends_with(b"</Error>"));
            assert!(started.elapsed() < Duration::from_secs(5));
        }
    }
}

#[test]
fn success_before_the_last_piece_is_none() {
    let service = Service::start(move |visit| {
        visit.read_up_to(MIB);
        let _ = visit.stream.write_all(&http("200 OK", &[], ""));
        sleep(500 * MS);
    });
    let proxy = proxy("early-success", &service.url(), Limits::default());
    let sent = store(bytes(12 * MIB));
    let expected = failure(502, "file-not-taken", "unknown");
    assert_eq!(told(&upload(&proxy, &sent, &sent.body)), expected);
}

#[test]
fn what_is_withdrawn_while_it_is_sent_is_sent_to_the_end() {
    let service = Service::answering(http("200 OK", &[], ""));
    let proxy = proxy("withdrawn", &service.url(), Limits::default());
    let sent = store(bytes(MIB));
    let id = proxy.agree(&one(PREFIX, &sent)).unwrap();
    let mut sending = Sending::begin(&proxy, &sent, &id, sent.body.len());
    sending.piece(&sent.body[..1000]);
    sleep(300 * MS);
    assert_eq!(proxy.withdraw(&id).status, 200);
    assert_eq!(sending.piece(&sent.body[1000..]).answer().status, 200);
    assert_eq!(service.got(1).len(), 1);
}

#[test]
fn a_wrong_clock_is_told_of_a_file_and_right_for_the_next() {
    // Its clock, and that of STS, is an hour ahead.
    let ahead = Duration::from_secs(3600);
    let skewed = move |head: &str| {
        let date = head.split("x-amz-date: ").nth(1).unwrap();
        let signed = signature::time(date.lines().next().unwrap());
        let now = SystemTime::now() + ahead;
        (now.duration_since(signed).unwrap_or_default() > Duration::from_secs(300)).then(|| {
            let date = httpdate::fmt_http_date(now);
            let body = "<Error><Code>RequestTimeTooSkewed</Code></Error>";
            http("403 Forbidden", &[("Date", &date)], body)
        })
    };
    let service = Service::judging(skewed, |visit| {
        if visit.read() {
            let _ = visit.stream.write_all(&http("200 OK", &[], ""));
        }
    });
    let proxy = proxy("clock", &service.url(), Limits::default());
    let sent = store(bytes(MIB));
    // The identity was asked for before the clock went wrong.
    let id = proxy.agree(&one(PREFIX, &sent)).unwrap();
    service.judge();
    let mut sending = Sending::begin(&proxy, &sent, &id, sent.body.len());
    let answer = sending.piece(&sent.body).answer();
    assert_eq!((answer.status, answer.code()), (403, None), "{answer:?}");
    assert_eq!(service.got(1).len(), 1, "sent once");
    assert_eq!(upload(&proxy, &sent, &sent.body).status, 200);
}

#[test]
fn credentials_that_expired_are_told_of_a_file_and_renewed_for_the_next() {
    let is_expired = |head: &str| {
        let body = "<Error><Code>ExpiredToken</Code></Error>";
        head.contains("AKIDFIRST")
            .then(|| http("400 Bad Request", &[], body))
    };
    let service = Service::judging(is_expired, |visit| {
        if visit.read() {
            let _ = visit.stream.write_all(&http("200 OK", &[], ""));
        }
    });
    let given = vec![Ok(keys("AKIDFIRST")), Ok(keys("AKIDSECOND"))];
    let target = signing(&service.url(), Source::of(given), true);
    let proxy = start(|config| {
        config.target = target;
        config.models = Some(folder("expired"));
    });
    let sent = store(bytes(MIB));
    let id = proxy.agree(&one(PREFIX, &sent)).unwrap();
    service.judge();
    let mut sending = Sending::begin(&proxy, &sent, &id, sent.body.len());
    let answer = sending.piece(&sent.body).answer();
    assert_eq!((answer.status, answer.code()), (400, None), "{answer:?}");
    assert_eq!(service.got(1).len(), 1, "sent once");
    assert_eq!(upload(&proxy, &sent, &sent.body).status, 200);
}

#[test]
fn what_could_not_begin_may_be_tried_again_with_the_same_consent() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let proxy = proxy("nobody", &url, Limits::default());
    let sent = store(bytes(MIB));
    let id = proxy.agree(&one(PREFIX, &sent)).unwrap();
    for _ in 0..2 {
        let mut sending = Sending::begin(&proxy, &sent, &id, sent.body.len());
        let answer = sending.piece(&sent.body).answer();
        assert_eq!(told(&answer), failure(502, "upstream-unreachable", "no"));
    }
}

#[test]
fn many_files_at_once_all_arrive() {
    let service = Service::answering(http("200 OK", &[], ""));
    let proxy = proxy("many", &service.url(), Limits::default());
    let sent = store(bytes(MIB));
    thread::scope(|scope| {
        let all: Vec<_> = (0..16)
            .map(|_| scope.spawn(|| upload(&proxy, &sent, &sent.body).status))
            .collect();
        for one in all {
            assert_eq!(one.join().unwrap(), 200);
        }
    });
    assert!(service.got(16).iter().all(|got| got.body == sent.body));
}
