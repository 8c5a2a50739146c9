//! Two runs side by side, of the same rows or of two versions of a file.

use crate::RowState;
use formsmith_api::json::compact;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A number that inputs have in common which are the same.
#[must_use]
pub fn row_key(input: &Value) -> u64 {
    let hash = Sha256::digest(compact(input));
    u64::from_be_bytes(hash.first_chunk().copied().unwrap_or_default())
}

/// What differs between two runs. Rows are those of the run that they are named after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// How many rows ended alike in both.
    pub same: u32,
    /// The row in the first and in the second run, and how each ended.
    pub changed: Vec<([u32; 2], [RowState; 2])>,
    pub only_first: Vec<u32>,
    pub only_second: Vec<u32>,
}

/// Compares the rows of two runs, each with [`row_key`] of its input, in the order of the rows.
/// Equal rows of a run are matched in their order.
#[must_use]
pub fn compare(
    first: impl IntoIterator<Item = (u64, RowState)>,
    second: impl IntoIterator<Item = (u64, RowState)>,
) -> Comparison {
    let mut found = Comparison::default();
    // The rows of the second run by their keys, the first of equal ones last.
    let second: Vec<(u64, RowState)> = second.into_iter().collect();
    let mut places: HashMap<u64, Vec<u32>> = HashMap::new();
    for (row, (key, _)) in (0..second.len() as u32).zip(&second).rev() {
        places.entry(*key).or_default().push(row);
    }
    for (row, (key, state)) in (0..).zip(first) {
        let Some(other) = places.get_mut(&key).and_then(Vec::pop) else {
            found.only_first.push(row);
            continue;
        };
        let (_, now) = second[other as usize];
        match state == now {
            true => found.same += 1,
            false => found.changed.push(([row, other], [state, now])),
        }
    }
    found.only_second = places.into_values().flatten().collect();
    found.only_second.sort_unstable();
    found
}
