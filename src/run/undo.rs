//! Taking back what a run has done, and knowing that it was taken back.

use crate::effects::Effects;
use crate::{Effect, Machine, OperationRef, Refusal, Run};
use formsmith_api::draft::{Tokens, prune_unknown};
use formsmith_api::inverse::{InferredInverse, inverse, inverse_input};
use formsmith_api::outcome::{Outcome, RowResult, Standing};
use serde_json::{Map, Value};

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

    /// Was something done that is not taken back, and is there an operation that takes it back?
    #[must_use]
    pub fn may_undo(&self) -> bool {
        let is_done = match &self.rows {
            Some(_) => !self.rows_to_undo().is_empty(),
            None => self.standing == Standing::Done && self.undone.is_empty(),
        };
        // What only repeats has done nothing itself.
        let is_own = self.repeats.is_none() && !self.is_imported;
        is_done && is_own && (self.names_inverse() || self.inferred_inverse().is_some())
    }

    fn names_inverse(&self) -> bool {
        inverse(self.op.service, self.op.operation).is_some()
    }

    /// Is what takes it back inferred? Then nobody has said that it takes back just that.
    #[must_use]
    pub fn is_undo_inferred(&self) -> bool {
        !self.names_inverse()
    }

    /// The operation that takes back these rows, or the whole, and its input.
    fn inverse_of(&self, rows: &[usize]) -> Option<(&str, Value)> {
        let op = self.op;
        if self.is_undo_inferred() {
            return self.inferred_inverse();
        }
        let (operation, input) =
            inverse_input(op.model, op.service, op.operation, &self.input, rows)?;
        Some((operation.name(), input))
    }

    /// Not of a batch: its inverse may count entries in another way.
    fn inferred_inverse(&self) -> Option<(&str, Value)> {
        let inverse = self.inverse.as_ref().filter(|_| self.rows.is_none())?;
        let empty = Map::new();
        let output = match self.last()?.outcome()? {
            Outcome::Output(output) => output,
            Outcome::Empty => &empty,
            _ => return None,
        };
        let input = inverse.input(&self.input, output)?;
        Some((&inverse.operation, input))
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
        let Some((operation, input)) = run.inverse_of(&rows) else {
            return self.ignore();
        };
        if self.target() != Some(run.place.target) {
            let why = Refusal::OtherTarget(run.place.target);
            return out.refuse(run.op, why);
        }
        out.push(Effect::Fill {
            of: run.op,
            operation: operation.to_owned(),
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
        let is_inverse = op.service.name == run.op.service.name && op.operation.name() == inverse;
        (is_inverse && run.is_same(op, &sent, &whole)).then_some(undoes)
    }

    /// All runs of the operation are taken back by it.
    pub(crate) fn learn_inverse(&mut self, op: OperationRef, inverse: &InferredInverse) {
        for run in self.runs_mut().filter(|run| run.op == op) {
            if run.inverse.as_ref() != Some(inverse) {
                run.inverse = Some(inverse.clone());
                run.version += 1;
            }
        }
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
