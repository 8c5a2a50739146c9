//! What became of each row of the form that was sent, told in the row until that is edited.

use super::Form;
use formsmith_api::draft::NodeId;
use formsmith_api::outcome::RowResult;
use formsmith_run::{Run, Tone};
use formsmith_words as words;
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOutcome {
    pub tone: Tone,
    pub text: String,
}

#[derive(Clone, Copy)]
pub(super) struct RowOutcomes(RwSignal<Vec<(NodeId, RowOutcome)>>);

impl RowOutcomes {
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Another draft has taken the place of the one that was sent.
    pub fn forget(self) {
        if self.0.with_untracked(|known| !known.is_empty()) {
            self.0.set(Vec::new());
        }
    }
}

impl Form {
    /// What became of a row, if that still holds what was sent.
    pub fn row_outcome(self, row: NodeId) -> Option<RowOutcome> {
        self.row_outcomes.0.with(|known| {
            let of_row = known.iter().find(|(node, _)| *node == row);
            of_row.map(|(_, outcome)| outcome.clone())
        })
    }

    /// A node was edited: of the row that it is in, or is, nothing is known any more.
    pub(super) fn forget_row_outcome(self, node: NodeId) {
        let outcomes = self.row_outcomes.0;
        let row = outcomes.with_untracked(|known| {
            let mut now = Some(node).filter(|_| !known.is_empty());
            let is_known = |node: &NodeId| known.iter().any(|(row, _)| row == node);
            while let Some(node) = now.filter(|node| !is_known(node)) {
                now = self.peek(|draft| draft.node(node)?.parent);
            }
            now
        });
        if let Some(row) = row {
            outcomes.update(|known| known.retain(|(node, _)| *node != row));
        }
    }

    /// Places what became of the entries of a batch at the rows that hold them.
    pub(super) fn place_row_outcomes(self, run: &Run) {
        let batch = self.operation.traits.batch.as_ref();
        let known = batch.zip(run.rows.as_ref()).map(|(batch, rows)| {
            self.peek(|draft| {
                let mut path = batch.entries.split('.');
                let list = path.try_fold(draft.root(), |node, name| draft.member(node, name));
                let nodes = list.map_or_else(Vec::new, |list| draft.children(list));
                let both = nodes.into_iter().zip(&rows.rows);
                let as_sent =
                    both.filter(|(node, row)| draft.to_json(self.model, *node) == row.sent);
                as_sent
                    .map(|(node, row)| (node, outcome(&row.result)))
                    .collect()
            })
        });
        self.row_outcomes.0.set(known.unwrap_or_default());
    }
}

fn outcome(result: &RowResult) -> RowOutcome {
    let (tone, text) = match result {
        RowResult::Done => (Tone::Success, words::row_done().to_owned()),
        RowResult::Failed(failed) => match (&failed.code, failed.is_partly) {
            (Some(code), true) => (Tone::Warning, words::row_partly_with(code)),
            (Some(code), false) => (Tone::Error, words::row_failed_with(code)),
            (None, true) => (Tone::Warning, words::row_partly().to_owned()),
            (None, false) => (Tone::Error, words::row_failed().to_owned()),
        },
        RowResult::Unknown => (Tone::Unknown, words::row_unknown().to_owned()),
        RowResult::NotDone => (Tone::Error, words::row_not_done().to_owned()),
        RowResult::NotSent => (Tone::Info, words::row_not_sent().to_owned()),
    };
    RowOutcome { tone, text }
}
