//! Taking back what a run has done, and knowing that it was taken back.

use crate::effects::Effects;
use crate::{Effect, Machine, OperationRef, Refusal, Run};
use formsmith_api::draft::{Tokens, prune_unknown};
use formsmith_api::inverse::{inverse, inverse_input};
use formsmith_api::outcome::{RowResult, Standing};
use serde_json::Value;

/// What a run takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoes {
    pub run: String,
    /// The rows of that run, in the order of this run's own; none where it is no batch.
    pub rows: Vec<usize>,
}

/// What was taken back of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The run that did it.
    pub by: String,
    /// The rows that are taken back; none where it is no batch.
    pub rows: Vec<usize>,
}

impl Run {
    /// The rows that were done and not taken back.
    #[must_use]
    pub fn rows_to_undo(&self) -> Vec<usize> {
        let rows = self.rows.as_ref();
        let done = rows.map(|rows| rows.places(|result| *result == RowResult::Done));
        let is_undone = |at: &usize| self.undone.iter().any(|undone| undone.rows.contains(at));
        let mut done = done.unwrap_or_default();
        done.retain(|at| !is_undone(at));
        done
    }

    /// Was something done that is not taken back, and does the model name an operation that
    /// takes it back?
    #[must_use]
    pub fn may_undo(&self) -> bool {
        let is_done = match &self.rows {
            Some(_) => !self.rows_to_undo().is_empty(),
            None => self.standing == Standing::Done && self.undone.is_empty(),
        };
        // What only repeats has done nothing itself.
        let is_own = self.repeats.is_none() && !self.is_imported;
        is_done && is_own && inverse(self.op.service, self.op.operation).is_some()
    }

    fn inverse_of(&self, rows: &[usize]) -> Option<(OperationRef, Value)> {
        let op = self.op;
        let (operation, input) =
            inverse_input(op.model, op.service, op.operation, &self.input, rows)?;
        Some((op.beside(operation), input))
    }

    /// What this run has taken back of the one that it undoes, as far as it is done.
    #[must_use]
    pub fn has_undone(&self) -> Option<Undone> {
        let undoes = self.undoes.as_ref()?;
        let rows: Vec<usize> = match &self.rows {
            Some(rows) => {
                let done = rows.places(|result| *result == RowResult::Done);
                let rows = done.into_iter().filter_map(|at| undoes.rows.get(at));
                rows.copied().collect()
            }
            None => Vec::new(),
        };
        let has = match &self.rows {
            Some(_) => !rows.is_empty(),
            None => self.standing == Standing::Done,
        };
        has.then(|| Undone {
            by: self.id.clone(),
            rows,
        })
    }
}

impl Machine {
    /// Nothing is sent: the form of the inverse is filled.
    pub(crate) fn ask_undo(&mut self, run: &str, out: &mut Effects) {
        let Some(run) = self.run(run).filter(|run| run.may_undo()) else {
            return self.ignore();
        };
        let rows = run.rows_to_undo();
        let Some((op, input)) = run.inverse_of(&rows) else {
            return self.ignore();
        };
        if self.target() != Some(run.place.target) {
            let why = Refusal::OtherTarget(run.place.target);
            return out.refuse(run.op, why);
        }
        out.push(Effect::Fill {
            op,
            input,
            place: run.place.clone(),
            undoes: Undoes {
                run: run.id.clone(),
                rows,
            },
        });
    }

    /// What was sent takes that back only if it is what takes that back: the person may have
    /// changed it.
    pub(crate) fn checked_undoes(
        &self,
        op: OperationRef,
        input: &Value,
        undoes: Option<Undoes>,
    ) -> Option<Undoes> {
        let undoes = undoes?;
        let run = self.run(&undoes.run)?;
        let (inverse, whole) = run.inverse_of(&undoes.rows)?;
        let (sent, _) = prune_unknown(op.model, op.operation, input, Tokens::LeaveOut);
        (inverse == op && run.is_same(op, &sent, &whole)).then_some(undoes)
    }

    /// Tells the run that `by` takes back how much of it is taken back.
    pub(crate) fn note_undone(&mut self, by: &str) {
        let Some(undone) = self.run(by).and_then(Run::has_undone) else {
            return;
        };
        let undoes = self.run(by).and_then(|run| run.undoes.clone());
        let Some(run) = undoes.and_then(|undoes| self.run_mut(&undoes.run)) else {
            return;
        };
        if !run.undone.contains(&undone) {
            run.undone.retain(|it| it.by != undone.by);
            run.undone.push(undone);
            run.version += 1;
        }
    }
}
