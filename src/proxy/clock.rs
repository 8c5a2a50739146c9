//! The time that signatures carry: this computer's, corrected when a service says it is wrong.
//!
//! Whoever answers may say any time. So a correction has a bound, it is tried with one request
//! before others sign by it, and it always counts from this computer's own clock, so that the
//! next refusal can mend a wrong one, also back to none.

use crate::failure::Failure;
use crate::http::HeaderMap;
use crate::http::header::DATE;
use crate::limits;
use formsmith_wire::Code;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

#[derive(Debug, Default)]
pub struct Clock {
    /// Seconds that this computer is behind.
    behind: AtomicI64,
}

/// What would make the time right, if the answer that says so is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    behind: i64,
}

impl Clock {
    /// The time by what is known, or by a correction that is being tried; local is this
    /// computer's own.
    pub fn time(&self, tried: Option<Correction>, local: SystemTime) -> SystemTime {
        let known = self.behind.load(Ordering::Relaxed);
        let behind = tried.map_or(known, |correction| correction.behind);
        let by = Duration::from_secs(behind.unsigned_abs());
        let corrected = match behind.is_negative() {
            true => local.checked_sub(by),
            false => local.checked_add(by),
        };
        corrected.unwrap_or(local)
    }

    /// With this correction a signature was accepted: the next ones carry it, too.
    pub fn keep(&self, correction: Correction) {
        self.behind.store(correction.behind, Ordering::Relaxed);
    }
}

impl Correction {
    /// What the answer to a request that was signed at `signed` asks for, if its time is so far
    /// from that that the signature was refused for it, and near enough to `local`.
    pub fn of(answer: &HeaderMap, signed: SystemTime, local: SystemTime) -> Option<Self> {
        let date = answer.get(DATE)?.to_str().ok()?;
        let date = httpdate::parse_http_date(date).ok()?;
        let is_refused_for_it = seconds_from(signed, date).abs() > limits::CLOCK_TOLERATED_SECONDS;
        let behind = seconds_from(local, date);
        (is_refused_for_it && behind.abs() <= limits::CLOCK_CORRECTION_SECONDS)
            .then_some(Self { behind })
    }
}

/// No signature can be made by this clock.
pub fn no_such_time() -> Failure {
    Failure::upstream(
        Code::ClockSkew,
        "This computer's clock shows a year that can't be used in a signature.",
        "Correct this computer's clock, then send again.",
    )
}

/// A signature by the time that an answer gave was refused as well.
pub fn clock_is_wrong() -> Failure {
    Failure::upstream(
        Code::ClockSkew,
        "AWS refused the signature for its time, which was taken from AWS's own answer.",
        "Correct this computer's clock, then send again.",
    )
}

fn seconds_from(earlier: SystemTime, later: SystemTime) -> i64 {
    let whole = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    match later.duration_since(earlier) {
        Ok(ahead) => whole(ahead),
        Err(behind) => -whole(behind.duration()),
    }
}
