//! Verdicts as JSON.

use super::{RowCounts, Said, Tone, Verdict};
use crate::json::{number, optional_text, text};
use crate::{Failure, WaitEnd};
use formsmith_api::model::State;
use formsmith_api::outcome::Standing;
use formsmith_api::protocol::{Format, NotUnderstood};
use serde_json::{Value, json};

impl Said {
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::NothingSent => json!({"kind": "nothing-sent"}),
            Self::Done => json!({"kind": "done"}),
            Self::DoneBefore => json!({"kind": "done-before"}),
            Self::Repeated => json!({"kind": "repeated"}),
            Self::FoundDone => json!({"kind": "found-done"}),
            Self::FoundNotDone => json!({"kind": "found-not-done"}),
            Self::Followed { state, value } => {
                json!({"kind": "followed", "state": state_key(*state), "value": value})
            }
            Self::Waited {
                waiter,
                end,
                asked,
                seen,
            } => json!({
                "kind": "waited", "waiter": waiter, "end": end.key(), "asked": asked, "seen": seen,
            }),
            Self::Rows(counts) => json!({
                "kind": "rows", "total": counts.total, "done": counts.done,
                "failed": counts.failed, "unknown": counts.unknown, "notDone": counts.not_done,
                "notSent": counts.not_sent, "retryable": counts.retryable,
                "unmatched": counts.unmatched, "partly": counts.partly,
            }),
            Self::NamesFailures(count) => json!({"kind": "names-failures", "count": count}),
            Self::Refused {
                name,
                message,
                status,
                is_unknown,
            } => json!({
                "kind": "refused", "name": name, "message": message, "status": status,
                "isUnknown": is_unknown,
            }),
            Self::NotUnderstood { why, is_unknown } => {
                json!({"kind": "not-understood", "why": why_to_json(why), "isUnknown": is_unknown})
            }
            Self::NoAnswer {
                failure,
                is_unknown,
            } => json!({
                "kind": "no-answer", "failure": failure.to_json(), "isUnknown": is_unknown,
            }),
            Self::Cut(standing) => json!({"kind": "cut", "standing": standing_key(*standing)}),
            Self::AsWritten { title, detail } => {
                json!({"kind": "as-written", "title": title, "detail": detail})
            }
        }
    }

    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let is_unknown = value["isUnknown"] == true;
        let count = |name: &str| number(value, name).unwrap_or_default();
        Some(match value["kind"].as_str()? {
            "nothing-sent" => Self::NothingSent,
            "done" => Self::Done,
            "done-before" => Self::DoneBefore,
            "repeated" => Self::Repeated,
            "found-done" => Self::FoundDone,
            "found-not-done" => Self::FoundNotDone,
            "followed" => Self::Followed {
                state: state_of_key(value["state"].as_str()?)?,
                value: text(value, "value"),
            },
            "waited" => Self::Waited {
                waiter: text(value, "waiter"),
                end: WaitEnd::of_key(value["end"].as_str()?)?,
                asked: count("asked"),
                seen: {
                    let seen = value["seen"].as_array().into_iter().flatten();
                    seen.filter_map(|it| Some(it.as_str()?.to_owned()))
                        .collect()
                },
            },
            "rows" => Self::Rows(RowCounts {
                total: count("total"),
                done: count("done"),
                failed: count("failed"),
                unknown: count("unknown"),
                not_done: count("notDone"),
                not_sent: count("notSent"),
                retryable: count("retryable"),
                unmatched: count("unmatched"),
                partly: count("partly"),
            }),
            "names-failures" => Self::NamesFailures(count("count")),
            "refused" => Self::Refused {
                name: text(value, "name"),
                message: text(value, "message"),
                status: status(&value["status"])?,
                is_unknown,
            },
            "not-understood" => Self::NotUnderstood {
                why: why_from_json(&value["why"])?,
                is_unknown,
            },
            "no-answer" => Self::NoAnswer {
                failure: Failure::from_json(&value["failure"])?,
                is_unknown,
            },
            "cut" => Self::Cut(standing_of_key(value["standing"].as_str()?)?),
            "as-written" => Self::AsWritten {
                title: text(value, "title"),
                detail: text(value, "detail"),
            },
            _ => return None,
        })
    }
}

impl Verdict {
    pub(crate) fn to_json(&self) -> Value {
        let mut said = self.said.to_json();
        said["tone"] = self.tone.key().into();
        if let Some(last) = &self.last {
            said["last"] = last.to_json();
        }
        said
    }

    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let last = match &value["last"] {
            Value::Null => None,
            last => Some(Box::new(Said::from_json(last)?)),
        };
        Some(Self {
            tone: Tone::of_key(value["tone"].as_str()?)?,
            said: Said::from_json(value)?,
            last,
        })
    }
}

impl Tone {
    /// In the order of the variants.
    pub const ALL: [Self; 5] = [
        Self::Success,
        Self::Info,
        Self::Warning,
        Self::Error,
        Self::Unknown,
    ];

    /// The name that is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Unknown => "unknown",
        }
    }

    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.key() == key)
    }
}

pub(crate) fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Done => "done",
        Standing::Partly => "partly",
        Standing::Failed => "failed",
        Standing::Unknown => "unknown",
        Standing::NotSent => "not-sent",
    }
}

pub(crate) fn standing_of_key(key: &str) -> Option<Standing> {
    let all = [
        Standing::Done,
        Standing::Partly,
        Standing::Failed,
        Standing::Unknown,
        Standing::NotSent,
    ];
    all.into_iter().find(|it| standing_key(*it) == key)
}

fn state_key(state: State) -> &'static str {
    match state {
        State::Pending => "pending",
        State::Running => "running",
        State::Failing => "failing",
        State::Succeeded => "succeeded",
        State::Failed => "failed",
    }
}

fn state_of_key(key: &str) -> Option<State> {
    let all = [
        State::Pending,
        State::Running,
        State::Failing,
        State::Succeeded,
        State::Failed,
    ];
    all.into_iter().find(|it| state_key(*it) == key)
}

pub(crate) fn status(value: &Value) -> Option<u16> {
    value.as_u64()?.try_into().ok()
}

/// What a member was expected to be, as [`NotUnderstood::WrongType`] has it.
const EXPECTED: [&str; 3] = ["array", "array of objects", "object"];

pub(crate) fn why_to_json(why: &NotUnderstood) -> Value {
    match why {
        NotUnderstood::NotJson { line, column } => {
            json!({"kind": "not-json", "line": line, "column": column})
        }
        NotUnderstood::NotInFormat(format) => {
            json!({"kind": "not-in-format", "format": format.name()})
        }
        NotUnderstood::CutOff => json!({"kind": "cut-off"}),
        NotUnderstood::NotAnObject => json!({"kind": "not-an-object"}),
        NotUnderstood::WrongType { member, expected } => {
            json!({"kind": "wrong-type", "member": member, "expected": expected})
        }
        NotUnderstood::Redirect { status } => json!({"kind": "redirect", "status": status}),
        NotUnderstood::NoErrorName { status } => {
            json!({"kind": "no-error-name", "status": status})
        }
    }
}

pub(crate) fn why_from_json(value: &Value) -> Option<NotUnderstood> {
    Some(match value["kind"].as_str()? {
        "not-json" => NotUnderstood::NotJson {
            line: number(value, "line")?,
            column: number(value, "column")?,
        },
        "not-in-format" => {
            let format = optional_text(value, "format")?;
            let mut known = Format::ALL.into_iter();
            NotUnderstood::NotInFormat(known.find(|it| it.name() == format)?)
        }
        "cut-off" => NotUnderstood::CutOff,
        "not-an-object" => NotUnderstood::NotAnObject,
        "wrong-type" => {
            let expected = optional_text(value, "expected")?;
            NotUnderstood::WrongType {
                member: text(value, "member"),
                expected: EXPECTED.into_iter().find(|it| *it == expected)?,
            }
        }
        "redirect" => NotUnderstood::Redirect {
            status: status(&value["status"])?,
        },
        "no-error-name" => NotUnderstood::NoErrorName {
            status: status(&value["status"])?,
        },
        _ => return None,
    })
}
