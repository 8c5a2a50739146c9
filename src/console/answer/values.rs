//! Single values, as they are shown and as texts to search and sort.

use crate::browser::clock::{self, Moment};
use crate::tone;
use crate::ui::{Markup, StatusIndicator, description_of, el};
use formsmith_api::answer::{is_bytes, singular};
use formsmith_api::json;
use formsmith_api::model::{Place, ShapeKind};
use formsmith_api::outcome;
use formsmith_api::secret::is_hole;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

/// Lists of so many short texts are shown as a line.
const FEW: usize = 3;

/// A line of texts is short up to this.
const SHORT: usize = 80;

pub fn is_scalar(value: &Value) -> bool {
    is_hole(value) || !value.is_object() && !value.is_array()
}

pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => words::none().into(),
        value if is_hole(value) => words::not_kept().into(),
        Value::String(text) if text.is_empty() => words::none().into(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value by itself: a status with its sign, a time in the person's zone, or text. `name` is that
/// of its member.
pub fn scalar(name: &str, place: Option<Place<'_>>, value: &Value) -> Markup {
    let text = plain(value);
    let Some(place) = place else {
        return text.into();
    };
    if let Some((moment, short)) = time(name, place, value) {
        let time = el("time")
            .attr("datetime", &moment.utc)
            .attr("title", &moment.utc)
            .child(short);
        return (time, description_of(&moment.local)).into();
    }
    match &place.shape.kind {
        ShapeKind::Enum(_) => match outcome::of_value(place.shape, &text) {
            Some(progress) => {
                let meaning = [progress.meaning, progress.remedy].map(Option::unwrap_or_default);
                let meaning = words::sentences(&[&meaning[0], &meaning[1]]);
                let kind = tone::of_state(progress.state);
                let status = view! { <StatusIndicator kind text=progress.title /> };
                (status, description_of(&meaning)).into()
            }
            None => match tone::of_word(&text).filter(|_| is_state(name)) {
                Some(kind) => view! { <StatusIndicator kind text /> }.into(),
                None => text.into(),
            },
        },
        ShapeKind::String if text.starts_with("arn:") => arn(&text),
        _ => size(name, place, value).unwrap_or(text).into(),
    }
}

/// The same in a table, where columns are narrow: of a time no more than day and minute.
pub fn cell(name: &str, place: Option<Place<'_>>, value: &Value) -> Markup {
    let Some((moment, short)) = place.and_then(|place| time(name, place, value)) else {
        let is_text = place.is_none_or(|it| matches!(it.shape.kind, ShapeKind::String));
        return match value.as_str().filter(|text| is_text && keeps_to_line(text)) {
            Some(text) => el("span").class("one-line").child(text).into(),
            None => scalar(name, place, value),
        };
    };
    el("time")
        .attr("datetime", &moment.utc)
        .attr("title", &moment.local)
        .child(short)
        .into()
}

/// An identifier of a usual length stays in one line: broken, it is read as two.
pub fn keeps_to_line(text: &str) -> bool {
    const USUAL: usize = 40;
    (1..=USUAL).contains(&text.len()) && !text.contains(char::is_whitespace)
}

/// A time, and how it reads in few letters. Some services have times as milliseconds since 1970, in
/// numbers that nothing but their names and sizes tell from others. `name` is that of its member.
pub fn time(name: &str, place: Place<'_>, value: &Value) -> Option<(Moment, String)> {
    /// The years 2001 to 2096.
    const MILLISECONDS: std::ops::Range<f64> = 1e12..4e12;
    let is_time = || {
        let name = name.to_ascii_lowercase();
        name.ends_with("time") || name.ends_with("timestamp") || name.ends_with("date")
    };
    let kind = &place.shape.kind;
    let is_moment = matches!(kind, ShapeKind::Timestamp);
    // Reading a number is dear, and every cell asks.
    if !(is_moment || kind.is_number() && is_time()) {
        return None;
    }
    let number = json::float(value)?;
    let seconds = match is_moment {
        true => number,
        false if MILLISECONDS.contains(&number) => number / 1000.0,
        false => return None,
    };
    let short = clock::short(seconds)?;
    let short = words::short_time(short.day.as_deref(), &short.time);
    Some((clock::moment(seconds)?, short))
}

/// Does a name, or the way to it, say that its value is the state of something?
fn is_state(name: &str) -> bool {
    let mut names = name.split('.');
    names.any(|it| {
        it.ends_with("State") || it.ends_with("Status") || it == "state" || it == "status"
    })
}

/// What `scalar` shows, without what explains it.
pub fn text_of(place: Option<Place<'_>>, value: &Value) -> String {
    let text = plain(value);
    let Some(place) = place else { return text };
    match &place.shape.kind {
        ShapeKind::Timestamp => {
            let moment = json::float(value).and_then(clock::moment);
            moment.map_or(text, |moment| moment.local)
        }
        ShapeKind::Enum(_) => {
            outcome::of_value(place.shape, &text).map_or(text, |status| status.title)
        }
        // As a number, which is how it is sorted.
        _ => text,
    }
}

/// The resource stands out of an ARN, which begins with where it is.
fn arn(text: &str) -> Markup {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [before @ .., resource] = parts.as_slice() else {
        return text.into();
    };
    let before = before.join(":") + ":";
    el("span")
        .class("arn")
        .child(el("span").class("arn-place").child(before))
        .child(*resource)
        .into()
}

fn size(name: &str, place: Place<'_>, value: &Value) -> Option<String> {
    let bytes = value.as_u64().filter(|_| is_bytes(name, place))?;
    Some(words::size_and_bytes(bytes))
}

/// A list, a map or a structure in one line: the texts of a short list, or how much it has.
/// `title` is what it is called.
pub fn summary(title: &str, place: Option<Place<'_>>, value: &Value) -> String {
    match value {
        Value::Array(items) if items.is_empty() => words::none().into(),
        Value::Array(items) => {
            line(items).unwrap_or_else(|| words::counted(items.len(), &singular(title), title))
        }
        Value::Object(members) if members.is_empty() => words::none().into(),
        Value::Object(members) => match place.map(|place| &place.shape.kind) {
            Some(ShapeKind::Map { .. }) => words::nested_entries(members.len()),
            _ => words::nested_values(members.len()),
        },
        scalar => plain(scalar),
    }
}

/// Does its summary say all of it?
pub fn is_line(value: &Value) -> bool {
    match value {
        Value::Array(items) => line(items).is_some(),
        Value::Object(members) => members.is_empty() || is_hole(value),
        _ => true,
    }
}

fn line(items: &[Value]) -> Option<String> {
    let is_short = items.len() <= FEW && items.iter().all(is_scalar);
    let texts: Vec<String> = match is_short {
        true => items.iter().map(plain).collect(),
        false => return None,
    };
    let line = texts.join(", ");
    (line.len() <= SHORT).then_some(line)
}
