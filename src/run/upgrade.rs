//! Records of version 1, which held sentences, as facts.

use crate::attempt::CutRow;
use crate::json::{float, optional_text, place_from_json, places, text};
use crate::verdict::status;
use crate::{Answer, Fact, Failure, Head, HeadAttempt, Said, Subject, Tone, Verdict};
use formsmith_api::http::HttpResponse;
use formsmith_api::model::in_words;
use formsmith_api::outcome::{Outcome, Standing};
use serde_json::{Map, Value};

/// The head and the facts of a run as version 1 stored it: one object with all its members. What it
/// said of itself stays as it was written, until its operation is known again. None for what is
/// no such run.
#[must_use]
pub fn upgrade(run: &Value) -> Option<(Head, Vec<Fact>)> {
    let place = place_from_json(run)?;
    let tone = Tone::of_key(run["tone"].as_str()?)?;
    let (service, operation) = (text(run, "service"), text(run, "operation"));
    let started_ms = float(&run["startedMs"])?;
    let is_imported = run["imported"] == true;
    let mut facts = vec![Fact::Begun {
        at_ms: started_ms,
        service: service.clone(),
        operation: operation.clone(),
        place: place.clone(),
        input: run["input"].clone(),
        undoes: None,
        repeats: None,
    }];
    let attempts = run["attempts"].as_array()?;
    for (at, attempt) in attempts.iter().enumerate() {
        let started_ms = float(&attempt["startedMs"])?;
        let rows = places(&attempt["entries"]);
        facts.push(Fact::Sending {
            attempt: at,
            at_ms: started_ms,
            rows: rows.clone(),
            tokens: Map::new(),
        });
        if let Some(at_ms) = float(&attempt["endedMs"]) {
            let is_last = at + 1 == attempts.len();
            facts.push(Fact::Ended {
                attempt: at,
                at_ms,
                result: result(
                    run,
                    attempt,
                    is_last,
                    tone,
                    rows.map_or(0, |rows| rows.len()),
                ),
                is_late: false,
            });
        }
    }
    if is_imported {
        facts.push(Fact::Imported);
    }
    let said = |value: &Value| match text(value, "verdict") {
        // Nothing was said before it had ended.
        title if title.is_empty() => Said::NoAnswer {
            failure: Failure::Interrupted,
            is_unknown: true,
        },
        title => Said::AsWritten {
            title,
            detail: text(value, "detail"),
        },
    };
    let attempts = attempts.iter().map(|attempt| {
        Some(HeadAttempt {
            started_ms: float(&attempt["startedMs"])?,
            ended_ms: float(&attempt["endedMs"]),
            rows: attempt["entries"].as_array().map(Vec::len),
            said: said(attempt),
            status: status(&attempt["status"]),
            request_id: optional_text(attempt, "requestId"),
        })
    });
    let ended_ms = float(&run["endedMs"]);
    let head = Head {
        id: optional_text(run, "id")?,
        service_title: in_words(&service),
        service,
        operation,
        subject: Subject::default(),
        place,
        started_ms,
        ended_ms,
        verdict: Verdict {
            tone,
            said: said(run),
            last: None,
        },
        attempts: attempts.collect::<Option<_>>()?,
        is_open: ended_ms.is_none() && !is_imported,
        undoes: None,
        undid: None,
        may_undo: false,
        is_imported,
        is_pinned: run["pinned"] == true,
    };
    Some((head, facts))
}

/// Only the last answer was stored. Of the others there is what is needed to name them.
fn result(
    run: &Value,
    attempt: &Value,
    is_last: bool,
    tone: Tone,
    rows: usize,
) -> Result<Answer, Failure> {
    let answer = &run["answer"];
    let standing = match tone {
        Tone::Success | Tone::Info if is_last => Standing::Done,
        Tone::Warning if is_last => Standing::Partly,
        Tone::Error if is_last => Standing::Failed,
        _ => Standing::Unknown,
    };
    let of_status = status(&attempt["status"]);
    let response = match (is_last, status(&answer["status"]), of_status) {
        (true, Some(status), _) => HttpResponse {
            status,
            headers: headers(answer),
            body: text(answer, "body").into_bytes(),
            file: None,
        },
        (_, _, Some(status)) => HttpResponse {
            status,
            headers: optional_text(attempt, "requestId")
                .map(|id| ("x-amzn-RequestId".to_owned(), id))
                .into_iter()
                .collect(),
            body: Vec::new(),
            file: None,
        },
        // Why there was no answer, only the sentence says.
        _ => return Err(Failure::Interrupted),
    };
    Ok(match is_last && answer["isCut"] == false {
        true => Answer::Whole {
            response,
            outcome: Outcome::Empty,
        },
        false => Answer::Cut {
            response,
            standing,
            rows: vec![CutRow::Unknown; rows],
        },
    })
}

fn headers(answer: &Value) -> Vec<(String, String)> {
    let headers = answer["headers"].as_array().into_iter().flatten();
    let pair = |header: &Value| {
        let part = |at: usize| header[at].as_str().map(str::to_owned);
        Some((part(0)?, part(1)?))
    };
    headers.filter_map(pair).collect()
}
