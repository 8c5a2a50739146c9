//! Answers as they are stored: whole, or the beginning with what it came to.

use crate::attempt::{CutRow, Reading};
use crate::json::optional_text;
use crate::verdict::{standing_key, standing_of_key, status, why_from_json, why_to_json};
use crate::{Answer, Attempt, Fact, Failure, Run};
use formsmith_api::file::{FileRef, hexadecimal};
use formsmith_api::http::HttpResponse;
use formsmith_api::json::compact;
use formsmith_api::outcome::{Outcome, RowResult, Rows};
use formsmith_api::protocol::{Answer as Said, ServiceError};
use serde_json::{Value, json};

/// Of a longer answer the beginning is stored, and what it came to.
pub(crate) const MAX_BODY: usize = 1_000_000;

/// A whole answer is stored without its outcome, which is read from it again.
pub(crate) fn answer_to_json(answer: &Answer) -> Value {
    let response = answer.response();
    let headers = response.headers.iter();
    let headers: Vec<Value> = headers.map(|(name, value)| json!([name, value])).collect();
    let mut value = json!({"status": response.status, "headers": headers});
    match std::str::from_utf8(&response.body) {
        Ok(body) => value["body"] = body.into(),
        Err(_) => value["bodyHex"] = hexadecimal(&response.body).into(),
    }
    if let Some(file) = &response.file {
        value["file"] = file.as_str().into();
    }
    if let Answer::Redacted { said, .. } = answer {
        said_to_json(said, &mut value);
    }
    if let Answer::Cut { standing, rows, .. } = answer {
        value["standing"] = standing_key(*standing).into();
        value["rows"] = rows
            .iter()
            .map(|row| row.letter())
            .collect::<String>()
            .into();
    }
    value
}

/// The outcome is still to be read from it.
pub(crate) fn answer_from_json(value: &Value) -> Option<Answer> {
    let headers = value["headers"].as_array()?.iter().map(|header| {
        let part = |at: usize| header[at].as_str().map(str::to_owned);
        Some((part(0)?, part(1)?))
    });
    let body = match &value["bodyHex"] {
        Value::String(hex) => from_hex(hex)?,
        _ => optional_text(value, "body")?.into_bytes(),
    };
    let response = HttpResponse {
        status: status(&value["status"])?,
        headers: headers.collect::<Option<_>>()?,
        body,
        file: value["file"].as_str().and_then(FileRef::parse),
    };
    let said = said_from_json(value)?;
    Some(match (value["standing"].as_str(), said) {
        (None, Some(said)) => Answer::Redacted {
            response,
            said,
            outcome: Outcome::Empty,
        },
        (None, None) => Answer::Whole {
            response,
            outcome: Outcome::Empty,
        },
        (Some(standing), _) => Answer::Cut {
            response,
            standing: standing_of_key(standing)?,
            rows: value["rows"]
                .as_str()?
                .chars()
                .filter_map(CutRow::of_letter)
                .collect(),
        },
    })
}

/// What stands in the place of a body that has secrets.
fn said_to_json(said: &Reading, value: &mut Value) {
    match said {
        Ok(Said::Output(output)) => value["output"] = Value::Object(output.clone()),
        Ok(Said::Error(error)) => {
            value["error"] = json!({
                "name": error.name, "message": error.message, "members": error.members,
                "isModeled": error.is_modeled,
            });
        }
        Err(why) => value["notUnderstood"] = why_to_json(why),
    }
}

/// None in place of it where the answer has its body; none at all where it can't be read.
fn said_from_json(value: &Value) -> Option<Option<Reading>> {
    if let Some(output) = value["output"].as_object() {
        return Some(Some(Ok(Said::Output(output.clone()))));
    }
    if let Some(error) = value["error"].as_object() {
        return Some(Some(Ok(Said::Error(ServiceError {
            name: error["name"].as_str().map(str::to_owned),
            message: error["message"].as_str().map(str::to_owned),
            status: status(&value["status"])?,
            members: error["members"].as_object()?.clone(),
            is_modeled: error["isModeled"] == true,
        }))));
    }
    match &value["notUnderstood"] {
        Value::Null => Some(None),
        why => Some(Some(Err(why_from_json(why)?))),
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(pair).collect()
}

impl CutRow {
    fn letter(self) -> char {
        match self {
            Self::Done => 'D',
            Self::Failed => 'F',
            Self::Unknown => 'U',
            Self::NotSent => 'N',
        }
    }

    fn of_letter(letter: char) -> Option<Self> {
        let all = [Self::Done, Self::Failed, Self::Unknown, Self::NotSent];
        all.into_iter().find(|row| row.letter() == letter)
    }

    fn of(result: &RowResult) -> Self {
        match result {
            RowResult::Done => Self::Done,
            RowResult::Failed(_) | RowResult::NotDone => Self::Failed,
            RowResult::Unknown => Self::Unknown,
            RowResult::NotSent => Self::NotSent,
        }
    }
}

/// As it is stored: an answer that is too long as its beginning, with what it came to.
fn stored(run: &Run, attempt: &Attempt, max_body: usize) -> Option<Result<Answer, Failure>> {
    let result = attempt.result.clone()?;
    let Ok(Answer::Whole { response, outcome }) = result else {
        return Some(result);
    };
    let response = match run.answer_without_secrets(&response) {
        Some((response, said)) => {
            let answer = Answer::Redacted {
                response,
                said,
                outcome,
            };
            if compact(&answer_to_json(&answer)).len() <= max_body {
                return Some(Ok(answer));
            }
            answer.response().clone()
        }
        None if response.body.len() <= max_body => {
            return Some(Ok(Answer::Whole { response, outcome }));
        }
        None => response,
    };
    let (model, operation) = (run.op.model, run.op.operation);
    let arrival = attempt.arrival()?;
    let mut rows = Rows::new(operation, &run.input);
    if let Some(rows) = &mut rows {
        rows.take(model, operation, &attempt.rows, &arrival, 1);
    }
    let row = |at: &usize| Some(CutRow::of(&rows.as_ref()?.rows.get(*at)?.result));
    let text = String::from_utf8_lossy(&response.body);
    let end = (0..=max_body.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    let body = text[..end.unwrap_or_default()].as_bytes().to_vec();
    Some(Ok(Answer::Cut {
        standing: formsmith_api::outcome::standing(operation, &arrival, false),
        rows: attempt.rows.iter().filter_map(row).collect(),
        response: HttpResponse { body, ..response },
    }))
}

impl Run {
    /// What came of an attempt with no more than the beginning of its answer: how it ended
    /// matters more than the answer's words, where there is no room for both.
    #[must_use]
    pub fn ended(&self, attempt: usize, max_body: usize) -> Option<Fact> {
        let it = self.attempts.get(attempt)?;
        Some(Fact::Ended {
            attempt,
            at_ms: it.ended_ms?,
            result: stored(self, it, max_body)?,
            is_late: it.is_late,
        })
    }
}
