//! The journal's lines.

use crate::world::{pace, setup};
use formsmith_api::read_back::Found;
use formsmith_bulk::{Answered, Begun, Record, RowState, StopAt, Told, Why};
use formsmith_run::{Failure, StoreFailure};
use serde_json::json;

fn all() -> Vec<Record> {
    let setup = setup();
    let (at_ms, rows) = (setup.at_ms, vec![3, 4]);
    let mut records = vec![
        Record::Begun(Box::new(Begun {
            at_ms,
            id: setup.id,
            service: "servicecatalog".into(),
            operation: "ExecuteProvisionedProductServiceAction".into(),
            place: setup.place,
            groups: vec![(7, Some(u64::MAX)), (1, None), (2, Some(0))],
            pace: pace(),
            stop_at: StopAt {
                failures: Some(10),
                percent: Some(5),
            },
            sends_parts: false,
            undoes: Some("another".into()),
        })),
        Record::WentOn { at_ms },
        Record::Cancelled { at_ms },
        Record::Interrupted { at_ms },
        Record::PaceChanged(pace()),
        Record::StopAtChanged(StopAt::default()),
        Record::Sending {
            request: 5,
            attempt: 2,
            at_ms,
            rows: rows.clone(),
            hash: "0123456789abcdef".into(),
        },
        Record::Unsent {
            request: 5,
            attempt: 2,
        },
        Record::NotSendable {
            request: 5,
            rows: rows.clone(),
            what: "why".into(),
        },
        Record::Read {
            at_ms,
            found: vec![(3, Found::Done), (4, Found::NotDone)],
        },
        Record::Settled {
            at_ms,
            rows: rows.clone(),
            found: Found::NotDone,
        },
        Record::AskedAgain {
            at_ms,
            rows: rows.clone(),
        },
        Record::Joined {
            at_ms,
            rows: vec![(3, 1), (4, u64::MAX)],
        },
    ];
    for (failure, output) in [
        (Some(Failure::Lost), None),
        (None, Some(json!({"Id": "a"}))),
    ] {
        records.push(Record::Answered(Box::new(Answered {
            request: 5,
            attempt: 2,
            at_ms,
            status: failure.is_none().then_some(200),
            request_id: failure.is_none().then(|| "id".into()),
            may_be_done: failure.is_some(),
            repeats: failure.is_some(),
            failure,
            rows: (0..RowState::ALL.len() as u32).collect(),
            told: RowState::ALL
                .map(|state| Told {
                    state,
                    code: "Code".into(),
                    message: String::new(),
                })
                .into(),
            output,
        })));
    }
    let whys = [
        Why::Person,
        Why::Interrupted,
        Why::TooManyFailures,
        Why::NoAnswers,
        Why::AskedToWait { ms: 200_000.0 },
        Why::Credentials,
        Why::NotSent(Failure::Unreachable),
        Why::NotStored(StoreFailure::Full),
        Why::RowsMissing,
    ];
    records.extend(whys.map(|why| Record::Paused { at_ms, why }));
    records
}

#[test]
fn every_record_is_read_as_it_is_written() {
    for record in all() {
        let line = record.to_line();
        assert!(!line.contains('\n'));
        assert_eq!(Record::of_line(&line), Some(record), "{line}");
    }
}

#[test]
fn a_line_that_was_cut_off_is_no_record() {
    for record in all() {
        let line = record.to_line();
        for end in 0..line.len() {
            assert_eq!(Record::of_line(&line[..end]), None, "{}", &line[..end]);
        }
    }
    assert_eq!(Record::of_line(r#"{"record":"begun","version":2}"#), None);
}
