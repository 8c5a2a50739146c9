//! Runs that are deleted from the store, also while something of them goes on.

use crate::effects::Effects;
use crate::{Attempt, Fact, Machine, Now, Phase, Refusal};

impl Machine {
    /// Nothing more is sent for it. Where an answer is awaited, or what it started is followed, it
    /// stays until this program ends: what becomes of it is still to be told.
    pub(crate) fn delete(&mut self, now: &Now, id: &str, out: &mut Effects) {
        let Some(run) = self.run_mut(id).filter(|run| !run.is_deleted) else {
            return self.ignore();
        };
        let op = run.op;
        run.is_deleted = true;
        if let Some(wait) = run.wait.as_mut() {
            wait.next_ms = None;
        }
        run.version += 1;
        let is_awaited = run.attempts.iter().any(Attempt::is_awaited);
        let mut stays = run.leads && (is_awaited || run.is_followed());
        match std::mem::replace(&mut run.phase, Phase::Settled) {
            // The person waits for something that does not come any more.
            Phase::Storing { .. } | Phase::HeldBack { .. } => {
                let attempt = run.attempts.len();
                run.store(Fact::Unsent { attempt }, out);
                out.refuse(op, Refusal::Deleted);
            }
            phase @ Phase::Pausing { .. } => {
                run.phase = phase;
                self.settle(now, id, None, out);
                stays = true;
            }
            phase => run.phase = phase,
        }
        let of = self.review.as_ref().and_then(|it| it.intent.of.as_deref());
        if of == Some(id) {
            self.close_review(out);
        }
        if !stays {
            self.remove(id);
        }
    }

    /// It is in the store again, as the person has chosen; what was not sent meanwhile waits for
    /// them. False if it was not deleted.
    pub(crate) fn bring_back(&mut self, id: &str) -> bool {
        let deleted = self.run_mut(id).filter(|run| run.is_deleted);
        let is_back = deleted.is_some();
        if let Some(run) = deleted {
            run.is_deleted = false;
            run.version += 1;
        }
        is_back
    }
}
