//! Billing periods: months.

use crate::Call;
use crate::input::Input;
use formsmith_api::protocol::to_iso_8601;
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    pub year: u16,
    pub month: u8,
}

impl Period {
    /// Reads `2025-06` and `2025-6`, which are the same month.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        Some(Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
        })
    }

    /// The month of a moment, in seconds since 1970.
    pub fn of(seconds: u64) -> Option<Self> {
        let text = to_iso_8601(seconds as f64)?;
        Self::parse(text.get(..7)?)
    }

    /// The month that is going on.
    pub fn current(call: &Call) -> Self {
        Self::of(call.now_ms / 1000).unwrap_or(Self {
            year: u16::MAX,
            month: 12,
        })
    }

    /// The month a list is asked for.
    pub fn asked(input: Input<'_>, call: &Call) -> Self {
        let asked = input.optional_text("BillingPeriod").and_then(Self::parse);
        asked.unwrap_or_else(|| Self::current(call))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
            .filter(|period| (1..=12).contains(&period.month))
            .ok_or_else(|| format!("{text} is not a month such as 2025-10"))
    }
}
