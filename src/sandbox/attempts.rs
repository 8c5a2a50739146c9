//! Failures that go away: they strike the first attempt only.

use std::collections::BTreeSet;

#[derive(Default)]
pub struct Attempts(BTreeSet<Vec<String>>);

impl Attempts {
    /// Is this the first attempt at what the key names? From now on it has been tried.
    pub fn is_first(&mut self, key: &[&str]) -> bool {
        self.0.insert(key.iter().map(|&part| part.into()).collect())
    }
}
