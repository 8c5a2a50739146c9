//! Records as lines of JSON.

use super::{Answered, Begun, Record, Told, VERSION};
use crate::{Pace, RowState, StopAt, Why};
use formsmith_api::json as text;
use formsmith_api::read_back::Found;
use formsmith_run::{Failure, Place, StoreFailure};
use serde_json::{Value, json};

impl Record {
    /// One line, without its end.
    #[must_use]
    pub fn to_line(&self) -> String {
        text::compact(&self.to_json())
    }

    /// None for what is no record, as the last line of a file that was cut off, and for a record of
    /// a later version.
    #[must_use]
    pub fn of_line(line: &str) -> Option<Self> {
        Self::from_json(&text::parse(line.as_bytes()).ok()?)
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Begun(begun) => begun_to_json(begun),
            Self::WentOn { at_ms } => json!({"record": "went-on", "atMs": at_ms}),
            Self::Paused { at_ms, why } => {
                let mut value = why_to_json(why);
                value["record"] = "paused".into();
                value["atMs"] = (*at_ms).into();
                value
            }
            Self::Cancelled { at_ms } => json!({"record": "cancelled", "atMs": at_ms}),
            Self::Interrupted { at_ms } => json!({"record": "interrupted", "atMs": at_ms}),
            Self::PaceChanged(pace) => json!({"record": "pace", "pace": pace_to_json(*pace)}),
            Self::StopAtChanged(at) => json!({"record": "stop-at", "stopAt": stop_to_json(*at)}),
            Self::Sending {
                request,
                attempt,
                at_ms,
                rows,
                hash,
            } => json!({
                "record": "sending", "request": request, "attempt": attempt, "atMs": at_ms,
                "rows": rows, "hash": hash,
            }),
            Self::Unsent { request, attempt } => {
                json!({"record": "unsent", "request": request, "attempt": attempt})
            }
            Self::Answered(answered) => answered_to_json(answered),
            Self::NotSendable {
                request,
                rows,
                what,
            } => json!({
                "record": "not-sendable", "request": request, "rows": rows, "what": what,
            }),
            Self::Read { at_ms, found } => {
                let found: Vec<Value> = found
                    .iter()
                    .map(|(row, it)| json!([row, it.key()]))
                    .collect();
                json!({"record": "read", "atMs": at_ms, "found": found})
            }
            Self::Settled { at_ms, rows, found } => json!({
                "record": "settled", "atMs": at_ms, "rows": rows, "found": found.key(),
            }),
            Self::AskedAgain { at_ms, rows } => {
                json!({"record": "asked-again", "atMs": at_ms, "rows": rows})
            }
            Self::Joined { at_ms, rows } => {
                let rows: Vec<Value> = rows
                    .iter()
                    .map(|(row, group)| json!([row, hex(*group)]))
                    .collect();
                json!({"record": "joined", "atMs": at_ms, "rows": rows})
            }
        }
    }

    fn from_json(value: &Value) -> Option<Self> {
        let at_ms = || text::float(&value["atMs"]);
        let request = || number(&value["request"]);
        let attempt = || u16::try_from(value["attempt"].as_u64()?).ok();
        let rows =
            || -> Option<Vec<u32>> { value["rows"].as_array()?.iter().map(number).collect() };
        let found = |value: &Value| Found::of_key(value.as_str()?);
        Some(match value["record"].as_str()? {
            "begun" => Self::Begun(Box::new(begun_from_json(value)?)),
            "went-on" => Self::WentOn { at_ms: at_ms()? },
            "paused" => Self::Paused {
                at_ms: at_ms()?,
                why: why_from_json(value)?,
            },
            "cancelled" => Self::Cancelled { at_ms: at_ms()? },
            "interrupted" => Self::Interrupted { at_ms: at_ms()? },
            "pace" => Self::PaceChanged(pace_from_json(&value["pace"])?),
            "stop-at" => Self::StopAtChanged(stop_from_json(&value["stopAt"])),
            "sending" => Self::Sending {
                request: request()?,
                attempt: attempt()?,
                at_ms: at_ms()?,
                rows: rows()?,
                hash: value["hash"].as_str()?.to_owned(),
            },
            "unsent" => Self::Unsent {
                request: request()?,
                attempt: attempt()?,
            },
            "answered" => Self::Answered(Box::new(answered_from_json(value)?)),
            "not-sendable" => Self::NotSendable {
                request: request()?,
                rows: rows()?,
                what: value["what"].as_str()?.to_owned(),
            },
            "read" => {
                let all = value["found"].as_array()?.iter();
                Self::Read {
                    at_ms: at_ms()?,
                    found: all
                        .map(|it| Some((number(&it[0])?, found(&it[1])?)))
                        .collect::<Option<_>>()?,
                }
            }
            "settled" => Self::Settled {
                at_ms: at_ms()?,
                rows: rows()?,
                found: found(&value["found"])?,
            },
            "asked-again" => Self::AskedAgain {
                at_ms: at_ms()?,
                rows: rows()?,
            },
            "joined" => {
                let all = value["rows"].as_array()?.iter();
                Self::Joined {
                    at_ms: at_ms()?,
                    rows: all
                        .map(|it| Some((number(&it[0])?, of_hex(&it[1])?)))
                        .collect::<Option<_>>()?,
                }
            }
            _ => return None,
        })
    }
}

fn begun_to_json(begun: &Begun) -> Value {
    let groups: Vec<Value> = begun
        .groups
        .iter()
        .map(|(count, group)| json!([count, group.map(hex)]))
        .collect();
    json!({
        "record": "begun", "version": VERSION, "atMs": begun.at_ms, "id": begun.id,
        "service": begun.service, "operation": begun.operation, "place": begun.place.to_json(),
        "groups": groups, "pace": pace_to_json(begun.pace),
        "stopAt": stop_to_json(begun.stop_at), "sendsParts": begun.sends_parts,
        "undoes": begun.undoes,
    })
}

fn begun_from_json(value: &Value) -> Option<Begun> {
    if value["version"] != VERSION {
        return None;
    }
    let own = |name: &str| Some(value[name].as_str()?.to_owned());
    let groups = value["groups"].as_array()?.iter().map(|it| {
        let group = match &it[1] {
            Value::Null => None,
            group => Some(of_hex(group)?),
        };
        Some((number(&it[0])?, group))
    });
    Some(Begun {
        at_ms: text::float(&value["atMs"])?,
        id: own("id")?,
        service: own("service")?,
        operation: own("operation")?,
        place: Place::from_json(&value["place"])?,
        groups: groups.collect::<Option<_>>()?,
        pace: pace_from_json(&value["pace"])?,
        stop_at: stop_from_json(&value["stopAt"]),
        sends_parts: value["sendsParts"] == true,
        undoes: own("undoes"),
    })
}

fn answered_to_json(answered: &Answered) -> Value {
    let told: Vec<Value> = answered
        .told
        .iter()
        .map(|it| match (it.code.is_empty(), it.message.is_empty()) {
            (true, true) => it.state.key().into(),
            _ => json!([it.state.key(), it.code, it.message]),
        })
        .collect();
    let mut value = json!({
        "record": "answered", "request": answered.request, "attempt": answered.attempt,
        "atMs": answered.at_ms, "rows": answered.rows, "told": told,
    });
    if let Some(status) = answered.status {
        value["status"] = status.into();
    }
    if let Some(id) = &answered.request_id {
        value["requestId"] = id.as_str().into();
    }
    if let Some(failure) = &answered.failure {
        value["failure"] = failure.to_json();
    }
    if let Some(output) = &answered.output {
        value["output"] = output.clone();
    }
    if answered.may_be_done {
        value["mayBeDone"] = true.into();
    }
    if answered.repeats {
        value["repeats"] = true.into();
    }
    value
}

fn answered_from_json(value: &Value) -> Option<Answered> {
    let told = value["told"].as_array()?.iter().map(|it| {
        let part = |at: usize| it[at].as_str().unwrap_or_default().to_owned();
        let state = RowState::of_key(it.as_str().or_else(|| it[0].as_str())?)?;
        Some(match it {
            Value::String(_) => Told::of(state),
            _ => Told {
                state,
                code: part(1),
                message: part(2),
            },
        })
    });
    let failure = match &value["failure"] {
        Value::Null => None,
        failure => Some(Failure::from_json(failure)?),
    };
    let output = &value["output"];
    Some(Answered {
        request: number(&value["request"])?,
        attempt: u16::try_from(value["attempt"].as_u64()?).ok()?,
        at_ms: text::float(&value["atMs"])?,
        status: value["status"].as_u64().and_then(|it| it.try_into().ok()),
        request_id: value["requestId"].as_str().map(str::to_owned),
        failure,
        rows: numbers(&value["rows"])?,
        told: told.collect::<Option<_>>()?,
        output: (!output.is_null()).then(|| output.clone()),
        may_be_done: value["mayBeDone"] == true,
        repeats: value["repeats"] == true,
    })
}

fn why_to_json(why: &Why) -> Value {
    match why {
        Why::Person => json!({"why": "person"}),
        Why::Interrupted => json!({"why": "interrupted"}),
        Why::TooManyFailures => json!({"why": "too-many-failures"}),
        Why::NoAnswers => json!({"why": "no-answers"}),
        Why::AskedToWait { ms } => json!({"why": "asked-to-wait", "ms": ms}),
        Why::Credentials => json!({"why": "credentials"}),
        Why::NotSent(failure) => json!({"why": "not-sent", "failure": failure.to_json()}),
        Why::NotStored(failure) => json!({"why": "not-stored", "failure": store_key(*failure)}),
        Why::RowsMissing => json!({"why": "rows-missing"}),
    }
}

fn why_from_json(value: &Value) -> Option<Why> {
    Some(match value["why"].as_str()? {
        "person" => Why::Person,
        "interrupted" => Why::Interrupted,
        "too-many-failures" => Why::TooManyFailures,
        "no-answers" => Why::NoAnswers,
        "asked-to-wait" => Why::AskedToWait {
            ms: text::float(&value["ms"])?,
        },
        "credentials" => Why::Credentials,
        "not-sent" => Why::NotSent(Failure::from_json(&value["failure"])?),
        "not-stored" => {
            let mut all = STORE_FAILURES.into_iter();
            Why::NotStored(all.find(|it| value["failure"] == store_key(*it))?)
        }
        "rows-missing" => Why::RowsMissing,
        _ => return None,
    })
}

const STORE_FAILURES: [StoreFailure; 4] = [
    StoreFailure::Forbidden,
    StoreFailure::Full,
    StoreFailure::OnlyPinned,
    StoreFailure::Failed,
];

fn store_key(failure: StoreFailure) -> &'static str {
    match failure {
        StoreFailure::Forbidden => "forbidden",
        StoreFailure::Full => "full",
        StoreFailure::OnlyPinned => "only-pinned",
        StoreFailure::Failed => "failed",
    }
}

fn pace_to_json(pace: Pace) -> Value {
    json!({"perSecond": pace.per_second, "parallel": pace.parallel})
}

fn pace_from_json(value: &Value) -> Option<Pace> {
    Some(Pace {
        per_second: text::float(&value["perSecond"])?,
        parallel: value["parallel"].as_u64()?.try_into().ok()?,
    })
}

fn stop_to_json(stop: StopAt) -> Value {
    json!({"failures": stop.failures, "percent": stop.percent})
}

fn stop_from_json(value: &Value) -> StopAt {
    StopAt {
        failures: number(&value["failures"]),
        percent: value["percent"].as_u64().and_then(|it| it.try_into().ok()),
    }
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64()?.try_into().ok()
}

fn numbers(value: &Value) -> Option<Vec<u32>> {
    value.as_array()?.iter().map(number).collect()
}

/// As text: a number of JSON has no room for 64 bits in every reader.
fn hex(group: u64) -> String {
    format!("{group:x}")
}

fn of_hex(value: &Value) -> Option<u64> {
    u64::from_str_radix(value.as_str()?, 16).ok()
}
