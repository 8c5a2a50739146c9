//! A run in short: what lists show of it, and what tells whether anything of it goes on.

use crate::Verdict;
use crate::json::{float, optional_text, place_from_json, place_to_json, places};
use crate::json::{undoes_from_json, undoes_to_json};
use crate::verdict::status;
use crate::{Attempt, Phase, Place, Run, Said, Subject, Undoes, Undone, VERSION};
use formsmith_api::model::in_words;
use formsmith_api::outcome::request_id;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    pub id: String,
    /// Its name, as `formsmith_api::model::Service` has it.
    pub service: String,
    /// What people call the service.
    pub service_title: String,
    pub operation: String,
    pub subject: Subject,
    pub place: Place,
    /// Epoch milliseconds.
    pub started_ms: f64,
    /// None while its answer is awaited, and where the page was closed before it came.
    pub ended_ms: Option<f64>,
    pub verdict: Verdict,
    pub attempts: Vec<HeadAttempt>,
    /// Is something sent, awaited or watched?
    pub is_open: bool,
    pub undoes: Option<Undoes>,
    /// What it has taken back.
    pub undid: Option<Vec<usize>>,
    /// Could what it did be taken back, when this was stored?
    pub may_undo: bool,
    pub is_imported: bool,
    pub is_pinned: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct HeadAttempt {
    pub started_ms: f64,
    pub ended_ms: Option<f64>,
    /// How many rows were sent; none where it is no batch.
    pub rows: Option<usize>,
    pub said: Said,
    pub status: Option<u16>,
    pub request_id: Option<String>,
}

impl Head {
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let ended_ms = run.attempts.last().and_then(|attempt| attempt.ended_ms);
        let mut attempts: Vec<_> = run.attempts.iter().map(|it| of_attempt(run, it)).collect();
        if let Phase::Storing { next, .. } = &run.phase {
            attempts.push(HeadAttempt {
                started_ms: next.at_ms,
                ended_ms: None,
                rows: run
                    .rows
                    .as_ref()
                    .map(|_| run.rows_of(next.rows.as_deref()).len()),
                said: Said::NothingSent,
                status: None,
                request_id: None,
            });
        }
        Self {
            id: run.id.clone(),
            service: run.op.service.name.clone(),
            // Its title is in the words of a language.
            service_title: run.op.service.sdk_id.clone(),
            operation: run.op.operation.name().to_owned(),
            subject: Subject::of(run),
            place: run.place.clone(),
            started_ms: run.started_ms,
            ended_ms: ended_ms.filter(|_| !is_pending(run)),
            verdict: verdict(run),
            attempts,
            is_open: run.is_underway() || run.is_followed() || run.is_waiting(),
            undoes: run.undoes.clone(),
            undid: run.has_undone().map(|undone| undone.rows),
            may_undo: run.may_undo(),
            is_imported: run.is_imported,
            is_pinned: false,
        }
    }

    /// What it has taken back, as the run that it undoes knows it.
    #[must_use]
    pub fn undone(&self) -> Option<(&str, Undone)> {
        let undone = Undone {
            by: self.id.clone(),
            rows: self.undid.clone()?,
        };
        Some((&self.undoes.as_ref()?.run, undone))
    }

    /// Is there anything left to take back, now that others have taken back this?
    #[must_use]
    pub fn may_undo_after(&self, undone: &[Undone]) -> bool {
        let rows: BTreeSet<usize> = undone.iter().flat_map(|it| it.rows.clone()).collect();
        let is_left = match &self.verdict.said {
            Said::Rows(counts) => rows.len() < counts.done,
            _ => undone.is_empty(),
        };
        self.may_undo && is_left && !self.is_imported
    }

    #[must_use]
    pub fn to_json(&self) -> Value {
        let attempts = self.attempts.iter().map(HeadAttempt::to_json);
        let mut value = json!({
            "version": VERSION,
            "id": self.id,
            "service": self.service,
            "serviceTitle": self.service_title,
            "operation": self.operation,
            "subject": self.subject.to_json(),
            "startedMs": self.started_ms,
            "endedMs": self.ended_ms,
            "verdict": self.verdict.to_json(),
            "attempts": attempts.collect::<Vec<_>>(),
            "isOpen": self.is_open,
            "mayUndo": self.may_undo,
            "pinned": self.is_pinned,
        });
        place_to_json(&self.place, &mut value);
        if let Some(undoes) = &self.undoes {
            value["undoes"] = undoes_to_json(undoes);
        }
        if let Some(undid) = &self.undid {
            value["undid"] = json!(undid);
        }
        if self.is_imported {
            value["imported"] = true.into();
        }
        value
    }

    /// None for what is no head, and for one of a later version.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        if value["version"] != VERSION {
            return None;
        }
        let attempts = value["attempts"].as_array()?.iter();
        let service = optional_text(value, "service")?;
        // An earlier version stored no title.
        let service_title = optional_text(value, "serviceTitle");
        Some(Self {
            id: optional_text(value, "id")?,
            service_title: service_title.unwrap_or_else(|| in_words(&service)),
            service,
            operation: optional_text(value, "operation")?,
            subject: Subject::from_json(&value["subject"]),
            place: place_from_json(value)?,
            started_ms: float(&value["startedMs"])?,
            ended_ms: float(&value["endedMs"]),
            verdict: Verdict::from_json(&value["verdict"])?,
            attempts: attempts
                .map(HeadAttempt::from_json)
                .collect::<Option<_>>()?,
            is_open: value["isOpen"] == true,
            undoes: undoes_from_json(&value["undoes"]),
            undid: places(&value["undid"]),
            may_undo: value["mayUndo"] == true,
            is_imported: value["imported"] == true,
            is_pinned: value["pinned"] == true,
        })
    }
}

/// What holds if nothing more is ever stored of it.
fn verdict(run: &Run) -> Verdict {
    match is_pending(run) {
        true => run.interrupted().verdict(),
        false => run.verdict(),
    }
}

/// Is an attempt made whose end is not known?
fn is_pending(run: &Run) -> bool {
    matches!(run.phase, Phase::Storing { .. } | Phase::Waiting { .. })
}

fn of_attempt(run: &Run, attempt: &Attempt) -> HeadAttempt {
    let response = attempt.answer().map(|answer| answer.response());
    HeadAttempt {
        started_ms: attempt.started_ms,
        ended_ms: attempt.ended_ms,
        rows: run.rows.as_ref().map(|_| attempt.rows.len()),
        said: run.said_without_secrets(attempt.said(run.op.operation, false)),
        status: response.map(|response| response.status),
        request_id: response.and_then(request_id).map(str::to_owned),
    }
}

impl HeadAttempt {
    fn to_json(&self) -> Value {
        json!({
            "startedMs": self.started_ms, "endedMs": self.ended_ms, "rows": self.rows,
            "said": self.said.to_json(), "status": self.status, "requestId": self.request_id,
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            started_ms: float(&value["startedMs"])?,
            ended_ms: float(&value["endedMs"]),
            rows: crate::json::number(value, "rows"),
            said: Said::from_json(&value["said"])?,
            status: status(&value["status"]),
            request_id: optional_text(value, "requestId"),
        })
    }
}
