//! A run as the history keeps it: JSON, whose members are those of [`KeptRun::of`].

use crate::state::{Attempt, Form, Run};
use crate::text::{self, Tone};
use formsmith_api::http::HttpResponse;
use formsmith_api::json;
use formsmith_api::outcome;
use serde_json::{Map, Value, json};

/// Changes when runs kept before can no longer be read.
pub const VERSION: u32 = 1;

/// Of a longer answer the beginning is kept.
pub const MAX_BODY: usize = 200_000;

/// The tone of a run of whose end nothing is known.
pub const UNKNOWN: &str = "unknown";

/// What was meant to be sent, and what came of it.
///
/// It is kept in two texts. The head is what lists need; the rest (the input and the answer) is
/// read where one run is looked at, or searched.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRun(pub Value);

/// Members that are no part of the head.
const REST: [&str; 2] = ["input", "answer"];

impl KeptRun {
    /// A run as it is now; `pending` is when the attempt began that is about to be sent, and at
    /// which rows. Until that has ended nothing is known of the run.
    pub fn of(form: Form, run: &Run, pending: Option<(f64, &[usize])>) -> Self {
        let verdict = text::verdict(form.model, form.operation, run);
        let mut attempts: Vec<Value> = run.attempts.iter().map(|it| attempt(form, it)).collect();
        if let Some((started_ms, rows)) = pending {
            attempts.push(json!({
                "startedMs": started_ms, "endedMs": null, "entries": entries(rows),
                "verdict": "", "status": null, "requestId": null,
            }));
        }
        let is_over = pending.is_none();
        let ended_ms = run.last().map(|attempt| attempt.ended_ms);
        let response = run.last().and_then(|attempt| attempt.result.as_ref().ok());
        Self(json!({
            "id": run.id,
            "version": VERSION,
            "startedMs": run.started_ms,
            "endedMs": ended_ms.filter(|_| is_over),
            "service": form.service.endpoint_prefix,
            "operation": form.operation.name(),
            "title": form.operation.title(),
            "target": run.target.key(),
            "region": run.region,
            "account": run.account,
            "input": run.input,
            "tone": if is_over { tone_word(verdict.tone) } else { UNKNOWN },
            "verdict": if is_over { verdict.title } else { String::new() },
            "detail": if is_over { verdict.detail } else { String::new() },
            "attempts": attempts,
            "pinned": false,
            "answer": response.map(|(response, _)| answer(response)),
        }))
    }

    /// Takes over what is known by now; it stays pinned, and imported, if it is.
    pub fn become_as(&mut self, now: &Self) {
        let (is_pinned, is_imported) = (self.is_pinned(), self.is_imported());
        self.0.clone_from(&now.0);
        self.0["pinned"] = is_pinned.into();
        if is_imported {
            self.mark_imported();
        }
    }

    pub fn text(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_default()
    }

    pub fn id(&self) -> &str {
        self.text("id")
    }

    /// Epoch milliseconds.
    pub fn started_ms(&self) -> f64 {
        self.0["startedMs"].as_f64().unwrap_or_default()
    }

    pub fn is_pinned(&self) -> bool {
        self.0["pinned"] == true
    }

    /// Came it from a file? What it says was then sent elsewhere, or never.
    pub fn is_imported(&self) -> bool {
        self.0["imported"] == true
    }

    /// For good: no run loses this mark.
    pub fn mark_imported(&mut self) {
        self.0["imported"] = true.into();
    }

    pub fn is_ended(&self) -> bool {
        !self.0["endedMs"].is_null()
    }

    /// What it takes up, in bytes; known of runs that were read.
    pub fn size(&self) -> usize {
        self.0["size"].as_u64().unwrap_or_default() as usize
    }

    pub fn attempts(&self) -> &[Value] {
        self.0["attempts"].as_array().map_or(&[], Vec::as_slice)
    }

    /// Head and rest as they are kept.
    pub fn to_texts(&self) -> [String; 2] {
        let (mut head, mut rest) = (Map::new(), Map::new());
        for (name, value) in self.0.as_object().into_iter().flatten() {
            let is_rest = REST.contains(&name.as_str());
            let part = if is_rest { &mut rest } else { &mut head };
            part.insert(name.clone(), value.clone());
        }
        head.remove("size");
        rest.insert("id".into(), self.id().into());
        let rest = json::compact(&Value::Object(rest));
        let size = rest.len() + json::compact(&Value::Object(head.clone())).len();
        head.insert("size".into(), size.into());
        [json::compact(&Value::Object(head)), rest]
    }

    /// A head that was kept; nothing for what is none.
    pub fn from_head(head: &str) -> Option<Self> {
        let head: Value = json::parse(head.as_bytes()).ok()?;
        head.is_object().then_some(Self(head))
    }

    /// Adds what is not in the head.
    pub fn with_rest(mut self, rest: &str) -> Option<Self> {
        let rest = json::parse(rest.as_bytes()).ok()?;
        let all = self.0.as_object_mut()?;
        all.remove("size");
        for name in REST {
            all.insert(name.into(), rest[name].clone());
        }
        Some(self)
    }
}

/// The end of a text that is too long is left out.
pub fn cut(text: &str, max: usize) -> &str {
    let fits = |at: &usize| *at <= max && text.is_char_boundary(*at);
    let end = (0..=max.min(text.len())).rev().find(fits);
    &text[..end.unwrap_or_default()]
}

fn attempt(form: Form, attempt: &Attempt) -> Value {
    let response = attempt.result.as_ref().ok().map(|(response, _)| response);
    json!({
        "startedMs": attempt.started_ms,
        "endedMs": attempt.ended_ms,
        "entries": entries(&attempt.rows),
        "verdict": text::attempt(form.model, form.operation, attempt),
        "status": response.map(|response| response.status),
        "requestId": response.and_then(outcome::request_id),
    })
}

fn entries(rows: &[usize]) -> Value {
    match rows {
        [] => Value::Null,
        rows => json!(rows),
    }
}

fn answer(response: &HttpResponse) -> Value {
    let body = String::from_utf8_lossy(&response.body);
    let headers = response.headers.iter();
    let headers: Vec<Value> = headers.map(|(name, value)| json!([name, value])).collect();
    json!({
        "status": response.status,
        "headers": headers,
        "body": cut(&body, MAX_BODY),
        "isCut": body.len() > MAX_BODY,
    })
}

pub fn tone_word(tone: Tone) -> &'static str {
    match tone {
        Tone::Success => "success",
        Tone::Info => "info",
        Tone::Warning => "warning",
        Tone::Error => "error",
        Tone::Unknown => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_run_is_what_it_was_after_it_was_kept() {
        let run = KeptRun(json!({"id": "a", "title": "T", "input": {"x": "é"}, "answer": null}));
        let [head, rest] = run.to_texts();
        assert!(!head.contains('é'), "{head}");
        let read = KeptRun::from_head(&head).unwrap();
        let without_size = head.replace(&format!(",\"size\":{}", read.size()), "");
        assert_eq!(read.size(), without_size.len() + rest.len());
        assert_eq!(read.with_rest(&rest).unwrap(), run);
        assert_eq!(KeptRun::from_head("[]"), None);
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("aé", 3), "aé");
        assert_eq!(cut("aé", 2), "a");
        assert_eq!(cut("", 2), "");
    }
}
