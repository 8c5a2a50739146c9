//! The page after the one that a run was answered with.

use crate::Run;
use formsmith_api::outcome::Outcome;
use formsmith_api::pages;
use formsmith_api::secret::has_hole;
use serde_json::Value;

impl Run {
    /// The input that asks for the next page, which is a run of its own; none after the last page,
    /// and where something of input or answer is no longer there.
    #[must_use]
    pub fn next_page(&self) -> Option<Value> {
        if self.is_imported {
            return None;
        }
        let Some(Outcome::Output(output)) = self.last()?.outcome() else {
            return None;
        };
        pages::next(self.op.operation, &self.input, output).filter(|input| !has_hole(input))
    }
}
