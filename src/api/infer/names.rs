//! What the words of a name say.

use crate::model::words_of;

/// What a member is about that names failures.
const FAILURE: [&str; 13] = [
    "fail",
    "failed",
    "failure",
    "error",
    "unprocessed",
    "unsuccessful",
    "unsuccessfully",
    "unsucceeded",
    "unfulfilled",
    "rejected",
    "invalid",
    "undeleted",
    "uncancelled",
];

/// What a member is about that is part of a failure, of settings or of advice.
const BESIDE: [&str; 14] = [
    "analysis",
    "config",
    "configuration",
    "criteria",
    "format",
    "location",
    "log",
    "message",
    "reason",
    "recommendation",
    "retry",
    "setting",
    "url",
    "warning",
];

/// Of what was asked, and not of a thing.
const UNDONE: [&str; 4] = ["rejected", "unprocessed", "unsuccessful", "unsuccessfully"];

const LIMITS: [&str; 3] = ["max", "threshold", "tolerated"];

/// How a name ends that tells why or how, and not of what.
const TELLING: [&str; 14] = [
    "cause",
    "code",
    "description",
    "detail",
    "error",
    "exception",
    "fault",
    "failure",
    "message",
    "reason",
    "result",
    "retryable",
    "status",
    "text",
];

/// Verbs of operations that only look, so that what they find may well be failures of others.
const LOOKING: [&str; 14] = [
    "check", "describe", "estimate", "evaluate", "get", "is", "list", "lookup", "preview", "query",
    "search", "simulate", "test", "validate",
];

/// In lower case and in the singular.
pub fn words(name: &str) -> Vec<String> {
    let words = words_of(name).into_iter();
    words
        .map(|word| singular(word.to_ascii_lowercase()))
        .collect()
}

fn singular(word: String) -> String {
    let cut = |end: &str, with: &str| word.strip_suffix(end).map(|stem| [stem, with].concat());
    let is_plural = word.len() > 3 || matches!(word.as_str(), "ids");
    match &word {
        _ if !is_plural || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) => None,
        word if word.ends_with("ies") && word.len() > 4 => cut("ies", "y"),
        word if ["sses", "xes", "ches", "shes"]
            .iter()
            .any(|end| word.ends_with(end)) =>
        {
            cut("es", "")
        }
        _ => cut("s", ""),
    }
    .unwrap_or(word)
}

/// The words that say what a list has, without those that say that it is one.
pub fn subject(name: &str) -> Vec<String> {
    let mut words = words(name.rsplit('.').next().unwrap_or(name));
    if words.len() > 1 {
        words.retain(|word| !matches!(word.as_str(), "list" | "set"));
    }
    words
}

pub fn names_failures(name: &str) -> bool {
    let words = words(name);
    let mut beside: &[&str] = &BESIDE;
    if has_any(&words, &UNDONE) {
        beside = &["message", "reason"];
    }
    let at = words
        .iter()
        .position(|word| FAILURE.contains(&word.as_str()));
    match at {
        // `RecommendationErrors` are failures, `FailureRecommendations` are not.
        Some(at) => !has_any(&words[at..], beside) && !has_any(&words, &LIMITS),
        None => is_not(&words) && !has_any(&words, beside),
    }
}

/// `buildsNotDeleted`, `notFound`.
fn is_not(words: &[String]) -> bool {
    let at = words.iter().position(|word| word == "not");
    at.is_some_and(|at| at + 1 < words.len())
}

/// What has not come to it yet, perhaps.
pub fn is_not_yet(name: &str) -> bool {
    is_not(&words(name))
}

/// Nothing but that there were errors, in so many words.
pub fn is_bare(name: &str) -> bool {
    let bare = ["error", "failure", "detail", "list", "info"];
    words(name).iter().all(|word| bare.contains(&word.as_str()))
}

pub fn is_failed(name: &str) -> bool {
    has_any(&words(name), &["failed", "unprocessed", "rejected"])
}

pub fn is_unprocessed(name: &str) -> bool {
    words(name).iter().any(|word| word == "unprocessed")
}

/// Of what somebody looks at in advance, and not of what was done.
pub fn is_validation(name: &str) -> bool {
    let words = words(name);
    let is_of_fields = words.first().is_some_and(|word| word == "field");
    has_any(&words, &["validation"]) || is_of_fields && has_any(&words, &FAILURE)
}

pub fn is_count(name: &str) -> bool {
    has_any(&words(name), &["count", "number", "num"])
}

/// Lists that say how or of what kind, and not what, where an input does without them.
pub fn is_aside(name: &str) -> bool {
    let words = words(name);
    let is_tags =
        words.first().is_some_and(|word| word == "tag") || words.ends_with(&["tag".to_owned()]);
    is_tags || has_any(&words, &["filter", "include", "sort", "preference"])
}

/// Does it tell why something failed, and not what?
pub fn is_telling(name: &str) -> bool {
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    TELLING.contains(&last)
        || (has_any(&words, &["error", "exception", "failure", "fault"]) && ends_in_kind(last))
}

fn ends_in_kind(last: &str) -> bool {
    matches!(last, "type" | "name" | "string" | "info")
}

/// `ErrorCode`, `FailureCode`, before `Code`, before `ErrorType`, `exceptionName`, `Error`, before
/// `statusCode`; nothing for what is no code of a failure.
pub fn code_rank(name: &str) -> Option<u8> {
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    match (last == "code", is_of_failure(name)) {
        (true, true) => Some(0),
        (true, false) if words.len() == 1 => Some(1),
        (true, false) => (words[0] == "status" || words[0] == "reason").then_some(3),
        // The reason within an error.
        (false, true) if last == "reason" => name.contains('.').then_some(4),
        (false, true) => {
            let is_kind = matches!(last, "type" | "name" | "error" | "exception");
            is_kind.then_some(2)
        }
        (false, false) => None,
    }
}

/// `Message` before other words for it.
pub fn message_rank(name: &str) -> Option<u8> {
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    let others = [
        "description",
        "reason",
        "detail",
        "result",
        "string",
        "cause",
    ];
    match last {
        "message" => Some(0),
        last => Some(others.iter().position(|it| *it == last)? as u8 + 1),
    }
}

/// What there may be several of: `Reasons`, `Messages`.
pub fn is_reason(name: &str) -> bool {
    let words = words(name);
    let last = words.last().map(String::as_str);
    matches!(last, Some("reason" | "message"))
}

/// A structure that has code and message.
pub fn is_error(name: &str) -> bool {
    let words = words(name);
    has_any(&words, &["error", "exception", "failure", "fault"])
}

/// Does it say that something went wrong, and not how it stands or how much of it may?
pub fn is_of_failure(name: &str) -> bool {
    let words = words(name);
    has_any(&words, &["error", "exception", "failure", "failed"]) && !has_any(&words, &LIMITS)
}

/// Of something that went wrong some time.
pub fn is_of_last(name: &str) -> bool {
    has_any(&words(name), &["last", "latest"])
}

pub fn is_status(name: &str) -> bool {
    matches!(
        words(name).last().map(String::as_str),
        Some("status" | "state")
    )
}

pub fn is_result(name: &str) -> bool {
    has_any(&words(name), &["result", "response"])
}

/// `Successful`, `ProcessedFindings`, `Deleted`: what was done, in a participle.
pub fn names_successes(name: &str) -> bool {
    let words = words(name);
    let is_done = |word: &String| {
        let is_participle = word.ends_with("ed") && word.len() > 4;
        word.starts_with("success") || is_participle && word != "named"
    };
    words.iter().any(is_done) && !has_any(&words, &FAILURE)
}

/// A value of a status with which all is well.
pub fn is_success(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    matches!(
        value.as_str(),
        "success" | "succeeded" | "successful" | "ok"
    )
}

/// Does a name identify something?
pub fn identifies(name: &str) -> bool {
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    matches!(
        last,
        "id" | "identifier" | "arn" | "name" | "key" | "token" | "number"
    )
}

/// The text of something, and not what it is called.
pub fn is_content(name: &str) -> bool {
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    matches!(
        last,
        "body" | "content" | "data" | "detail" | "document" | "message" | "payload" | "text"
    )
}

/// Does an operation only look, by its verb?
pub fn only_looks(operation: &str) -> bool {
    let words = words(operation);
    let mut verbs = words.iter().filter(|word| !is_of_many(word));
    verbs
        .next()
        .is_some_and(|verb| LOOKING.contains(&verb.as_str()))
}

/// Is it named as one that takes several at once?
pub fn is_batch(operation: &str) -> bool {
    words(operation).iter().any(|word| is_of_many(word))
}

fn is_of_many(word: &str) -> bool {
    matches!(word, "batch" | "bulk")
}

/// How many words of one are in the other, less those that are in one alone.
pub fn likeness(one: &[String], other: &[String]) -> i32 {
    let common = one.iter().filter(|word| other.contains(word)).count() as i32;
    let alone = (one.len() + other.len()) as i32 - 2 * common;
    2 * common - alone
}

pub fn is_part(part: &[String], whole: &[String]) -> bool {
    part.iter().all(|word| whole.contains(word))
}

fn has_any(words: &[String], of: &[&str]) -> bool {
    words.iter().any(|word| of.contains(&word.as_str()))
}
