//! Which members are moments, days or months, so that the browser's calendar can fill them, and which
//! moments a local time is.

use crate::model::{Place, ShapeKind};
use crate::validate;

/// What a calendar gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// A moment: date and time.
    DateTime,
    /// `2026-07-31`
    Date,
    /// `2026-07`
    Month,
}

/// What a pattern of dates doesn't admit, though it has the length of one: letters in the place of
/// digits, and digits in other groups.
const NO_DATES: [&str; 2] = ["abcd-ef-12", "0-12345678"];

impl Calendar {
    /// What belongs in a place, as far as its model says: a timestamp, or a text with a pattern that
    /// dates or months fit and what only looks like them doesn't.
    pub fn of(place: Place<'_>) -> Option<Self> {
        match &place.shape.kind {
            ShapeKind::Timestamp => return Some(Self::DateTime),
            ShapeKind::String if place.has(|traits| traits.pattern.is_some()) => {}
            _ => return None,
        }
        let fits = |text: &&str| validate::text(place, text).is_empty();
        if fits(&"2026-07-31") && !NO_DATES.iter().any(fits) {
            return Some(Self::Date);
        }
        (fits(&"2026-07") && !fits(&"2026-13")).then_some(Self::Month)
    }
}

/// The moments at which clocks of a zone show a local time, in epoch seconds, the earliest first: two
/// where they go back over it, none where they go forward over it. `local` is what they show as if it
/// were UTC, and `ahead` by how many seconds the zone is ahead of UTC at a moment: less than a day.
pub fn moments(local: i64, ahead: impl Fn(i64) -> i64) -> Vec<i64> {
    const DAY: i64 = 86_400;
    // Before and after any change that could matter, as no zone is a day away from UTC.
    let before = local - ahead(local - DAY);
    let after = local - ahead(local + DAY);
    let mut found = Vec::new();
    for moment in [before.min(after), before.max(after)] {
        if moment + ahead(moment) == local && found.last() != Some(&moment) {
            found.push(moment);
        }
    }
    found
}
