//! Moments: seconds since 1970, or a text of ISO 8601.

use super::{Violation, number};
use crate::pattern::{Pattern, Verdict};
use std::sync::LazyLock;

/// Date and time of day with an offset (RFC 3339).
static DATE_TIME: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$",
    )
});

pub fn check(value: &str) -> Option<Violation> {
    let is_moment = match number::number(value) {
        Ok(_) => are_seconds(value),
        Err(_) => matches!(DATE_TIME.verdict(value), Verdict::Matches) && is_real_day(value),
    };
    (!is_moment).then_some(Violation::NotAMoment)
}

/// Thirteen digits are milliseconds: as seconds they lead beyond the years of four digits.
fn are_seconds(number: &str) -> bool {
    let digits = number
        .bytes()
        .take_while(|it| !matches!(it, b'.' | b'e' | b'E'));
    digits.filter(u8::is_ascii_digit).count() < 13
}

/// The pattern lets every month have 31 days.
fn is_real_day(date_time: &str) -> bool {
    let part = |from, to| {
        date_time
            .get(from..to)
            .and_then(|it| it.parse::<u32>().ok())
    };
    let (year, day) = (part(0, 4).unwrap_or(0), part(8, 10).unwrap_or(0));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    day <= match date_time.get(5..7) {
        Some("02") => 28 + u32::from(is_leap),
        Some("04" | "06" | "09" | "11") => 30,
        _ => 31,
    }
}
