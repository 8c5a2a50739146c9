//! What came of a request, in a sentence or two.

use crate::language::OfCount;
use crate::problems::json_type;
use crate::{in_sentence, listed, sentences, spoken, status_now, texts};
use formsmith_api::model::{Batch, Model, Operation, State};
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
        spoken(&self.title, &self.detail)
    }
}

/// What became of a run. The operation has words of its own, where it is known.
pub fn verdict(op: Option<OperationRef>, verdict: &formsmith_run::Verdict) -> Verdict {
    let (title, mut detail) = words(op, &verdict.said);
    if let Some(last) = &verdict.last {
        let (title, of_last) = words(op, last);
        let of_last = spoken(&title, &of_last);
        detail = match verdict.said {
            Said::FoundNotDone | Said::Repeated => sentences(&[&detail, &of_last]),
            _ => sentences(&[&of_last, &detail]),
        };
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
            texts::attempt_done(&done.to_string(), &batch.total().to_string())
        }
        _ => said_of_attempt(
            Some(op),
            &attempt.said(op.operation, is_unknown(op, attempt)),
        ),
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
        Said::NothingSent => (texts::nothing_sent().into(), String::new()),
        Said::Done => (done(op), String::new()),
        Said::DoneBefore => (done(op), texts::done_before().into()),
        Said::Repeated => (texts::repeated().into(), texts::repeated_detail().into()),
        Said::FoundDone => (done(op), texts::found_done().into()),
        Said::FoundNotDone => (texts::not_done().into(), texts::found_not_done().into()),
        Said::Followed { state, value } => followed(op, *state, value),
        Said::Waited {
            waiter,
            end,
            asked,
            seen,
        } => crate::wait::waited(waiter, *end, *asked, seen),
        Said::Rows(counts) => of_rows(op, counts),
        Said::NamesFailures(count) => (
            texts::names_failures(*count),
            texts::names_failures_detail().into(),
        ),
        Said::Refused {
            name,
            message,
            status,
            is_unknown,
        } => of_error(name, message, *status, *is_unknown),
        Said::NotUnderstood { why, is_unknown } => {
            unknown_if(*is_unknown, texts::not_understood(), &not_understood(why))
        }
        Said::NoAnswer {
            failure,
            is_unknown,
        } => of_failure(failure, *is_unknown),
        Said::Cut(standing) => (of_standing(op, *standing), texts::cut().into()),
        Said::AsWritten { title, detail } => (title.clone(), detail.clone()),
    }
}

/// What became of what is not stored whole.
fn of_standing(op: Option<OperationRef>, standing: Standing) -> String {
    match standing {
        Standing::Done => done(op),
        Standing::Partly => texts::partly_done().into(),
        Standing::Failed => texts::not_done().into(),
        Standing::Unknown => texts::outcome_unknown().into(),
        Standing::NotSent => texts::nothing_sent().into(),
    }
}

/// `Unknown` is a word of its own in front of what happened.
fn unknown_if(is_unknown: bool, title: &str, detail: &str) -> (String, String) {
    match is_unknown {
        false => (title.to_owned(), detail.to_owned()),
        true => (
            texts::unknown_if(&in_sentence(title)),
            sentences(&[detail, texts::perhaps_done()]),
        ),
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
    (title, status_now(&status))
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
        .unwrap_or_else(|| texts::request_done().into())
}

/// One entry of a batch and several, in the model's words.
pub fn entry_words(model: &Model, operation: &Operation) -> (String, String) {
    let label = || {
        let batch = operation.traits.batch.as_ref()?;
        let input = model.shape(operation.input.as_ref()?)?;
        let label = input.member(&batch.entries)?.traits.label.as_ref()?;
        Some((label.item.clone()?, label.items.clone()?))
    };
    label().unwrap_or_else(own_words)
}

fn own_words() -> (String, String) {
    (texts::entry().into(), texts::entries_in_sentence().into())
}

fn of_rows(op: Option<OperationRef>, counts: &RowCounts) -> (String, String) {
    let (item, items) = op.map_or_else(own_words, |op| entry_words(op.model, op.operation));
    let batch = op.and_then(|op| op.operation.traits.batch.as_ref());
    let done = batch.map(|batch| batch.done.as_str());
    let done = done
        .filter(|it| !it.is_empty())
        .unwrap_or(texts::entries_done());
    let is_inferred = batch.is_some_and(|batch| batch.inferred.is_some());
    let of_all = texts::rows_done(&counts.done.to_string(), counts.total, &item, done, &items);
    // Failures that could be of any row are no less than failures.
    let failed = match is_inferred {
        true => counts.failed + counts.unmatched,
        false => counts.failed,
    };
    let others: [(usize, OfCount); 4] = [
        (failed, texts::rows_failed),
        (counts.not_done, texts::rows_not_done),
        (counts.unknown, texts::rows_unknown),
        (counts.not_sent, texts::rows_not_sent),
    ];
    let others = others.into_iter().filter(|(count, _)| *count > 0);
    let others = others.map(|(count, what)| what(count));
    let parts: Vec<String> = [of_all].into_iter().chain(others).collect();
    let one = |count: usize, what: OfCount| match count {
        0 => String::new(),
        count => what(count),
    };
    let unreported = match counts.unknown {
        0 => "",
        _ => texts::unreported(),
    };
    let unmatched: OfCount = match is_inferred {
        true => texts::rows_unmatched_inferred,
        false => texts::rows_unmatched,
    };
    let inferred = match batch.is_some_and(Batch::is_unconfirmed) {
        true => texts::outcome_inferred(),
        false => "",
    };
    let details = sentences(&[
        &one(counts.partly, texts::rows_partly),
        &one(counts.retryable, texts::rows_retryable),
        unreported,
        &one(counts.unmatched, unmatched),
        inferred,
    ]);
    (listed(&parts), details)
}

/// The name of an error, as a refusal.
pub fn refused(error: &ServiceError) -> String {
    texts::refused_with(error.name.as_deref().unwrap_or_default())
}

fn of_error(name: &str, message: &str, status: u16, is_unknown: bool) -> (String, String) {
    if is_expired(name) {
        let remedy = texts::expired();
        if is_unknown {
            let detail = sentences(&[message, remedy]);
            return unknown_if(true, texts::sign_in_again(), &detail);
        }
        let undone = texts::nothing_carried_out();
        let detail = sentences(&[undone, message, remedy, texts::kept()]);
        return (texts::sign_in_again().into(), detail);
    }
    match status >= 500 {
        true => unknown_if(is_unknown, &texts::service_failed(name), message),
        false => unknown_if(is_unknown, &texts::refused_with(name), message),
    }
}

fn of_failure(failure: &Failure, is_unknown: bool) -> (String, String) {
    let detail = match failure {
        Failure::Unreachable => texts::detail_unreachable(),
        Failure::Redirect => texts::detail_redirect(),
        Failure::SandboxMissing => texts::detail_sandbox_missing(),
        Failure::FileMissing { .. } => texts::detail_file_missing(),
        Failure::HeaderForbidden { .. } => texts::detail_header_forbidden(),
        Failure::NotSaved { .. } => texts::detail_not_saved(),
        Failure::Proxy(failure) => &crate::proxy_detail(failure),
        Failure::Timeout { .. }
        | Failure::CutOff { .. }
        | Failure::Stopped
        | Failure::Interrupted
        | Failure::Lost => "",
    };
    let (title, detail) = unknown_if(is_unknown, &failure_title(failure), detail);
    (title, sentences(&[&detail, texts::kept()]))
}

/// What happened, in a few words.
pub fn failure_title(failure: &Failure) -> String {
    match failure {
        Failure::Unreachable => texts::unreachable().into(),
        Failure::Timeout { seconds } => texts::timeout(*seconds as usize),
        Failure::CutOff { status } => texts::cut_off(&status.to_string()),
        Failure::Lost => texts::connection_lost().into(),
        Failure::Redirect => texts::redirect().into(),
        Failure::SandboxMissing => texts::sandbox_missing().into(),
        Failure::FileMissing { name } => texts::file_missing(name),
        Failure::HeaderForbidden { name } => texts::header_forbidden(name),
        Failure::NotSaved { status } => texts::answer_not_saved(&status.to_string()),
        Failure::Stopped => texts::stopped_waiting().into(),
        Failure::Interrupted => texts::page_closed().into(),
        Failure::Proxy(failure) => crate::proxy_title(failure).into(),
    }
}

/// Why an answer is none of the protocol's.
#[must_use]
pub fn not_understood(why: &NotUnderstood) -> String {
    match why {
        NotUnderstood::NotJson { line, column } => {
            texts::body_not_json(&line.to_string(), &column.to_string())
        }
        NotUnderstood::NotInFormat(format) => texts::body_not_in_format(format.name()),
        NotUnderstood::CutOff => texts::body_cut_off().into(),
        NotUnderstood::NotAnObject => texts::body_not_an_object().into(),
        NotUnderstood::WrongType { member, expected } => {
            texts::member_wrong_type(member, json_type(expected))
        }
        NotUnderstood::Redirect { status } => texts::redirection(&status.to_string()),
        NotUnderstood::NoErrorName { status } => texts::no_error_name(&status.to_string()),
    }
}
