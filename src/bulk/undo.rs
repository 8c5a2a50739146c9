//! Taking back what a run has done, as another run.

use crate::{Bulk, Outcome, Plan};
use formsmith_api::inverse::{InferredInverse, inverse, inverse_input};
use formsmith_run::OperationRef;
use serde_json::{Map, Value};

/// A run in the making that takes back another.
#[derive(Debug, Clone)]
pub struct Undo {
    of: OperationRef,
    op: OperationRef,
    inferred: Option<InferredInverse>,
    plan: Plan,
    rows: Vec<u32>,
}

impl Undo {
    /// None where nothing takes the operation back. `inferred` is what `inverses.json` has for it,
    /// where the model says nothing.
    #[must_use]
    pub fn new(of: OperationRef, inferred: Option<InferredInverse>) -> Option<Self> {
        let own = inverse(of.service, of.operation);
        let inferred = inferred.filter(|_| own.is_none());
        let named = || of.service.operation(&inferred.as_ref()?.operation);
        let op = of.beside(own.or_else(named)?);
        Some(Self {
            of,
            op,
            inferred,
            plan: Plan::new(op),
            rows: Vec::new(),
        })
    }

    /// The operation that takes back.
    #[must_use]
    pub fn op(&self) -> OperationRef {
        self.op
    }

    /// Takes in a row that was done, with the input that it was sent with and, where the answer is
    /// stored, [`Answered::output`](crate::Answered). Returns the input that takes it back; none,
    /// and no row, where it was not done or nobody knows what was made.
    pub fn add(
        &mut self,
        bulk: &Bulk,
        row: u32,
        input: &Value,
        output: Option<&Map<String, Value>>,
    ) -> Option<Value> {
        if bulk.state(row).outcome() != Outcome::Done {
            return None;
        }
        let none = Map::new();
        let taken_back = match &self.inferred {
            Some(inferred) => inferred.input(input, output.unwrap_or(&none))?,
            None => {
                let OperationRef {
                    model,
                    service,
                    operation,
                } = self.of;
                inverse_input(model, service, operation, input, &[0])?.1
            }
        };
        self.plan.add(&taken_back);
        self.rows.push(row);
        Some(taken_back)
    }

    /// The plan, and for each of its rows the row of the other run.
    #[must_use]
    pub fn finish(self) -> (Plan, Vec<u32>) {
        (self.plan, self.rows)
    }
}
