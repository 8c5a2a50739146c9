//! Answers as they are stored: whole, or the beginning with what it came to.

use crate::attempt::CutRow;
use crate::json::optional_text;
use crate::verdict::{standing_key, standing_of_key, status};
use crate::{Answer, Attempt, Fact, Failure, Run};
use formsmith_api::file::{FileRef, hexadecimal};
use formsmith_api::http::HttpResponse;
use formsmith_api::outcome::{Arrival, Outcome, RowResult, Rows, Standing};
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
    Some(match value["standing"].as_str() {
        None => Answer::Whole {
            response,
            outcome: Outcome::Empty,
        },
        Some(standing) => Answer::Cut {
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

/// As it is stored: without what must not be, and an answer that is too long, or can't be without
/// that, as its beginning with what it came to.
fn stored(run: &Run, attempt: &Attempt, max_body: usize) -> Option<Result<Answer, Failure>> {
    let result = attempt.result.clone()?;
    let Ok(Answer::Whole { response, outcome }) = result else {
        return Some(result);
    };
    let came_to = came_to(run, attempt, &run.input, &response, &outcome);
    let (safe, mut is_whole) = run.op.response_without_secrets(&response, &outcome);
    is_whole &= safe.body.len() <= max_body;
    if is_whole {
        // It is read again from what is stored, together with the input that is stored.
        let input = run.op.input_without_secrets(&run.input, "");
        if safe == response && input == run.input {
            return Some(Ok(Answer::Whole { response, outcome }));
        }
        let outcome = run.op.outcome(&input, &safe);
        if came_to == self::came_to(run, attempt, &input, &safe, &outcome) {
            let response = safe;
            return Some(Ok(Answer::Whole { response, outcome }));
        }
    }
    let (standing, rows) = came_to;
    let text = String::from_utf8_lossy(&safe.body);
    let end = (0..=max_body.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    let body = text[..end.unwrap_or_default()].as_bytes().to_vec();
    Some(Ok(Answer::Cut {
        standing,
        rows,
        response: HttpResponse { body, ..safe },
    }))
}

/// What an answer says of the whole, and of each row that was sent.
fn came_to(
    run: &Run,
    attempt: &Attempt,
    input: &Value,
    response: &HttpResponse,
    outcome: &Outcome,
) -> (Standing, Vec<CutRow>) {
    let (model, operation) = (run.op.model, run.op.operation);
    let arrival = Arrival::Answered { response, outcome };
    let mut rows = Rows::new(operation, input);
    if let Some(rows) = &mut rows {
        rows.take(model, operation, &attempt.rows, &arrival, 1);
    }
    let row = |at: &usize| Some(CutRow::of(&rows.as_ref()?.rows.get(*at)?.result));
    let standing = formsmith_api::outcome::standing(operation, &arrival, false);
    (standing, attempt.rows.iter().filter_map(row).collect())
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
