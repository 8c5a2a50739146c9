//! When a request is sent again by itself, and what becomes of it over several attempts.

use crate::processor_time::ProcessorTime;
use formsmith_api::http::HttpResponse;
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::outcome::{
    Arrival, NotSent, Outcome, RowResult, Rows, Standing, outcome, standing,
};
use formsmith_api::retry::{ATTEMPTS, Advice, Reason, advice};
use proptest::prelude::*;
use serde_json::{Value, json};

const BATCH: &str = "BatchDisassociateServiceActionFromProvisioningArtifact";
const RUN: &str = "ExecuteProvisionedProductServiceAction";
const RESOURCES: &str = "BatchDisassociateResourcesFromCustomLineItem";
const LINK: &str = "DisassociateOpportunity";
const RECORD: &str = "DescribeRecord";

/// What a service or the way to it does.
enum Event {
    Answer(u16, &'static str),
    Asks(u16, &'static str, (&'static str, &'static str)),
    Not(NotSent),
    Lost,
    Unreadable,
}
use Event::{Answer, Asks, Lost, Not, Unreadable};

struct Call {
    service: &'static Service,
    operation: &'static Operation,
    model: &'static Model,
    input: Value,
}

fn call(name: &str) -> Call {
    let model: &'static Model = Box::leak(Box::new(Model::embedded().unwrap()));
    let (service, input) = match name {
        RUN => ("servicecatalog", json!({"ExecuteToken": "token-1"})),
        BATCH => (
            "servicecatalog",
            json!({"ServiceActionAssociations": [entry(1), entry(2), entry(3)]}),
        ),
        RESOURCES => (
            "billingconductor",
            json!({"TargetArn": "t", "ResourceArns": ["r-1", "r-2"]}),
        ),
        RECORD => ("servicecatalog", json!({"Id": "rec-1"})),
        _ => ("partnercentral-selling", json!({})),
    };
    let (service, operation) = crate::operation(model, service, name);
    Call {
        service,
        operation,
        model,
        input,
    }
}

fn entry(number: u32) -> Value {
    json!({"ServiceActionId": format!("act-{number}"), "ProductId": "prod-1", "ProvisioningArtifactId": "pa-1"})
}

impl Call {
    fn response(event: &Event) -> Option<HttpResponse> {
        let (status, body, header) = match event {
            Answer(status, body) => (status, body, None),
            Asks(status, body, header) => (status, body, Some(header)),
            _ => return None,
        };
        let text = |text: &&str| (*text).to_owned();
        Some(HttpResponse {
            status: *status,
            headers: header
                .map(|(name, value)| (text(name), text(value)))
                .into_iter()
                .collect(),
            body: body.as_bytes().to_vec(),
            file: None,
        })
    }

    fn at<T>(&self, event: &Event, input: &Value, read: impl FnOnce(&Arrival<'_>) -> T) -> T {
        let response = Self::response(event);
        let outcome = response
            .as_ref()
            .map(|response| outcome(self.model, self.service, self.operation, input, response));
        read(&match (event, &response, &outcome) {
            (Not(why), ..) => Arrival::NotSent(*why),
            (Lost, ..) => Arrival::Lost,
            (_, Some(response), Some(outcome)) => Arrival::Answered { response, outcome },
            _ => Arrival::Unreadable,
        })
    }

    fn advice(&self, event: &Event, made: usize) -> Advice {
        self.at(event, &self.input, |arrival| {
            advice(self.model, self.operation, &self.input, arrival, made, 0.5)
        })
    }

    fn standing(&self, event: &Event, was_unknown: bool) -> Standing {
        self.at(event, &self.input, |arrival| {
            standing(self.operation, arrival, was_unknown)
        })
    }

    fn rows(&self, events: &[(&Event, &[usize])]) -> Rows {
        let mut rows = Rows::new(self.operation, &self.input).unwrap();
        let list = &self.operation.traits.batch.as_ref().unwrap().entries;
        for (number, (event, which)) in events.iter().enumerate() {
            let mut input = self.input.clone();
            input[list] = which
                .iter()
                .map(|&at| self.input[list][at].clone())
                .collect();
            self.at(event, &input, |arrival| {
                rows.take(self.model, self.operation, which, arrival, number + 1);
            });
        }
        rows
    }
}

const THROTTLED: Event = Answer(400, r#"{"__type":"ThrottlingException"}"#);
const BUSY: Event = Answer(429, "{}");
const FAILED: Event = Answer(500, r#"{"__type":"InternalServerException"}"#);
const GATEWAY: Event = Answer(504, "<html>");
const CUT_OFF: Event = Answer(200, r#"{"FailedServ"#);
const GARBAGE: Event = Answer(200, "[1]");
const ELSEWHERE: Event = Answer(302, "");
const QUOTA: Event = Answer(400, r#"{"__type":"LimitExceededException"}"#);
const INVALID: Event = Answer(400, r#"{"__type":"ValidationException"}"#);
const DENIED: Event = Answer(403, r#"{"__type":"AccessDeniedException"}"#);
const CONFLICT: Event = Answer(409, r#"{"__type":"ConflictException"}"#);
const EXPIRED: Event = Answer(400, r#"{"__type":"ExpiredTokenException"}"#);
const GONE: Event = Answer(404, r#"{"__type":"ResourceNotFoundException"}"#);
const FINE: Event = Answer(200, "{}");

#[test]
fn requests_are_sent_again_as_the_table_says() {
    // With a token, idempotent by its model, neither of both, only reading.
    let names = [RUN, RESOURCES, LINK, RECORD];
    let again = |reason| [Some(reason); 4];
    let if_harmless = |reason| [Some(reason), Some(reason), None, Some(reason)];
    let never = [None; 4];
    let table = [
        (
            "not sent, passing",
            Not(NotSent::Passing),
            again(Reason::NotSent),
        ),
        ("not sent, lasting", Not(NotSent::Lasting), never),
        ("throttled by name", THROTTLED, again(Reason::Throttled)),
        ("throttled by status", BUSY, again(Reason::Throttled)),
        ("500", FAILED, if_harmless(Reason::Failed { status: 500 })),
        (
            "504 of a gateway",
            GATEWAY,
            if_harmless(Reason::Failed { status: 504 }),
        ),
        ("lost", Lost, if_harmless(Reason::Lost)),
        ("cut off", CUT_OFF, if_harmless(Reason::Lost)),
        ("garbage", GARBAGE, never),
        ("redirect", ELSEWHERE, never),
        ("unreadable", Unreadable, never),
        ("quota", QUOTA, never),
        ("invalid", INVALID, never),
        ("denied", DENIED, never),
        ("conflict", CONFLICT, never),
        ("not found", GONE, never),
        ("done", FINE, never),
    ];
    for (what, event, expected) in &table {
        let told = names.map(|name| match call(name).advice(event, 1) {
            Advice::Again { reason, .. } => Some(reason),
            Advice::Stop => None,
            Advice::SignIn => panic!("{what}"),
        });
        assert_eq!(told, *expected, "{what}");
    }
    for name in names {
        for event in [&EXPIRED, &Not(NotSent::Credentials)] {
            assert_eq!(call(name).advice(event, 1), Advice::SignIn, "{name}");
        }
    }
}

#[test]
fn three_attempts_are_made_and_no_more() {
    let call = call(RUN);
    let made = (1..=ATTEMPTS).map(|made| call.advice(&THROTTLED, made));
    let stops: Vec<bool> = made.map(|advice| advice == Advice::Stop).collect();
    assert_eq!(stops, [false, false, true]);
}

#[test]
fn a_request_without_its_token_is_not_sent_again_blindly() {
    let call = Call {
        input: json!({}),
        ..call(RUN)
    };
    assert_eq!(call.advice(&Lost, 1), Advice::Stop);
    assert_eq!(call.standing(&Lost, false), Standing::Unknown);
}

#[test]
fn a_wait_that_the_service_asks_for_is_kept() {
    let body = r#"{"__type":"ThrottlingException"}"#;
    let wait = |header| match call(LINK).advice(&Asks(400, body, header), 1) {
        Advice::Again { after_ms, .. } => Some(after_ms),
        _ => None,
    };
    assert_eq!(wait(("Retry-After", "7")), Some(7_000.0));
    assert_eq!(wait(("retry-after", " 0 ")), Some(500.0));
    assert_eq!(
        wait(("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT")),
        Some(500.0)
    );
    assert_eq!(wait(("x-amz-retry-after", "1200")), Some(1_200.0));
    // Nobody is kept waiting for an hour without being asked.
    assert_eq!(wait(("Retry-After", "3600")), None);
}

#[test]
fn what_became_of_a_request_is_told_from_what_arrived() {
    use Standing::{Done, Failed, NotSent as Not_, Unknown};
    let table = [
        (FINE, Done, Done, Done),
        (THROTTLED, Failed, Failed, Failed),
        (INVALID, Failed, Failed, Failed),
        (EXPIRED, Failed, Failed, Failed),
        (FAILED, Unknown, Unknown, Failed),
        (GATEWAY, Unknown, Unknown, Failed),
        (GARBAGE, Unknown, Unknown, Failed),
        (ELSEWHERE, Unknown, Unknown, Failed),
        (Lost, Unknown, Unknown, Failed),
        (Unreadable, Unknown, Unknown, Failed),
        (Not(NotSent::Lasting), Not_, Not_, Not_),
    ];
    for (at, (event, run, link, record)) in table.iter().enumerate() {
        let told = [RUN, LINK, RECORD].map(|name| call(name).standing(event, false));
        assert_eq!(told, [*run, *link, *record], "row {at}");
    }
}

#[test]
fn what_was_unknown_stays_so_until_an_answer_tells() {
    let link = call(LINK);
    for event in [&THROTTLED, &INVALID, &GONE, &Not(NotSent::Passing)] {
        assert_eq!(link.standing(event, true), Standing::Unknown);
    }
    assert_eq!(link.standing(&FINE, true), Standing::Done);
    assert_eq!(call(RESOURCES).standing(&GONE, true), Standing::Unknown);
}

#[test]
fn what_is_gone_was_taken_away_by_the_attempt_before_if_the_model_leaves_no_other_reading() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/models/billing-conductor.json");
    let document = std::fs::read_to_string(file).unwrap();
    let document = document.replace(
        "\"ILLEGAL_CUSTOMLINEITEM\"]",
        "\"ResourceNotFoundException\"]",
    );
    let model: &'static Model = Box::leak(Box::new(Model::load(&[&document]).unwrap()));
    let (service, operation) = crate::operation(model, "billingconductor", RESOURCES);
    let resources = Call {
        service,
        operation,
        model,
        ..call(RESOURCES)
    };
    assert_eq!(resources.standing(&GONE, true), Standing::Done);
    assert_eq!(resources.standing(&GONE, false), Standing::Failed);
}

fn results(rows: &Rows) -> Vec<&str> {
    let word = |row: &formsmith_api::outcome::Row| match row.result {
        RowResult::Done => "done",
        RowResult::Failed(_) => "failed",
        RowResult::Unknown => "unknown",
        RowResult::NotDone => "not done",
        RowResult::NotSent => "not sent",
    };
    rows.rows.iter().map(word).collect()
}

#[test]
fn each_row_has_the_outcome_of_the_last_attempt_at_it() {
    let call = call(BATCH);
    let throttled = Answer(
        200,
        r#"{"FailedServiceActionAssociations":[{"ServiceActionId":"act-2","ProductId":"prod-1","ProvisioningArtifactId":"pa-1","ErrorCode":"THROTTLING"},{"ServiceActionId":"act-3","ProductId":"prod-1","ProvisioningArtifactId":"pa-1","ErrorCode":"RESOURCE_NOT_FOUND"}]}"#,
    );
    let first: (&Event, &[usize]) = (&throttled, &[0, 1, 2]);
    let rows = call.rows(&[first]);
    assert_eq!(results(&rows), ["done", "failed", "failed"]);
    assert_eq!(rows.places(RowResult::is_retryable), [1]);
    let rows = call.rows(&[first, (&FINE, &[1])]);
    assert_eq!(results(&rows), ["done", "done", "failed"]);
    assert_eq!(
        rows.rows.iter().map(|row| row.attempt).collect::<Vec<_>>(),
        [1, 2, 1]
    );
    let rows = call.rows(&[first, (&Lost, &[1])]);
    assert_eq!(results(&rows), ["done", "unknown", "failed"]);
    assert_eq!(rows.places(RowResult::is_retryable), [0; 0]);
}

#[test]
fn a_refusal_of_the_whole_is_one_of_each_row() {
    let call = call(BATCH);
    let all: &[usize] = &[0, 1, 2];
    let rows = call.rows(&[(&THROTTLED, all)]);
    assert_eq!(results(&rows), ["failed"; 3]);
    let RowResult::Failed(failed) = &rows.rows[0].result else {
        panic!()
    };
    assert_eq!(failed.code.as_deref(), Some("ThrottlingException"));
    assert!(failed.is_retryable);
    assert_eq!(
        results(&call.rows(&[(&Not(NotSent::Lasting), all)])),
        ["not sent"; 3]
    );
    assert_eq!(
        results(&call.rows(&[(&Lost, all), (&Not(NotSent::Passing), all)])),
        ["unknown"; 3]
    );
}

#[test]
fn an_entry_that_is_gone_after_an_unknown_outcome_is_for_the_resources_to_tell() {
    let gone = Answer(
        200,
        r#"{"FailedServiceActionAssociations":[{"ServiceActionId":"act-2","ProductId":"prod-1","ProvisioningArtifactId":"pa-1","ErrorCode":"RESOURCE_NOT_FOUND"}]}"#,
    );
    let call = call(BATCH);
    let (all, second): (&[usize], &[usize]) = (&[0, 1, 2], &[1]);
    assert_eq!(
        results(&call.rows(&[(&Lost, all), (&gone, second)])),
        ["unknown", "unknown", "unknown"]
    );
    for event in [&THROTTLED, &DENIED] {
        let rows = call.rows(&[(&Lost, all), (event, second)]);
        assert_eq!(results(&rows), ["unknown"; 3]);
        assert!(
            rows.rows[1].told.is_some(),
            "why it was turned away is kept"
        );
    }
    assert_eq!(
        results(&call.rows(&[(&gone, second)])),
        ["not sent", "failed", "not sent"]
    );
}

#[test]
fn ten_thousand_failures_are_joined_at_once() {
    let call = call(BATCH);
    let entries: Vec<Value> = (0..10_000).map(entry).collect();
    let failed: Vec<Value> = entries
        .iter()
        .map(|entry| {
            let mut failed = entry.clone();
            failed["ErrorCode"] = "THROTTLING".into();
            failed
        })
        .collect();
    let input = json!({"ServiceActionAssociations": entries});
    let body = json!({"FailedServiceActionAssociations": failed}).to_string();
    let begun = ProcessorTime::begin();
    let response = HttpResponse {
        status: 200,
        headers: Vec::new(),
        body: body.into_bytes(),
        file: None,
    };
    let read = outcome(call.model, call.service, call.operation, &input, &response);
    let Outcome::Batch(batch) = read else {
        panic!()
    };
    assert_eq!(batch.failed().count(), 10_000);
    assert!(batch.unmatched.is_empty());
    // Joined pair by pair it took a hundred times as long; this is far from both.
    assert!(begun.spent().as_secs() < 5, "{:?}", begun.spent());
}

proptest! {
    #[test]
    fn waits_are_random_and_never_longer_than_the_table_says(made in 1_usize..3, random in 0.0_f64..1.0) {
        let call = call(LINK);
        let advice = call.at(&THROTTLED, &call.input, |arrival| {
            advice(call.model, call.operation, &call.input, arrival, made, random)
        });
        let Advice::Again { after_ms, .. } = advice else { panic!() };
        let most = 1000.0 * f64::from(1 << (made - 1));
        prop_assert!((after_ms - random * most).abs() < 1e-6);
    }
}
