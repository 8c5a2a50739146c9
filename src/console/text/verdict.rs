//! What came of a request, in a sentence or two.

use super::counted;
use crate::state::Exchange;
use crate::transport::TransportFailure;
use formsmith_api::model::{Model, Operation, State};
use formsmith_api::outcome::{self, BatchOutcome, Outcome};
use formsmith_api::protocol::{NotUnderstood, ServiceError};

/// Is it good?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Success,
    Info,
    Warning,
    Error,
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

pub fn verdict(model: &Model, operation: &Operation, exchange: &Exchange) -> Verdict {
    match &exchange.result {
        Err(failure) => of_failure(failure),
        Ok((_, outcome)) => match outcome {
            Outcome::Empty => Verdict::new(Tone::Success, done(operation), ""),
            Outcome::Output(output) => match outcome::progress(model, operation, output) {
                Some(progress) => {
                    let tone = match progress.state {
                        State::Pending | State::Running => Tone::Info,
                        State::Succeeded => Tone::Success,
                        State::Failing => Tone::Warning,
                        State::Failed => Tone::Error,
                    };
                    let title = match progress.state {
                        State::Failed | State::Failing => progress.meaning.unwrap_or_default(),
                        _ => done(operation),
                    };
                    Verdict::new(
                        tone,
                        title,
                        format!("Status: {}.", super::in_sentence(&progress.title)),
                    )
                }
                None => Verdict::new(Tone::Success, done(operation), ""),
            },
            Outcome::Batch(batch) => of_batch(model, operation, batch),
            Outcome::Error(error) => of_error(error),
            Outcome::NotUnderstood(why) => Verdict::new(
                Tone::Error,
                "The answer can't be understood",
                format!(
                    "{} Whether the request was carried out is not known.",
                    not_understood(why)
                ),
            ),
        },
    }
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

fn of_batch(model: &Model, operation: &Operation, batch: &BatchOutcome) -> Verdict {
    let (one, several) = entry_words(model, operation);
    let done = operation
        .traits
        .batch
        .as_ref()
        .map_or("done", |batch| batch.done.as_str());
    let (total, succeeded) = (batch.total(), batch.succeeded().count());
    let failed = batch.failed().count() - batch.strangers.len();
    let (unreported, strangers) = (batch.unreported().count(), batch.strangers.len());
    let of = if total == 1 { &one } else { &several };
    let mut title = format!("{succeeded} of {total} {of} {done}");
    let mut parts = Vec::new();
    for (count, what) in [(failed, "failed"), (unreported, "not reported")] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    if !parts.is_empty() {
        title = format!("{title}, {}", parts.join(", "));
    }
    let mut details: Vec<String> = Vec::new();
    let retryable = batch.failed().filter(|entry| entry.is_retryable).count();
    match retryable {
        0 => {}
        1 => details.push("1 failed entry may be sent again as it is.".into()),
        several => details.push(format!(
            "{several} failed entries may be sent again as they are."
        )),
    }
    if unreported > 0 {
        details.push("The service said nothing about some of what was sent: look at them before you send them again.".into());
    }
    if strangers > 0 {
        details.push(format!(
            "The service also listed {} that {} not sent.",
            counted(strangers, "failed entry", "failed entries"),
            if strangers == 1 { "was" } else { "were" }
        ));
    }
    let tone = match (succeeded, failed + unreported + strangers) {
        (_, 0) => Tone::Success,
        (0, _) => Tone::Error,
        _ => Tone::Warning,
    };
    Verdict::new(tone, title, details.join(" "))
}

fn of_error(error: &ServiceError) -> Verdict {
    let name = error.name.clone().unwrap_or_default();
    let message = error.message.clone().unwrap_or_default();
    if super::is_expired(&name) {
        let remedy = super::EXPIRED;
        let detail = format!("Nothing was carried out. {message} {remedy} {KEPT}");
        return Verdict::new(Tone::Error, super::SIGN_IN_AGAIN, detail);
    }
    Verdict::new(Tone::Error, format!("The service refused: {name}"), message)
}

const KEPT: &str = "The form is as you left it.";

fn of_failure(failure: &TransportFailure) -> Verdict {
    let detail = match failure {
        TransportFailure::Unreachable => {
            "If it was not running, nothing was sent: start it and send again. If it stopped in between, look whether the change was made first."
        }
        TransportFailure::Timeout { .. }
        | TransportFailure::CutOff { .. }
        | TransportFailure::Lost => super::UNKNOWN,
        TransportFailure::Redirect => {
            "It was not followed: AWS's services don't send any. Look what listens at the proxy's address."
        }
        TransportFailure::SandboxMissing => {
            "Nothing was sent. Look whether the page's host can be reached, then send again."
        }
        TransportFailure::Proxy(failure) => &super::proxy_detail(failure),
    };
    Verdict::new(
        Tone::Error,
        failure_title(failure),
        format!("{detail} {KEPT}"),
    )
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
