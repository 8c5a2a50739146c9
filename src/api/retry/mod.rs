//! May a request be sent again by itself, and when?
//!
//! Sent again is what the service turned away for the moment, what never reached it, and what
//! may have been carried out if carrying it out twice does no harm. Everything else is for the
//! person to decide.

mod cause;

pub use cause::{is_expired, is_throttling};

use crate::class::Class;
use crate::model::{Model, Operation};
use crate::outcome::{Arrival, NotSent, Outcome};
use crate::protocol::NotUnderstood;
use serde_json::Value;

/// How often a request is sent at most, the first time included.
pub const ATTEMPTS: usize = 3;

/// The longest pause before a further attempt, unless the service asks for a longer one.
const BACKOFF_MAX_MS: f64 = 20_000.0;

/// Longer than this is not waited for without being asked.
pub const MAX_WAIT_MS: f64 = 120_000.0;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Advice {
    /// The same bytes again after this many milliseconds.
    Again { reason: Reason, after_ms: f64 },
    /// The same bytes again once there are credentials that hold.
    SignIn,
    /// It is done, or refused, or for a person to look at.
    Stop,
}

/// Why a request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Throttled,
    /// An HTTP status of 500 or more.
    Failed {
        status: u16,
    },
    /// No whole answer arrived.
    Lost,
    NotSent,
}

/// What to do after an attempt. `made` counts the attempts so far, this one included; `random`
/// is at least 0 and less than 1.
#[must_use]
pub fn advice(
    model: &Model,
    operation: &Operation,
    input: &Value,
    arrival: &Arrival<'_>,
    made: usize,
    random: f64,
) -> Advice {
    advice_within(model, operation, input, arrival, made, ATTEMPTS, random)
}

/// The same within another number of attempts, the first one included.
#[must_use]
pub fn advice_within(
    model: &Model,
    operation: &Operation,
    input: &Value,
    arrival: &Arrival<'_>,
    made: usize,
    most: usize,
    random: f64,
) -> Advice {
    if needs_credentials(arrival) {
        return Advice::SignIn;
    }
    let Some(reason) = reason(model, operation, arrival) else {
        return Advice::Stop;
    };
    let is_harmless = match reason {
        Reason::Throttled | Reason::NotSent => true,
        Reason::Failed { .. } | Reason::Lost => may_repeat(model, operation, input),
    };
    let after_ms = backoff_ms(made, random).max(asked_for_ms(arrival));
    match is_harmless && made < most && after_ms <= MAX_WAIT_MS {
        true => Advice::Again { reason, after_ms },
        false => Advice::Stop,
    }
}

/// May the same request do better another time, whoever sends it?
#[must_use]
pub fn can_pass(model: &Model, operation: &Operation, arrival: &Arrival<'_>) -> bool {
    needs_credentials(arrival) || reason(model, operation, arrival).is_some()
}

/// Does carrying it out twice come to the same as once? So it is with what only reads, what
/// the model says it of, and what carries an idempotency token.
#[must_use]
pub fn may_repeat(model: &Model, operation: &Operation, input: &Value) -> bool {
    let is_idempotent = operation.class == Class::Read || operation.traits.idempotent;
    is_idempotent || has_token(model, operation, input)
}

fn has_token(model: &Model, operation: &Operation, input: &Value) -> bool {
    let shape = operation.input.as_ref().and_then(|id| model.shape(id));
    let members = shape.map(|shape| shape.members()).unwrap_or_default();
    let mut tokens = members
        .iter()
        .filter(|member| member.traits.idempotency_token);
    tokens.any(|token| input[&token.name].as_str().is_some_and(|it| !it.is_empty()))
}

/// A random part of what doubles from a second to [`BACKOFF_MAX_MS`], as AWS's clients wait.
#[must_use]
pub fn backoff_ms(made: usize, random: f64) -> f64 {
    let doubled = 1000.0 * f64::from(1_u32 << made.saturating_sub(1).min(10));
    random * doubled.min(BACKOFF_MAX_MS)
}

/// What the answer asks to wait for, in milliseconds; 0 where it asks for nothing.
#[must_use]
pub fn asked_for_ms(arrival: &Arrival<'_>) -> f64 {
    let Arrival::Answered { response, .. } = arrival else {
        return 0.0;
    };
    let number = |name: &str| response.header(name)?.trim().parse::<u32>().ok();
    let seconds = number("retry-after").map(|seconds| f64::from(seconds) * 1000.0);
    let own = number("x-amz-retry-after").map(f64::from);
    seconds.or(own).unwrap_or_default()
}

fn needs_credentials(arrival: &Arrival<'_>) -> bool {
    match arrival {
        Arrival::NotSent(why) => *why == NotSent::Credentials,
        Arrival::Answered {
            outcome: Outcome::Error(error),
            ..
        } => error.name.as_deref().is_some_and(is_expired),
        _ => false,
    }
}

fn reason(model: &Model, operation: &Operation, arrival: &Arrival<'_>) -> Option<Reason> {
    let failed = |status: u16| (status >= 500).then_some(Reason::Failed { status });
    match arrival {
        Arrival::NotSent(NotSent::Passing) => Some(Reason::NotSent),
        Arrival::NotSent(_) | Arrival::Unreadable => None,
        Arrival::Lost => Some(Reason::Lost),
        Arrival::Answered { response, outcome } => match outcome {
            Outcome::Error(error) if is_throttling(model, operation, error) => {
                Some(Reason::Throttled)
            }
            Outcome::Error(error) => failed(error.status),
            Outcome::NotUnderstood(_) if response.status == 429 => Some(Reason::Throttled),
            Outcome::NotUnderstood(_) if response.status >= 500 => failed(response.status),
            Outcome::NotUnderstood(NotUnderstood::CutOff) => Some(Reason::Lost),
            _ => None,
        },
    }
}
