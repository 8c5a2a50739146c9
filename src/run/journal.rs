//! What is stored of a run: facts, one after the other, none of which is ever changed.
//!
//! An entry is one line of JSON, the same in a browser's database and in a file.

use crate::effects::Effects;
use crate::json::{float, number, optional_text, place_from_json, place_to_json, places};
use crate::json::{undoes_from_json, undoes_to_json};
use crate::stored_answer::{MAX_BODY, answer_from_json, answer_to_json};
use crate::{Answer, Effect, Failure, Head, Place, ReadBack, Run, Undoes, WaitFor};
use formsmith_api::json as text;
use formsmith_api::read_back::Found;
use formsmith_api::waiter::{Judged, WaitState};
use serde_json::{Map, Value, json};

/// Of entries and heads. Version 1 had one record a run, with sentences.
pub const VERSION: u32 = 2;

#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    Begun {
        at_ms: f64,
        service: String,
        operation: String,
        place: Place,
        input: Value,
        undoes: Option<Undoes>,
        /// The run that has done the same with the same idempotency token.
        repeats: Option<String>,
    },
    /// The attempt of this index is about to be sent: some rows only, or all.
    Sending {
        attempt: usize,
        at_ms: f64,
        rows: Option<Vec<usize>>,
        /// Idempotency tokens that are others than in the input.
        tokens: Map<String, Value>,
    },
    /// It was not sent after all.
    Unsent {
        attempt: usize,
    },
    /// The person wanted no further attempt.
    Stopped,
    /// What came of it.
    Ended {
        attempt: usize,
        at_ms: f64,
        result: Result<Answer, Failure>,
        is_late: bool,
    },
    /// Reading the resources showed this.
    Read(ReadBack),
    /// What it started has another status.
    Seen {
        at_ms: f64,
        output: Map<String, Value>,
    },
    FollowStopped,
    FollowResumed,
    /// It is asked until this is so.
    WaitsFor(WaitFor),
    /// What an answer came to; its output where that tells something new.
    Looked {
        at_ms: f64,
        judged: Judged,
        output: Option<Map<String, Value>>,
    },
    WaitStopped,
    WaitResumed,
    /// It came from a file.
    Imported,
}

/// One line.
#[must_use]
pub fn entry(fact: &Fact) -> String {
    text::compact(&fact.to_json())
}

/// None for what is no entry, and for one of a later version.
#[must_use]
pub fn read_entry(line: &str) -> Option<Fact> {
    Fact::from_json(&text::parse(line.as_bytes()).ok()?)
}

impl Fact {
    fn to_json(&self) -> Value {
        let mut value = match self {
            Self::Begun {
                at_ms,
                service,
                operation,
                place,
                input,
                undoes,
                repeats,
            } => {
                let mut value = json!({
                    "fact": "begun", "atMs": at_ms, "service": service, "operation": operation,
                });
                place_to_json(place, &mut value);
                value["input"] = input.clone();
                if let Some(undoes) = undoes {
                    value["undoes"] = undoes_to_json(undoes);
                }
                if let Some(repeats) = repeats {
                    value["repeats"] = repeats.as_str().into();
                }
                value
            }
            Self::Sending {
                attempt,
                at_ms,
                rows,
                tokens,
            } => json!({
                "fact": "sending", "attempt": attempt, "atMs": at_ms, "rows": rows,
                "tokens": tokens,
            }),
            Self::Unsent { attempt } => json!({"fact": "unsent", "attempt": attempt}),
            Self::Stopped => json!({"fact": "stopped"}),
            Self::Ended {
                attempt,
                at_ms,
                result,
                is_late,
            } => {
                let mut value = json!({"fact": "ended", "attempt": attempt, "atMs": at_ms});
                if *is_late {
                    value["isLate"] = true.into();
                }
                match result {
                    Ok(answer) => value["answer"] = answer_to_json(answer),
                    Err(failure) => value["failure"] = failure.to_json(),
                }
                value
            }
            Self::Read(read) => json!({
                "fact": "read", "after": read.after, "atMs": read.at_ms,
                "found": read.found.iter().map(|it| it.map(Found::key)).collect::<Vec<_>>(),
                "items": read.items,
            }),
            Self::Seen { at_ms, output } => {
                json!({"fact": "seen", "atMs": at_ms, "output": output})
            }
            Self::FollowStopped => json!({"fact": "follow-stopped"}),
            Self::FollowResumed => json!({"fact": "follow-resumed"}),
            Self::WaitsFor(what) => json!({
                "fact": "waits-for", "waiter": what.waiter, "facts": what.facts,
            }),
            Self::Looked {
                at_ms,
                judged,
                output,
            } => {
                let mut value = json!({
                    "fact": "looked", "atMs": at_ms, "state": judged.state.key(),
                    "seen": judged.seen,
                });
                if let Some(output) = output {
                    value["output"] = output.clone().into();
                }
                value
            }
            Self::WaitStopped => json!({"fact": "wait-stopped"}),
            Self::WaitResumed => json!({"fact": "wait-resumed"}),
            Self::Imported => json!({"fact": "imported"}),
        };
        value["version"] = VERSION.into();
        value
    }

    fn from_json(value: &Value) -> Option<Self> {
        if value["version"] != VERSION {
            return None;
        }
        let at_ms = || float(&value["atMs"]);
        let attempt = || number(value, "attempt");
        Some(match value["fact"].as_str()? {
            "begun" => Self::Begun {
                at_ms: at_ms()?,
                service: optional_text(value, "service")?,
                operation: optional_text(value, "operation")?,
                place: place_from_json(value)?,
                input: value["input"].clone(),
                undoes: undoes_from_json(&value["undoes"]),
                repeats: optional_text(value, "repeats"),
            },
            "sending" => Self::Sending {
                attempt: attempt()?,
                at_ms: at_ms()?,
                rows: places(&value["rows"]),
                tokens: value["tokens"].as_object().cloned().unwrap_or_default(),
            },
            "unsent" => Self::Unsent {
                attempt: attempt()?,
            },
            "stopped" => Self::Stopped,
            "ended" => Self::Ended {
                attempt: attempt()?,
                at_ms: at_ms()?,
                result: match &value["answer"] {
                    Value::Null => Err(Failure::from_json(&value["failure"])?),
                    answer => Ok(answer_from_json(answer)?),
                },
                is_late: value["isLate"] == true,
            },
            "read" => {
                let found = value["found"].as_array()?.iter();
                Self::Read(ReadBack {
                    after: number(value, "after")?,
                    at_ms: at_ms()?,
                    found: found.map(|it| Found::of_key(it.as_str()?)).collect(),
                    items: value["items"].as_array()?.clone(),
                })
            }
            "seen" => Self::Seen {
                at_ms: at_ms()?,
                output: value["output"].as_object()?.clone(),
            },
            "follow-stopped" => Self::FollowStopped,
            "follow-resumed" => Self::FollowResumed,
            "waits-for" => Self::WaitsFor(WaitFor {
                waiter: optional_text(value, "waiter")?,
                facts: value["facts"].clone(),
            }),
            "looked" => {
                let seen = value["seen"].as_array()?.iter();
                let seen = seen.filter_map(|it| Some(it.as_str()?.to_owned()));
                Self::Looked {
                    at_ms: at_ms()?,
                    judged: Judged {
                        state: WaitState::of_key(value["state"].as_str()?)?,
                        seen: seen.collect(),
                    },
                    output: value["output"].as_object().cloned(),
                }
            }
            "wait-stopped" => Self::WaitStopped,
            "wait-resumed" => Self::WaitResumed,
            "imported" => Self::Imported,
            _ => return None,
        })
    }
}

impl Run {
    /// Has a fact stored, with the head that then holds.
    pub(crate) fn store(&mut self, fact: Fact, out: &mut Effects) {
        let fact = self.without_secrets(fact);
        let seq = self.seq;
        self.seq += 1;
        out.push(Effect::Store {
            run: self.id.clone(),
            seq,
            fact: Box::new(fact),
            head: Box::new(Head::of(self)),
        });
    }

    pub(crate) fn store_ended(&mut self, attempt: usize, out: &mut Effects) {
        if let Some(ended) = self.ended(attempt, MAX_BODY) {
            self.store(ended, out);
        }
    }
}
