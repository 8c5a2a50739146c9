//! Failures that go away: they strike the first attempt only.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attempts(BTreeSet<Vec<String>>);

impl Attempts {
    /// How many are remembered. What comes after that counts as tried before.
    pub const MOST: usize = 20_000;

    /// Is this the first attempt at what the key names? From now on it has been tried.
    pub fn is_first(&mut self, key: &[&str]) -> bool {
        self.0.len() < Self::MOST && self.0.insert(key.iter().map(|&part| part.into()).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}
