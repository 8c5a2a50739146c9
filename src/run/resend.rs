//! Sending again what was not done, as the person chooses.

use crate::effects::Effects;
use crate::{Intent, Machine, Now, ReadBack, Refusal, Run};
use formsmith_api::outcome::{RowResult, Standing};
use formsmith_api::read_back::Found;
use formsmith_api::retry;
use formsmith_api::secret::has_hole;
use serde_json::Value;

impl Run {
    /// Is sending the same again a thing to offer? Rows of a batch are chosen one by one.
    #[must_use]
    pub fn may_send_again(&self) -> bool {
        let is_one = self.rows.is_none() && self.wait.is_none();
        let Some(last) = self.last().filter(|_| is_one) else {
            return false;
        };
        let arrival = last.arrival();
        let can_pass = arrival
            .is_some_and(|arrival| retry::can_pass(self.op.model, self.op.operation, &arrival));
        let is_open = matches!(self.standing, Standing::Unknown | Standing::NotSent);
        let is_proven_open = self.reads.last().is_some_and(ReadBack::proves_not_done);
        !self.is_imported
            && !self.is_deleted
            && self.standing != Standing::Done
            && (is_open || can_pass || is_proven_open)
    }

    /// May this row of a batch be sent again? What was done would only be done once more, and
    /// where failures were answered that could be of any row, nobody knows which were done.
    #[must_use]
    pub fn may_send_row(&self, at: usize) -> bool {
        let Some(rows) = self
            .rows
            .as_ref()
            .filter(|_| !self.is_imported && !self.is_deleted)
        else {
            return false;
        };
        let batch = self.op.operation.traits.batch.as_ref();
        let is_inferred = batch.is_some_and(|batch| batch.inferred.is_some());
        let is_any_ones = is_inferred && !rows.unmatched.is_empty();
        rows.rows.get(at).is_some_and(|row| match row.result {
            RowResult::Done => false,
            RowResult::Unknown => !is_any_ones,
            _ => true,
        })
    }

    /// The input with these rows only, as it was sent; the whole where it says none.
    pub(crate) fn input_of(&self, rows: Option<&[usize]>) -> Value {
        let mut input = self.input.clone();
        if let (Some(rows), Some(batch)) = (rows, &self.op.operation.traits.batch) {
            let entries = batch.sent(&self.input);
            let chosen = rows.iter().filter_map(|at| entries.get(*at).cloned());
            batch.put(&mut input, chosen.collect());
        }
        input
    }
}

impl ReadBack {
    fn proves_not_done(&self) -> bool {
        self.found.first() == Some(&Some(Found::NotDone))
    }
}

impl Machine {
    /// A further attempt of a run, after a review like any change.
    pub(crate) fn ask_again(&mut self, now: &Now, id: &str, rows: Vec<usize>, out: &mut Effects) {
        let Some(run) = self.run(id) else {
            return self.ignore();
        };
        let op = run.op;
        let refusal = match self.target() {
            _ if run.is_underway() => Some(Refusal::Underway),
            _ if !run.leads => Some(Refusal::OtherTab),
            _ if has_hole(&run.input) => Some(Refusal::InputNotStored),
            target if target != Some(run.place.target) => {
                Some(Refusal::OtherTarget(run.place.target))
            }
            _ => None,
        };
        if let Some(why) = refusal {
            return out.refuse(op, why);
        }
        let all = run.rows.as_ref().map(|rows| rows.rows.len());
        let may_go = match all {
            Some(_) => !rows.is_empty() && rows.iter().all(|&at| run.may_send_row(at)),
            None => run.may_send_again(),
        };
        if !may_go {
            return self.ignore();
        }
        let is_part = all.is_some_and(|all| rows.len() < all);
        let mut input = run.input_of(is_part.then_some(rows.as_slice()));
        if is_part {
            // Another input than before has another token.
            for name in op.tokens().filter(|name| run.input.get(name).is_some()) {
                input[name] = now.token.as_str().into();
            }
        }
        let (place, account) = (run.place.clone(), run.place.account.clone());
        match op.request(&input) {
            Err(error) => out.refuse(op, Refusal::NotSendable(error.what)),
            Ok(http) => {
                let intent = Intent {
                    op,
                    place,
                    input,
                    http,
                    rows: all.map(|_| rows),
                    of: Some(id.to_owned()),
                    undoes: None,
                    waits: None,
                    account,
                };
                self.send_or_review(now, intent, false, out);
            }
        }
    }
}
