//! Signatures that AWS refuses although nothing is wrong with the request: for a wrong clock, or
//! for credentials that have expired. Nothing was done then, so the request is sent once more.

use super::credentials::{Source, keys};
use super::running::{Answer, signing, start};
use super::signing::{PREFIX, request};
use super::upstream::{ACCOUNT, ARN, Received, Reply, Then, Upstream, caller, http, is_for_sts};
use crate::signature;
use formsmith_proxy::Credentials;
use std::time::{Duration, SystemTime};

const HOUR: Duration = Duration::from_secs(3600);

fn refusal(name: &str, date: SystemTime) -> Vec<u8> {
    let date = httpdate::fmt_http_date(date);
    let body = format!("{{\"__type\":\"com.amazon.coral.service#{name}\"}}");
    http("400 Bad Request", &[("Date", &date)], &body)
}

/// An endpoint that answers the first requests as told, and then with success. STS takes anything.
fn refusing(refusals: Vec<Vec<u8>>) -> Upstream {
    Upstream::replying(Then::Close, move |request, before| {
        match is_for_sts(request) {
            true => Reply::Aside(caller(ACCOUNT, ARN)),
            false => Reply::Counted(match refusals.get(before) {
                Some(refusal) => refusal.clone(),
                None => http("200 OK", &[], "{}"),
            }),
        }
    })
}

fn send(upstream: &Upstream, gives: Vec<Result<Credentials, &'static str>>) -> Answer {
    let source = Source::of(gives);
    let proxy = start(|config| config.target = signing(&upstream.url(), source, true));
    proxy.reviewed(PREFIX, &request(), &[])
}

fn signed_at(request: &Received) -> SystemTime {
    signature::time(request.header("X-Amz-Date"))
}

fn is_near(one: SystemTime, other: SystemTime) -> bool {
    let apart = one
        .duration_since(other)
        .or_else(|_| other.duration_since(one));
    apart.unwrap() < Duration::from_secs(60)
}

#[test]
fn a_wrong_clock_is_corrected_and_the_request_sent_once_more() {
    for (name, now) in [
        ("InvalidSignatureException", SystemTime::now() + HOUR),
        ("RequestTimeTooSkewed", SystemTime::now() - HOUR),
    ] {
        let upstream = refusing(vec![refusal(name, now)]);
        let source = Source::of(vec![Ok(keys("AKIDFIRST"))]);
        let proxy = start(|config| config.target = signing(&upstream.url(), source, true));
        for _ in 0..2 {
            assert_eq!(proxy.reviewed(PREFIX, &request(), &[]).status, 200);
        }
        let received = upstream.received();
        assert_eq!(received.len(), 3, "the corrected clock is kept");
        assert!(is_near(signed_at(&received[0]), SystemTime::now()));
        assert!(is_near(signed_at(&received[1]), now));
        assert!(is_near(signed_at(&received[2]), now));
        assert_eq!(received[1].body, received[0].body);
    }
}

#[test]
fn a_corrected_clock_makes_no_credentials_expire() {
    let upstream = refusing(vec![refusal(
        "InvalidSignatureException",
        SystemTime::now() + HOUR * 2,
    )]);
    let mut short = keys("AKIDFIRST");
    *short.expiry_mut() = Some(SystemTime::now() + HOUR);
    let source = Source::of(vec![Ok(short)]);
    let proxy = start(|config| config.target = signing(&upstream.url(), source, true));
    for _ in 0..2 {
        assert_eq!(proxy.reviewed(PREFIX, &request(), &[]).status, 200);
    }
}

#[test]
fn a_clock_that_cannot_be_corrected_is_told() {
    let later = |hours| SystemTime::now() + HOUR * hours;
    let upstream = refusing(vec![
        refusal("RequestExpired", later(1)),
        refusal("RequestExpired", later(5)),
    ]);
    let answer = send(&upstream, vec![Ok(keys("AKIDFIRST"))]);
    assert_eq!(
        (answer.status, answer.code().as_deref()),
        (502, Some("clock-skew"))
    );
    assert_eq!(answer.json()["sent"], "no");
    assert_eq!(upstream.received().len(), 2);
}

/// Another endpoint in the same place, whose answers come one after the other.
fn times(proxy_sends: usize, answers: Vec<Vec<u8>>) -> (Vec<u16>, Vec<SystemTime>) {
    let upstream = refusing(answers);
    let source = Source::of(vec![Ok(keys("AKIDFIRST"))]);
    let proxy = start(|config| config.target = signing(&upstream.url(), source, true));
    let statuses = (0..proxy_sends).map(|_| proxy.reviewed(PREFIX, &request(), &[]).status);
    let statuses = statuses.collect();
    (
        statuses,
        upstream.received().iter().map(signed_at).collect(),
    )
}

#[test]
fn no_date_of_an_answer_breaks_the_proxy() {
    let name = "InvalidSignatureException";
    for date in [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:60 GMT",
        "Sat, 01 Jan 10000 00:00:00 GMT",
        "soon",
        "",
    ] {
        let body = format!("{{\"__type\":\"{name}\"}}");
        let refusal = http("400 Bad Request", &[("Date", date)], &body);
        let (statuses, signed) = times(3, vec![refusal.clone(), refusal]);
        assert_eq!(statuses, [400, 400, 200], "{date}");
        let now = SystemTime::now();
        assert!(signed.iter().all(|time| is_near(*time, now)), "{date}");
    }
}

#[test]
fn a_correction_is_kept_only_if_it_helps_and_can_always_be_taken_back() {
    let name = "InvalidSignatureException";
    let now = SystemTime::now();
    let (later, too_late) = (now + HOUR * 11, now + HOUR * 13);
    // Tried and of no help; accepted; mended by the next refusal; asked for too much.
    let answers = vec![
        refusal(name, later),
        refusal(name, now),
        http("200 OK", &[], "{}"),
        refusal(name, later),
        http(
            "400 Bad Request",
            &[],
            "{\"__type\":\"ValidationException\"}",
        ),
        http("200 OK", &[], "{}"),
        refusal(name, now),
        http("200 OK", &[], "{}"),
        http("200 OK", &[], "{}"),
        refusal(name, too_late),
        // A failure says nothing of the signature.
        refusal(name, later),
        http("500 Internal Server Error", &[], "{}"),
        http("200 OK", &[], "{}"),
    ];
    let (statuses, signed) = times(9, answers);
    assert_eq!(statuses, [502, 200, 400, 200, 200, 200, 400, 500, 200]);
    let hours: Vec<_> = signed
        .iter()
        .map(|time| if is_near(*time, now) { 0 } else { 11 })
        .collect();
    assert_eq!(hours, [0, 11, 0, 0, 11, 11, 11, 0, 0, 0, 0, 11, 0]);
    let corrected = signed.iter().zip(&hours).filter(|(_, hours)| **hours == 11);
    assert!(corrected.into_iter().all(|(time, _)| is_near(*time, later)));
}

#[test]
fn a_signature_refused_for_another_reason_is_the_services_answer() {
    let now = SystemTime::now();
    for (name, date) in [
        ("InvalidSignatureException", now),
        ("InvalidParametersException", now + HOUR),
    ] {
        let upstream = refusing(vec![refusal(name, date)]);
        let answer = send(&upstream, vec![Ok(keys("AKIDFIRST"))]);
        assert_eq!((answer.status, answer.code()), (400, None), "{name}");
        assert_eq!(upstream.received().len(), 1);
    }
}

#[test]
fn credentials_that_aws_calls_expired_are_renewed_once() {
    let expired = || refusal("ExpiredTokenException", SystemTime::now());
    let upstream = refusing(vec![expired()]);
    let given = vec![Ok(keys("AKIDFIRST")), Ok(keys("AKIDSECOND"))];
    assert_eq!(send(&upstream, given).status, 200);
    let received = upstream.received();
    assert!(received[0].header("Authorization").contains("AKIDFIRST"));
    assert!(received[1].header("Authorization").contains("AKIDSECOND"));

    for (given, sent) in [
        (vec![Ok(keys("AKIDFIRST"))], 1),
        (vec![Ok(keys("AKIDFIRST")), Err("offline")], 1),
        (vec![Ok(keys("AKIDFIRST")), Ok(keys("AKIDSECOND"))], 2),
    ] {
        let upstream = refusing(vec![expired(), expired()]);
        let answer = send(&upstream, given);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (502, Some("credentials-expired"))
        );
        assert_eq!(answer.json()["sent"], "no");
        assert_eq!(upstream.received().len(), sent);
    }
}

#[test]
fn credentials_renewed_to_another_identity_send_nothing() {
    let upstream = Upstream::replying(Then::Close, |request, _| {
        if !is_for_sts(request) {
            return Reply::Counted(refusal("ExpiredTokenException", SystemTime::now()));
        }
        let is_first = request.header("Authorization").contains("AKIDFIRST");
        let other = "arn:aws:iam::444455556666:user/other";
        Reply::Aside(caller(ACCOUNT, if is_first { ARN } else { other }))
    });
    let answer = send(
        &upstream,
        vec![Ok(keys("AKIDFIRST")), Ok(keys("AKIDSECOND"))],
    );
    assert_eq!(answer.code().as_deref(), Some("identity-changed"));
    assert_eq!(upstream.received().len(), 1);
}
