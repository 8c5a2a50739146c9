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

/// What became of an entry of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowStatus {
    Done,
    Failed,
    /// Some of it was done, and the rest failed.
    Partly,
    Unknown,
    NotDone,
    NotSent,
}

impl RowStatus {
    pub fn of(result: &RowResult) -> Self {
        match result {
            RowResult::Done => Self::Done,
            RowResult::Failed(failed) if failed.is_partly => Self::Partly,
            RowResult::Failed(_) => Self::Failed,
            RowResult::Unknown => Self::Unknown,
            RowResult::NotDone => Self::NotDone,
            RowResult::NotSent => Self::NotSent,
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Done => Tone::Success,
            Self::Failed | Self::NotDone => Tone::Error,
            Self::Partly => Tone::Warning,
            Self::Unknown => Tone::Unknown,
            Self::NotSent => Tone::Info,
        }
    }

    pub fn text(self) -> &'static str {
        match self {
            Self::Done => words::row_done(),
            Self::Failed => words::row_failed(),
            Self::Partly => words::row_partly(),
            Self::Unknown => words::row_unknown(),
            Self::NotDone => words::row_not_done(),
            Self::NotSent => words::row_not_sent(),
        }
    }
}

fn outcome(result: &RowResult) -> RowOutcome {
    let status = RowStatus::of(result);
    let code = match result {
        RowResult::Failed(failed) => failed.code.as_deref(),
        _ => None,
    };
    let text = match (status, code) {
        (RowStatus::Failed, Some(code)) => words::row_failed_with(code),
        (RowStatus::Partly, Some(code)) => words::row_partly_with(code),
        _ => status.text().to_owned(),
    };
    RowOutcome {
        tone: status.tone(),
        text,
    }
}
