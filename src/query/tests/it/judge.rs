//! What answers mean for what is waited for, as botocore judges them; `tests/waiters` compares both.

use formsmith_api::protocol::{Answer, NotUnderstood, ServiceError};
use formsmith_api::waiter::{WaitState, Waiter};
use formsmith_query::find;
use serde_json::{Map, Value, json};

fn waiter(acceptors: Value) -> Waiter {
    Waiter::read(&json!({ "acceptors": acceptors })).expect("a waiter")
}

fn output(value: Value) -> Result<Answer, NotUnderstood> {
    Ok(Answer::Output(
        value.as_object().cloned().unwrap_or_default(),
    ))
}

fn error(name: &str) -> Result<Answer, NotUnderstood> {
    Ok(Answer::Error(ServiceError {
        name: Some(name.to_owned()),
        message: None,
        status: 400,
        members: Map::new(),
        is_modeled: true,
    }))
}

fn state(waiter: &Waiter, status: u16, answer: Result<Answer, NotUnderstood>) -> WaitState {
    waiter.judge(status, &answer, find).state
}

#[test]
fn the_first_acceptor_that_matches_decides() {
    let path = |state: &str, matcher: &str, expected: &str| json!({ "state": state, "matcher": matcher, "argument": "Items[].State", "expected": expected });
    let waiter = waiter(json!([
        path("success", "pathAll", "running"),
        path("failure", "pathAny", "terminated"),
        path("retry", "pathAny", "running"),
        path("success", "pathAny", "running"),
    ]));
    let judge = |states: &[&str]| {
        let items: Vec<Value> = states.iter().map(|it| json!({ "State": it })).collect();
        let judged = waiter.judge(200, &output(json!({ "Items": items })), find);
        (judged.state, judged.seen.join(" "))
    };
    assert_eq!(
        judge(&["running", "running"]),
        (WaitState::Success, "running".into())
    );
    assert_eq!(
        judge(&["running", "pending"]),
        (WaitState::Retry, "running pending".into())
    );
    assert_eq!(judge(&["running", "terminated"]).0, WaitState::Failure);
    assert_eq!(judge(&["pending"]).0, WaitState::Retry);
    // All of none is not all.
    assert_eq!(judge(&[]), (WaitState::Retry, String::new()));
    assert_eq!(state(&waiter, 200, output(json!({}))), WaitState::Retry);
    // An error that no acceptor takes ends it.
    let judged = waiter.judge(400, &error("Denied"), find);
    assert_eq!(
        (judged.state, judged.seen),
        (WaitState::Failure, vec!["Denied".to_owned()])
    );
}

#[test]
fn a_path_finds_texts_numbers_and_truth() {
    let one = |argument: &str, expected: Value| {
        waiter(json!([
            { "state": "success", "matcher": "path", "argument": argument, "expected": expected }
        ]))
    };
    let cases = [
        (
            "Table.Status",
            json!("ACTIVE"),
            json!({ "Table": { "Status": "ACTIVE" } }),
            true,
        ),
        (
            "Table.Status",
            json!("ACTIVE"),
            json!({ "Table": { "Status": "CREATING" } }),
            false,
        ),
        (
            "length(Items[]) > `0`",
            json!(true),
            json!({ "Items": [1] }),
            true,
        ),
        (
            "length(Items[]) > `0`",
            json!(true),
            json!({ "Items": [] }),
            false,
        ),
        ("Count", json!(1), json!({ "Count": 1.0 }), true),
        ("Count", json!(1), json!({ "Count": true }), false),
        ("Missing", Value::Null, json!({ "Count": 1 }), true),
        // A list is no item of it.
        (
            "Items[].State",
            json!("ok"),
            json!({ "Items": [{ "State": "ok" }] }),
            false,
        ),
    ];
    for (argument, expected, answer, is) in cases {
        let expected = match is {
            true => (WaitState::Success, expected),
            false => (WaitState::Retry, expected),
        };
        let told = state(&one(argument, expected.1), 200, output(answer.clone()));
        assert_eq!(told, expected.0, "{argument} {answer}");
    }
    // botocore breaks off where a query can't be carried out.
    let broken = one("length(Items[]) > `0`", json!(true));
    assert_eq!(
        state(&broken, 200, output(json!({}))),
        WaitState::NotUnderstood
    );
    // It does so only where no acceptor before it has decided.
    let late = waiter(json!([
        { "state": "failure", "matcher": "status", "expected": 200 },
        { "state": "success", "matcher": "path", "argument": "length(Items[])", "expected": 1 }
    ]));
    assert_eq!(state(&late, 200, output(json!({}))), WaitState::Failure);
    assert_eq!(state(&broken, 400, error("Any")), WaitState::Failure);
}

#[test]
fn a_status_and_an_error_are_matched() {
    let status = waiter(json!([
        { "state": "success", "matcher": "status", "expected": 200 },
        { "state": "retry", "matcher": "status", "expected": 404 },
    ]));
    assert_eq!(state(&status, 200, output(json!({}))), WaitState::Success);
    let unnamed = || Err(NotUnderstood::NoErrorName { status: 404 });
    let judged = status.judge(404, &unnamed(), find);
    assert_eq!(
        (judged.state, judged.seen),
        (WaitState::Retry, vec!["404".to_owned()])
    );
    let elsewhere = Err(NotUnderstood::Redirect { status: 301 });
    assert_eq!(state(&status, 301, elsewhere), WaitState::Failure);

    let code = waiter(json!([
        { "state": "retry", "matcher": "error", "expected": "NotFound" },
        { "state": "success", "matcher": "error", "expected": "404" },
    ]));
    assert_eq!(state(&code, 400, error("NotFound")), WaitState::Retry);
    assert_eq!(state(&code, 400, error("Other")), WaitState::Failure);
    assert_eq!(state(&code, 404, unnamed()), WaitState::Success);
    assert_eq!(state(&code, 200, output(json!({}))), WaitState::Retry);

    let any = waiter(json!([{ "state": "success", "matcher": "error", "expected": true }]));
    assert_eq!(state(&any, 400, error("Whatever")), WaitState::Success);
    assert_eq!(state(&any, 200, output(json!({}))), WaitState::Retry);
    let none = waiter(json!([{ "state": "success", "matcher": "error", "expected": false }]));
    assert_eq!(state(&none, 200, output(json!({}))), WaitState::Success);
    assert_eq!(state(&none, 400, error("Whatever")), WaitState::Failure);

    // What can't be read says nothing.
    let garbled = Err(NotUnderstood::NotAnObject);
    assert_eq!(state(&none, 200, garbled), WaitState::NotUnderstood);
}

#[test]
fn a_waiter_that_asks_for_more_is_not_read() {
    for acceptor in [
        json!({ "state": "success", "matcher": "header", "expected": "x" }),
        json!({ "state": "perhaps", "matcher": "status", "expected": 200 }),
        json!({ "state": "success", "matcher": "path", "expected": "x" }),
        json!({ "state": "success", "matcher": "error", "expected": 7 }),
    ] {
        assert_eq!(Waiter::read(&json!({ "acceptors": [acceptor] })), None);
    }
    assert_eq!(Waiter::read(&json!({})), None);
}
