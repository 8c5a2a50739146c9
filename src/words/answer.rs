//! What there is to say around an answer.

use crate::language::{capitalised, in_sentence};
use crate::{grouped, sentences, texts};
use formsmith_api::curated;
use formsmith_api::file::FileRef;
use formsmith_api::http::HttpRequest;
use formsmith_api::outcome::FailedEntry;
use formsmith_run::Place;

/// Where a request was sent, and when: `Sent to Sandbox in this page, us-east-1, today at 09:42.`
#[must_use]
pub fn sent_where(place: &Place, when: &str) -> String {
    texts::sent_to(&crate::target_of(place), &place.region, when)
}

/// `3 Mar 2026, 14:06`; of today, in a sentence, without the day.
#[must_use]
pub fn day_and_time(day: Option<&str>, time: &str) -> String {
    match day {
        Some(day) => texts::day_and_clock(day, time),
        None => texts::today_at(time),
    }
}

/// The same by itself: `Today, 14:06`.
#[must_use]
pub fn short_time(day: Option<&str>, time: &str) -> String {
    texts::day_and_clock(day.unwrap_or(texts::today()), time)
}

/// So many items, by the name of the first.
#[must_use]
pub fn named(first: &str, count: usize) -> String {
    match count {
        0 | 1 => first.to_owned(),
        count => texts::name_and_more(first, count - 1),
    }
}

/// What became of every entry.
#[must_use]
pub fn outcomes_title(item: &str) -> String {
    texts::outcomes(&capitalised(item))
}

#[must_use]
pub fn none_of(title: &str) -> String {
    texts::none_of_items(&in_sentence(title))
}

/// What the model says about a code that failed entries have in common.
#[must_use]
pub fn code_explained(entry: &FailedEntry) -> String {
    let meaning = entry.meaning.as_deref();
    let meaning = meaning.unwrap_or(texts::unknown_code());
    sentences(&[meaning, entry.remedy.as_deref().unwrap_or_default()])
}

/// Whether it helps to send an entry with this code again; empty where its remedy says that, or
/// nobody does.
#[must_use]
pub fn retry_helps(entry: &FailedEntry) -> &'static str {
    match (entry.is_retryable, &entry.meaning, &entry.remedy) {
        (true, ..) => texts::can_be_retried(),
        (false, Some(_), None) => texts::will_fail_again(),
        _ => "",
    }
}

/// What to do about an error no model explains, by its name, then by its status.
#[must_use]
pub fn remedy(name: &str, status: u16) -> &'static str {
    let is = |names: &[&str]| names.contains(&name);
    match status {
        _ if is(curated::THROTTLING) => texts::remedy_throttled(),
        _ if is(curated::INVALID) => texts::remedy_invalid(),
        _ if curated::DENIED.iter().any(|begin| name.starts_with(begin)) => texts::remedy_denied(),
        _ if is(curated::EXPIRED) => texts::expired(),
        _ if is(curated::CLOCK) => texts::remedy_clock(),
        _ if is(curated::SIGNATURE) || is(curated::CREDENTIALS) => texts::remedy_credentials(),
        _ if is(curated::UNKNOWN_OPERATION) => texts::remedy_no_operation(),
        429 => texts::remedy_throttled(),
        500.. => texts::remedy_failed(),
        _ => texts::remedy_other(),
    }
}

/// The beginning of a text too long to be drawn, and that there is more.
#[must_use]
pub fn limited(text: &str, max: usize) -> String {
    beginning_as(text, max, texts::beginning_to_copy)
}

/// The same where nothing can be copied.
#[must_use]
pub fn beginning(text: &str, max: usize) -> String {
    beginning_as(text, max, texts::beginning_of)
}

fn beginning_as(text: &str, max: usize, told: fn(&str, &str, &str) -> String) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let end = (0..=max)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    told(&text[..end], &grouped(end), &grouped(text.len()))
}

/// A request's first line, and all of it as it travels before it is signed.
#[must_use]
pub fn http_request(request: &HttpRequest) -> (String, String) {
    let head = [request.method.as_str(), &request.path].join(" ");
    let body = (&*request.body, request.file.as_ref());
    let (shown, _) = http_message(&head, &request.headers, body);
    (head, shown)
}

/// A message as far as it is drawn, and whole. Its body is bytes, or what is in a file.
#[must_use]
pub fn http_message(
    head: &str,
    headers: &[(String, String)],
    (body, file): (&[u8], Option<&FileRef>),
) -> (String, String) {
    let headers: String = headers
        .iter()
        .map(|(name, value)| [name, ": ", value, "\n"].concat())
        .collect();
    let (shown, whole) = match (std::str::from_utf8(body), file) {
        (_, Some(file)) => (texts::body_is_file(&crate::named_file(file)), ""),
        (Ok(""), None) => (texts::no_body().to_owned(), ""),
        (Ok(body), None) => (limited(body, MAX_SHOWN), body),
        (Err(_), None) => (texts::not_text(&grouped(body.len())), ""),
    };
    let with = |body: &str| [head, "\n", &headers, "\n", body].concat();
    (with(&shown), with(whole))
}

/// More than this is not drawn: it would make the page slow, and nobody reads it here.
const MAX_SHOWN: usize = 100_000;
