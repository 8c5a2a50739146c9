//! Moments: seconds since 1970, or a text of ISO 8601.

use super::{Violation, number};
use crate::pattern::{Pattern, Verdict};
use crate::protocol::timestamp::is_moment;
use std::sync::LazyLock;

/// Date and time of day with an offset (RFC 3339).
static DATE_TIME: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$",
    )
});

pub fn check(value: &str) -> Option<Violation> {
    let is_written =
        number::number(value).is_ok() || matches!(DATE_TIME.verdict(value), Verdict::Matches);
    (!(is_written && is_moment(value))).then_some(Violation::NotAMoment)
}
