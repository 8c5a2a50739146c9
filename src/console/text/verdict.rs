//! What came of a request, in a sentence or two.

use super::counted;
use crate::state::{Attempt, ReadBack, Run};
use crate::transport::TransportFailure;
use formsmith_api::model::{Model, Operation, State};
use formsmith_api::outcome::{self, Outcome, Progress, RowResult, Rows, Standing, standing};
use formsmith_api::protocol::{NotUnderstood, ServiceError};
use formsmith_api::retry::is_expired;
use serde_json::{Map, Value};

/// Is it good?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Success,
    Info,
    Warning,
    Error,
    /// Nobody can say from here whether it was done.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub tone: Tone,
    pub title: String,
    pub detail: String,
}

impl Verdict {
    fn new(tone: Tone, title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            tone,
            title: title.into(),
            detail: detail.into(),
        }
    }

    /// For the status region.
    pub fn sentence(&self) -> String {
        super::spoken(&self.title, &self.detail)
    }
}

/// What became of a run, all attempts and what was read back taken together.
pub fn verdict(model: &Model, operation: &Operation, run: &Run) -> Verdict {
    let mut verdict = of_run(model, operation, run);
    if let ReadBack::Done { .. } = run.read_back
        && let Some(told) = super::read_back_told(&run.read_back)
    {
        verdict.detail = verdict.detail.replace(super::UNKNOWN, &told);
    }
    verdict
}

fn of_run(model: &Model, operation: &Operation, run: &Run) -> Verdict {
    let Some(last) = run.last() else {
        return Verdict::new(Tone::Info, super::NOTHING_SENT, "");
    };
    let of_last = of_attempt(model, operation, last, run.standing);
    match &run.rows {
        Some(rows) if run.attempts.iter().any(is_batch_answer) => {
            let mut verdict = of_rows(model, operation, rows, run.standing);
            if !is_batch_answer(last) {
                verdict.detail = format!("{} {}", of_last.sentence(), verdict.detail);
            }
            verdict
        }
        _ if run.standing == Standing::Done && !is_success(last) => {
            Verdict::new(Tone::Success, done(operation), super::DONE_BEFORE)
        }
        _ => of_last,
    }
}

fn is_batch_answer(attempt: &Attempt) -> bool {
    matches!(&attempt.result, Ok((_, Outcome::Batch(_))))
}

fn is_success(attempt: &Attempt) -> bool {
    matches!(
        &attempt.result,
        Ok((_, Outcome::Empty | Outcome::Output(_)))
    )
}

/// What came of one attempt, in a line.
pub fn attempt(model: &Model, operation: &Operation, attempt: &Attempt) -> String {
    let standing = standing(operation, &attempt.arrival(), false);
    match &attempt.result {
        Ok((_, Outcome::Batch(batch))) => {
            let done = batch.succeeded().count();
            format!("{done} of {} done", batch.total())
        }
        _ => of_attempt(model, operation, attempt, standing).title,
    }
}

fn of_attempt(
    model: &Model,
    operation: &Operation,
    attempt: &Attempt,
    standing: Standing,
) -> Verdict {
    let is_unknown = standing == Standing::Unknown;
    match &attempt.result {
        Err(failure) => of_failure(failure, is_unknown),
        Ok((_, outcome)) => match outcome {
            Outcome::Empty | Outcome::Batch(_) => Verdict::new(Tone::Success, done(operation), ""),
            Outcome::Output(output) => of_output(model, operation, output),
            Outcome::Error(error) => of_error(error, is_unknown),
            Outcome::NotUnderstood(why) => {
                let detail = not_understood(why);
                unknown_if(is_unknown, "The answer can't be understood", &detail)
            }
        },
    }
}

/// `Unknown` is a word of its own in front of what happened.
fn unknown_if(is_unknown: bool, title: &str, detail: &str) -> Verdict {
    match is_unknown {
        false => Verdict::new(Tone::Error, title, detail),
        true => {
            let title = format!("Unknown: {}", super::in_sentence(title));
            let detail = format!("{detail} {}", super::UNKNOWN);
            Verdict::new(Tone::Unknown, title, detail.trim())
        }
    }
}

fn of_output(model: &Model, operation: &Operation, output: &Map<String, Value>) -> Verdict {
    match outcome::progress(model, operation, output) {
        Some(progress) => followed(operation, &progress),
        None => Verdict::new(Tone::Success, done(operation), ""),
    }
}

/// How far it has come what an operation started.
pub fn followed(operation: &Operation, progress: &Progress) -> Verdict {
    let tone = match progress.state {
        State::Pending | State::Running => Tone::Info,
        State::Succeeded => Tone::Success,
        State::Failing => Tone::Warning,
        State::Failed => Tone::Error,
    };
    let title = match progress.state {
        State::Pending | State::Running => done(operation),
        _ => progress.meaning.clone().unwrap_or_default(),
    };
    let status = super::in_sentence(&progress.title);
    Verdict::new(tone, title, format!("Status: {status}."))
}

fn done(operation: &Operation) -> String {
    let label = operation.traits.label.as_ref();
    label
        .and_then(|label| label.done.clone())
        .unwrap_or_else(|| "The service carried out the request.".into())
}

/// One entry of a batch and several, in the model's words.
pub fn entry_words(model: &Model, operation: &Operation) -> (String, String) {
    let label = || {
        let batch = operation.traits.batch.as_ref()?;
        let input = model.shape(operation.input.as_ref()?)?;
        let label = input.member(&batch.entries)?.traits.label.as_ref()?;
        Some((label.item.clone()?, label.items.clone()?))
    };
    label().unwrap_or_else(|| ("entry".into(), "entries".into()))
}

fn of_rows(model: &Model, operation: &Operation, rows: &Rows, standing: Standing) -> Verdict {
    let (one, several) = entry_words(model, operation);
    let batch = operation.traits.batch.as_ref();
    let done = batch.map_or("done", |batch| batch.done.as_str());
    let (total, strangers) = (rows.rows.len(), rows.strangers.len());
    let succeeded = rows.count(|result| *result == RowResult::Done);
    let unknown = rows.count(|result| *result == RowResult::Unknown);
    let of = if total == 1 { &one } else { &several };
    let mut title = format!("{succeeded} of {total} {of} {done}");
    let others = [
        (
            rows.count(|result| matches!(result, RowResult::Failed(_))),
            "failed",
        ),
        (unknown, "unknown"),
        (
            rows.count(|result| *result == RowResult::NotSent),
            "not sent",
        ),
    ];
    for (count, what) in others {
        if count > 0 {
            title = format!("{title}, {count} {what}");
        }
    }
    let mut details: Vec<String> = Vec::new();
    match rows.count(RowResult::is_retryable) {
        0 => {}
        1 => details.push("1 can be retried.".into()),
        several => details.push(format!("{several} can be retried.")),
    }
    if unknown > 0 {
        details.push(super::UNREPORTED.into());
    }
    if strangers > 0 {
        details.push(format!(
            "The service also listed {} that {} not sent.",
            counted(strangers, "failed entry", "failed entries"),
            if strangers == 1 { "was" } else { "were" }
        ));
    }
    let tone = match standing {
        Standing::Done => Tone::Success,
        Standing::Partly => Tone::Warning,
        Standing::Unknown => Tone::Unknown,
        Standing::Failed | Standing::NotSent => Tone::Error,
    };
    Verdict::new(tone, title, details.join(" "))
}

/// The name of an error, as a refusal.
pub fn refused(error: &ServiceError) -> String {
    let name = error.name.as_deref().unwrap_or_default();
    format!("The service refused: {name}")
}

fn of_error(error: &ServiceError, is_unknown: bool) -> Verdict {
    let name = error.name.clone().unwrap_or_default();
    let message = error.message.clone().unwrap_or_default();
    if is_expired(&name) {
        let remedy = super::EXPIRED;
        if is_unknown {
            return unknown_if(true, super::SIGN_IN_AGAIN, &format!("{message} {remedy}"));
        }
        let detail = format!("Nothing was carried out. {message} {remedy} {KEPT}");
        return Verdict::new(Tone::Error, super::SIGN_IN_AGAIN, detail);
    }
    match error.status >= 500 {
        true => unknown_if(is_unknown, &format!("The service failed: {name}"), &message),
        false => unknown_if(is_unknown, &refused(error), &message),
    }
}

const KEPT: &str = "The form is as you left it.";

fn of_failure(failure: &TransportFailure, is_unknown: bool) -> Verdict {
    let detail = match failure {
        TransportFailure::Unreachable => {
            "If it was not running, nothing was sent: start it and send again."
        }
        TransportFailure::Redirect => {
            "It was not followed: AWS services don't send redirects. Check what is listening at the proxy's address."
        }
        TransportFailure::SandboxMissing => {
            "Nothing was sent. Check your connection, then send again."
        }
        TransportFailure::Proxy(failure) => &super::proxy_detail(failure),
        TransportFailure::Timeout { .. }
        | TransportFailure::CutOff { .. }
        | TransportFailure::Stopped
        | TransportFailure::Lost => "",
    };
    let mut verdict = unknown_if(is_unknown, &failure_title(failure), detail);
    verdict.detail = format!("{} {KEPT}", verdict.detail).trim().to_owned();
    verdict
}

/// What happened, in a few words.
pub fn failure_title(failure: &TransportFailure) -> String {
    match failure {
        TransportFailure::Unreachable => "The local proxy can't be reached".into(),
        TransportFailure::Timeout { seconds } => format!("No answer within {seconds} seconds"),
        TransportFailure::CutOff { status } => {
            format!("The answer was cut off (HTTP status {status})")
        }
        TransportFailure::Lost => "The connection broke off before an answer came".into(),
        TransportFailure::Redirect => "The answer is a redirect".into(),
        TransportFailure::SandboxMissing => "The sandbox could not be loaded".into(),
        TransportFailure::Stopped => "You stopped waiting for the answer".into(),
        TransportFailure::Proxy(failure) => super::proxy_title(failure).into(),
    }
}

fn not_understood(why: &NotUnderstood) -> String {
    match why {
        NotUnderstood::NotJson { line, column } => {
            format!("The body is not JSON (line {line}, column {column}).")
        }
        NotUnderstood::CutOff => "The body ends in the middle of its JSON: it was cut off.".into(),
        NotUnderstood::NotAnObject => "The body is JSON, but not an object.".into(),
        NotUnderstood::WrongType { member, expected } => {
            format!("The member {member} is not an {expected}.")
        }
        NotUnderstood::Redirect { status } => {
            format!(
                "The answer is a redirection (HTTP status {status}), which AWS's services don't send."
            )
        }
        NotUnderstood::NoErrorName { status } => {
            format!("The HTTP status is {status}, and nothing in the answer names an error.")
        }
    }
}
