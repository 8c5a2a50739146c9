//! What is kept, and for how long.

use crate::texts;

/// In days.
#[must_use]
pub fn age_limit(days: Option<u32>) -> String {
    match days {
        None => texts::age_never().into(),
        Some(365) => texts::age_year().into(),
        Some(days) => texts::age_days(days as usize),
    }
}
