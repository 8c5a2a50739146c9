//! Which requests are struck: laid down beforehand, and counted down.

use super::Fault;
use crate::state;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The most rows a plan may have.
const ROWS: usize = 100;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Decides which requests a share strikes.
    #[serde(default)]
    seed: u64,
    faults: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    fault: Fault,
    /// The one operation that is struck; any, without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    /// How many requests are still let through before.
    #[serde(default)]
    after: u64,
    /// How many requests are still struck; all, without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    /// The share of requests that are struck, in percent; all, without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percent: Option<u64>,
}

impl Plan {
    /// The plan of a document, or why there can't be one.
    pub fn read(document: &Value) -> Result<Self, String> {
        let plan: Self = state::read(document)?;
        if plan.faults.len() > ROWS {
            return Err(format!("a plan has at most {ROWS} faults"));
        }
        match plan
            .faults
            .iter()
            .all(|row| row.percent.is_none_or(|percent| percent <= 100))
        {
            true => Ok(plan),
            false => Err("percent is at most 100".into()),
        }
    }

    pub fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The faults that strike this request; they are counted down.
    pub fn strike(&mut self, operation: &str) -> Vec<Fault> {
        let mut struck = Vec::new();
        for row in &mut self.faults {
            if row
                .operation
                .as_deref()
                .is_some_and(|name| name != operation)
            {
                continue;
            }
            if row.after > 0 {
                row.after -= 1;
                continue;
            }
            let is_left = row.times != Some(0);
            let is_drawn = row
                .percent
                .is_none_or(|percent| draw(&mut self.seed) < percent);
            if is_left && is_drawn {
                row.times = row.times.map(|times| times - 1);
                struck.push(row.fault.clone());
            }
        }
        struck
    }
}

/// A number below 100, by the generator known as SplitMix64.
fn draw(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *seed;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) % 100
}
