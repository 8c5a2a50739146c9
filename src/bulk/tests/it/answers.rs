//! Single answers, and what a run makes of them.

use crate::world::cases::{Case, Kind};
use crate::world::setup;
use formsmith_api::http::HttpResponse;
use formsmith_bulk::{Bulk, Effect, Event, Now, Phase, Plan, RowState, Why};
use formsmith_run::Failure;
use serde_json::{Value, json};

/// A run of plain requests, taken to where its first is sent.
fn sent(rows: u32) -> (Bulk, Case) {
    let case = Case::new(Kind::Plain, rows);
    let mut plan = Plan::new(case.op);
    (0..rows).for_each(|row| plan.add(&case.input(row)));
    let mut setup = setup();
    setup.pace.parallel = 1;
    let (mut bulk, _) = Bulk::begin(plan, setup);
    let effects = bulk.on(&at(0.0), Event::WentOn);
    let fetch = effects.iter().find_map(|it| match it {
        Effect::Fetch { fetch, .. } => Some(*fetch),
        _ => None,
    });
    let inputs = Some(vec![case.input(0)]);
    let fetch = fetch.expect("a row is asked for");
    let _ = bulk.on(&at(1.0), Event::Fetched { fetch, inputs });
    let effects = bulk.on(&at(2.0), Event::Stored { seq: 9 });
    assert!(matches!(
        effects[0],
        Effect::Send {
            request: 0,
            attempt: 1,
            ..
        }
    ));
    (bulk, case)
}

fn at(ms: f64) -> Now {
    Now {
        ms: crate::world::START_MS + ms,
        random: 0.5,
    }
}

fn error(name: &str, status: u16, headers: &[(&str, &str)]) -> Result<HttpResponse, Failure> {
    let mut all = vec![("x-amzn-ErrorType".to_owned(), name.to_owned())];
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()));
    all.extend(headers);
    Ok(HttpResponse {
        status,
        headers: all,
        body: json!({"__type": name, "message": "Not now."})
            .to_string()
            .into_bytes(),
        file: None,
    })
}

fn answered(bulk: &mut Bulk, ms: f64, result: Result<HttpResponse, Failure>) -> Vec<Effect> {
    let (request, attempt) = (0, 1);
    let event = Event::Answered {
        request,
        attempt,
        result,
    };
    bulk.on(&at(ms), event)
}

#[test]
fn a_wait_that_the_service_asks_for_is_kept() {
    let (mut bulk, _) = sent(3);
    let result = error("ThrottlingException", 429, &[("Retry-After", "7")]);
    let effects = answered(&mut bulk, 100.0, result);
    let until = crate::world::START_MS + 7100.0;
    let waits = effects
        .iter()
        .any(|it| matches!(it, Effect::Wait { until_ms } if *until_ms >= until));
    assert!(waits, "{effects:?}");
    let is_fetch = |it: &Effect| matches!(it, Effect::Fetch { .. });
    assert!(!effects.iter().any(is_fetch));
    assert!(!bulk.on(&at(7000.0), Event::Woke).iter().any(is_fetch));
    assert!(bulk.on(&at(7101.0), Event::Woke).iter().any(is_fetch));
}

#[test]
fn a_wait_too_long_to_wait_unasked_pauses_the_run() {
    let (mut bulk, _) = sent(3);
    let result = error("ThrottlingException", 429, &[("Retry-After", "3600")]);
    let _ = answered(&mut bulk, 100.0, result);
    let why = Why::AskedToWait { ms: 3_600_000.0 };
    assert_eq!(*bulk.phase(), Phase::Paused(why));
    assert_eq!(bulk.state(0), RowState::Waiting);
}

#[test]
fn credentials_that_have_expired_pause_the_run() {
    let (mut bulk, _) = sent(3);
    let _ = answered(&mut bulk, 100.0, error("ExpiredTokenException", 403, &[]));
    assert_eq!(*bulk.phase(), Phase::Paused(Why::Credentials));
    assert_eq!(bulk.state(0), RowState::Waiting);
    assert_eq!(bulk.counts().failed, 0);
}

#[test]
fn an_answer_that_comes_late_is_taken_in_once() {
    let (mut bulk, _) = sent(1);
    let _ = answered(&mut bulk, 100.0, Err(Failure::Timeout { seconds: 60 }));
    assert_eq!(bulk.state(0), RowState::Unknown);
    let ignored = bulk.ignored();
    // That nothing came tells nothing.
    let _ = answered(&mut bulk, 200.0, Err(Failure::Lost));
    assert_eq!(
        (bulk.ignored(), bulk.state(0)),
        (ignored + 1, RowState::Unknown)
    );
    let _ = answered(&mut bulk, 300.0, Ok(done()));
    assert_eq!(bulk.state(0), RowState::Done);
    let _ = answered(&mut bulk, 400.0, error("AccessDeniedException", 400, &[]));
    assert_eq!(
        (bulk.ignored(), bulk.state(0)),
        (ignored + 2, RowState::Done)
    );
}

fn done() -> HttpResponse {
    HttpResponse {
        status: 200,
        headers: Vec::new(),
        body: b"{}".to_vec(),
        file: None,
    }
}

#[test]
fn rows_that_are_not_to_be_had_pause_the_run() {
    let case = Case::new(Kind::Plain, 1);
    let mut plan = Plan::new(case.op);
    plan.add(&Value::Null);
    let (mut bulk, _) = Bulk::begin(plan, setup());
    let _ = bulk.on(&at(0.0), Event::WentOn);
    let inputs = None;
    let _ = bulk.on(&at(1.0), Event::Fetched { fetch: 1, inputs });
    assert_eq!(*bulk.phase(), Phase::Paused(Why::RowsMissing));
    assert_eq!(bulk.counts().waiting, 1);
}

#[test]
fn a_late_answer_that_tells_nothing_leaves_the_row_in_doubt() {
    let (mut bulk, case) = sent(1);
    let _ = answered(&mut bulk, 100.0, Err(Failure::Timeout { seconds: 60 }));
    let failed = error("InternalServerException", 500, &[]);
    let _ = answered(&mut bulk, 200.0, failed);
    assert_eq!(bulk.state(0), RowState::Unknown);
    // The person sends it again, and that is refused: the first may be done all the same.
    let again = Event::AskedAgain(formsmith_bulk::Again::Rows(vec![0]));
    let effects = bulk.on(&at(300.0), again);
    let fetch = effects.iter().find_map(|it| match it {
        Effect::Fetch { fetch, .. } => Some(*fetch),
        _ => None,
    });
    let inputs = Some(vec![case.input(0)]);
    let fetch = fetch.expect("a row is asked for");
    let _ = bulk.on(&at(400.0), Event::Fetched { fetch, inputs });
    let _ = bulk.on(&at(500.0), Event::Stored { seq: 99 });
    let refused = Event::Answered {
        request: 0,
        attempt: 2,
        result: error("ResourceNotFoundException", 400, &[]),
    };
    let _ = bulk.on(&at(600.0), refused);
    assert_eq!(bulk.state(0), RowState::Unknown);
}
