//! The time that signatures carry: this computer's, corrected when a service says it is wrong.

use crate::http::HeaderMap;
use crate::http::header::DATE;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// AWS refuses signatures that are five minutes off. What is off by less was refused for another
/// reason.
const TOLERATED_SECONDS: i64 = 4 * 60;

#[derive(Debug, Default)]
pub struct Clock {
    /// Seconds that this computer is behind.
    behind: AtomicI64,
}

impl Clock {
    pub fn now(&self) -> SystemTime {
        let local = SystemTime::now();
        let behind = self.behind.load(Ordering::Relaxed);
        let by = Duration::from_secs(behind.unsigned_abs());
        let corrected = match behind.is_negative() {
            true => local.checked_sub(by),
            false => local.checked_add(by),
        };
        corrected.unwrap_or(local)
    }

    /// Takes over the time of an answer to a request signed at `signed`, if the two are so far
    /// apart that the signature was refused for it.
    pub fn correct(&self, answer: &HeaderMap, signed: SystemTime) -> bool {
        let date = answer.get(DATE).and_then(|date| date.to_str().ok());
        let Some(date) = date.and_then(|date| httpdate::parse_http_date(date).ok()) else {
            return false;
        };
        if seconds_from(signed, date).abs() <= TOLERATED_SECONDS {
            return false;
        }
        let behind = seconds_from(SystemTime::now(), date);
        self.behind.store(behind, Ordering::Relaxed);
        true
    }
}

fn seconds_from(earlier: SystemTime, later: SystemTime) -> i64 {
    let whole = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    match later.duration_since(earlier) {
        Ok(ahead) => whole(ahead),
        Err(behind) => -whole(behind.duration()),
    }
}
