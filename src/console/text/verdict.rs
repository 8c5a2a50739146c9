//! What came of a request, in a sentence or two.

use super::counted;
use formsmith_api::model::{Model, Operation, State};
use formsmith_api::outcome::{Progress, Standing, of_value};
use formsmith_api::protocol::{NotUnderstood, ServiceError};
use formsmith_api::retry::is_expired;
use formsmith_run::{Attempt, Failure, OperationRef, RowCounts, Said, Tone};

/// What became of something, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub tone: Tone,
    pub title: String,
    pub detail: String,
}

impl Verdict {
    /// For the status region.
    pub fn sentence(&self) -> String {
        super::spoken(&self.title, &self.detail)
    }
}

/// What became of a run. The operation has words of its own, where it is known.
pub fn verdict(op: Option<OperationRef>, verdict: &formsmith_run::Verdict) -> Verdict {
    let (title, mut detail) = words(op, &verdict.said);
    if let Some(last) = &verdict.last {
        let (title, of_last) = words(op, last);
        let of_last = super::spoken(&title, &of_last);
        detail = match verdict.said {
            Said::FoundNotDone | Said::Repeated => format!("{detail} {of_last}"),
            _ => format!("{of_last} {detail}"),
        };
        detail = detail.trim().to_owned();
    }
    Verdict {
        tone: verdict.tone,
        title,
        detail,
    }
}

/// What came of one attempt, in a line.
pub fn attempt(op: OperationRef, attempt: &Attempt) -> String {
    match attempt.outcome() {
        Some(formsmith_api::outcome::Outcome::Batch(batch)) => {
            let done = batch.succeeded().count();
            format!("{done} of {} done", batch.total())
        }
        _ => said_of_attempt(Some(op), &attempt.said(is_unknown(op, attempt))),
    }
}

/// The same of an attempt of which only this is known.
pub fn said_of_attempt(op: Option<OperationRef>, said: &Said) -> String {
    words(op, said).0
}

fn is_unknown(op: OperationRef, attempt: &Attempt) -> bool {
    let arrival = attempt.arrival();
    let standing =
        arrival.map(|arrival| formsmith_api::outcome::standing(op.operation, &arrival, false));
    standing == Some(Standing::Unknown)
}

/// A title, and what there is to say beside it.
fn words(op: Option<OperationRef>, said: &Said) -> (String, String) {
    match said {
        Said::NothingSent => (super::NOTHING_SENT.into(), String::new()),
        Said::Done => (done(op), String::new()),
        Said::DoneBefore => (done(op), super::DONE_BEFORE.into()),
        Said::Repeated => (super::REPEATED.into(), super::REPEATED_DETAIL.into()),
        Said::FoundDone => (done(op), super::FOUND_DONE.into()),
        Said::FoundNotDone => (super::NOT_DONE.into(), super::FOUND_NOT_DONE.into()),
        Said::Followed { state, value } => followed(op, *state, value),
        Said::Rows(counts) => of_rows(op, counts),
        Said::Refused {
            name,
            message,
            status,
            is_unknown,
        } => of_error(name, message, *status, *is_unknown),
        Said::NotUnderstood { why, is_unknown } => {
            unknown_if(*is_unknown, super::NOT_UNDERSTOOD, &not_understood(why))
        }
        Said::NoAnswer {
            failure,
            is_unknown,
        } => of_failure(failure, *is_unknown),
        Said::Cut(standing) => (of_standing(op, *standing), super::CUT.into()),
        Said::AsWritten { title, detail } => (title.clone(), detail.clone()),
    }
}

/// What became of what is not stored whole.
fn of_standing(op: Option<OperationRef>, standing: Standing) -> String {
    match standing {
        Standing::Done => done(op),
        Standing::Partly => super::PARTLY_DONE.into(),
        Standing::Failed => super::NOT_DONE.into(),
        Standing::Unknown => super::OUTCOME_UNKNOWN.into(),
        Standing::NotSent => super::NOTHING_SENT.into(),
    }
}

/// `Unknown` is a word of its own in front of what happened.
fn unknown_if(is_unknown: bool, title: &str, detail: &str) -> (String, String) {
    match is_unknown {
        false => (title.to_owned(), detail.to_owned()),
        true => {
            let title = format!("Unknown: {}", super::in_sentence(title));
            let detail = format!("{detail} {}", super::UNKNOWN);
            (title, detail.trim().to_owned())
        }
    }
}

/// How far it has come what an operation started.
fn followed(op: Option<OperationRef>, state: State, value: &str) -> (String, String) {
    let known = op.and_then(|op| status_of(op, value));
    let meaning = known.as_ref().and_then(|known| known.meaning.clone());
    let title = match state {
        State::Pending | State::Running => done(op),
        _ => meaning.unwrap_or_else(|| value.to_owned()),
    };
    let status = known.map_or_else(|| value.to_owned(), |known| known.title);
    (title, format!("Status: {}.", super::in_sentence(&status)))
}

/// What a model says of a status, wherever the operation's output has it.
fn status_of(op: OperationRef, value: &str) -> Option<Progress> {
    fn find(
        model: &Model,
        shape: &formsmith_api::model::Shape,
        value: &str,
        depth: u32,
    ) -> Option<Progress> {
        let depth = depth.checked_sub(1)?;
        shape.members().iter().find_map(|member| {
            let target = model.shape(&member.target)?;
            of_value(target, value).or_else(|| find(model, target, value, depth))
        })
    }
    let output = op.model.shape(op.operation.output.as_ref()?)?;
    // Shapes may contain themselves.
    find(op.model, output, value, 4)
}

fn done(op: Option<OperationRef>) -> String {
    let label = op.and_then(|op| op.operation.traits.label.as_ref());
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

fn of_rows(op: Option<OperationRef>, counts: &RowCounts) -> (String, String) {
    let (one, several) = op.map_or_else(
        || ("entry".into(), "entries".into()),
        |op| entry_words(op.model, op.operation),
    );
    let batch = op.and_then(|op| op.operation.traits.batch.as_ref());
    let done = batch.map_or("done", |batch| batch.done.as_str());
    let of = if counts.total == 1 { &one } else { &several };
    let mut title = format!("{} of {} {of} {done}", counts.done, counts.total);
    for (count, what) in [
        (counts.failed, "failed"),
        (counts.not_done, "not done"),
        (counts.unknown, "unknown"),
        (counts.not_sent, "not sent"),
    ] {
        if count > 0 {
            title = format!("{title}, {count} {what}");
        }
    }
    let mut details: Vec<String> = Vec::new();
    match counts.retryable {
        0 => {}
        1 => details.push("1 can be retried.".into()),
        several => details.push(format!("{several} can be retried.")),
    }
    if counts.unknown > 0 {
        details.push(super::UNREPORTED.into());
    }
    if counts.unmatched > 0 {
        details.push(format!(
            "The service also listed {} that {} not sent.",
            counted(counts.unmatched, "failed entry", "failed entries"),
            if counts.unmatched == 1 { "was" } else { "were" }
        ));
    }
    (title, details.join(" "))
}

/// The name of an error, as a refusal.
pub fn refused(error: &ServiceError) -> String {
    refused_with(error.name.as_deref().unwrap_or_default())
}

fn refused_with(name: &str) -> String {
    format!("The service refused: {name}")
}

fn of_error(name: &str, message: &str, status: u16, is_unknown: bool) -> (String, String) {
    if is_expired(name) {
        let remedy = super::EXPIRED;
        if is_unknown {
            return unknown_if(true, super::SIGN_IN_AGAIN, &format!("{message} {remedy}"));
        }
        let detail = format!("Nothing was carried out. {message} {remedy} {KEPT}");
        return (super::SIGN_IN_AGAIN.into(), detail);
    }
    match status >= 500 {
        true => unknown_if(is_unknown, &format!("The service failed: {name}"), message),
        false => unknown_if(is_unknown, &refused_with(name), message),
    }
}

const KEPT: &str = "The form is as you left it.";

fn of_failure(failure: &Failure, is_unknown: bool) -> (String, String) {
    let detail = match failure {
        Failure::Unreachable => "If it was not running, nothing was sent: start it and send again.",
        Failure::Redirect => {
            "It was not followed: AWS services don't send redirects. Check what is listening at the proxy's address."
        }
        Failure::SandboxMissing => "Nothing was sent. Check your connection, then send again.",
        Failure::Proxy(failure) => &super::proxy_detail(failure),
        Failure::Timeout { .. }
        | Failure::CutOff { .. }
        | Failure::Stopped
        | Failure::Interrupted
        | Failure::Lost => "",
    };
    let (title, detail) = unknown_if(is_unknown, &failure_title(failure), detail);
    (title, format!("{detail} {KEPT}").trim().to_owned())
}

/// What happened, in a few words.
pub fn failure_title(failure: &Failure) -> String {
    match failure {
        Failure::Unreachable => "The local proxy can't be reached".into(),
        Failure::Timeout { seconds } => format!("No answer within {seconds} seconds"),
        Failure::CutOff { status } => {
            format!("The answer was cut off (HTTP status {status})")
        }
        Failure::Lost => "The connection broke off before an answer came".into(),
        Failure::Redirect => "The answer is a redirect".into(),
        Failure::SandboxMissing => "The sandbox could not be loaded".into(),
        Failure::Stopped => "You stopped waiting for the answer".into(),
        Failure::Interrupted => "The page was closed before an answer came".into(),
        Failure::Proxy(failure) => super::proxy_title(failure).into(),
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
