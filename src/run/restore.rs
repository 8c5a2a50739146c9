//! A run made again of what is stored of it.

use crate::effects::Effects;
use crate::{
    Answer, Fact, Failure, FollowStep, Machine, Now, OperationRef, Phase, Run, Undone, Wait,
};
use formsmith_api::outcome;
use serde_json::{Map, Value};

impl Run {
    /// A run as its facts tell it. An attempt of whose end nothing is stored may have been
    /// carried out. `next` is the number of the next fact, which is higher than their count
    /// where a fact could not be stored. None if the facts are of another operation, or have no beginning.
    #[must_use]
    pub fn restore(id: &str, op: OperationRef, facts: &[Fact], next: u64) -> Option<Self> {
        let mut facts = facts.iter();
        let mut run = Self::begun(id, op, facts.next()?)?;
        facts.for_each(|fact| run.take_fact(fact));
        run.seq = next;
        run.judge();
        Some(run)
    }

    /// As it is found if nothing more is ever stored of it.
    pub(crate) fn interrupted(&self) -> Self {
        let mut run = self.clone();
        if let Phase::Storing { next, .. } = &self.phase {
            let (rows, request) = (next.rows.as_deref(), next.request.clone());
            run.add_attempt(next.at_ms, rows, request, None);
        }
        for attempt in &mut run.attempts {
            attempt.result.get_or_insert(Err(Failure::Interrupted));
        }
        run.phase = Phase::Settled;
        run.judge();
        run
    }

    fn take_fact(&mut self, fact: &Fact) {
        match fact {
            Fact::Begun { .. } | Fact::Stopped => {}
            Fact::Sending {
                attempt,
                at_ms,
                rows,
                tokens,
            } => {
                if *attempt == self.attempts.len() {
                    self.restore_attempt(*at_ms, rows.as_deref(), tokens);
                }
            }
            Fact::Unsent { attempt } => {
                if *attempt + 1 == self.attempts.len() {
                    self.attempts.pop();
                }
            }
            Fact::Ended {
                attempt,
                at_ms,
                result,
                is_late,
            } => self.restore_end(*attempt, *at_ms, result, *is_late),
            Fact::Read(read) => self.reads.push(read.clone()),
            Fact::Seen { at_ms, output } => {
                if let Some(follow) = &mut self.follow {
                    follow.take(output.clone(), *at_ms);
                }
            }
            Fact::FollowStopped => self.restore_step(FollowStep::Stopped(None)),
            Fact::FollowResumed => self.restore_step(FollowStep::Underway),
            Fact::WaitsFor(what) => self.wait = Some(Wait::new(what.clone())),
            Fact::Looked {
                at_ms,
                judged,
                output,
            } => {
                if let Some(wait) = &mut self.wait {
                    wait.take(*at_ms, judged, output.as_ref());
                }
            }
            Fact::WaitStopped => {
                if let Some(wait) = &mut self.wait {
                    wait.stop(None);
                }
            }
            Fact::WaitResumed => {
                if let Some(wait) = &mut self.wait {
                    wait.resume();
                }
            }
            Fact::Imported => {
                self.is_imported = true;
                // Nobody here asks for it.
                if let Some(wait) = self.wait.as_mut().filter(|it| it.step.is_underway()) {
                    wait.stop(None);
                }
            }
        }
    }

    fn restore_attempt(&mut self, at_ms: f64, rows: Option<&[usize]>, tokens: &Map<String, Value>) {
        let mut input = self.input_of(rows);
        for (name, token) in tokens {
            input[name] = token.clone();
        }
        if let Some(request) = self.op.shown_request(&input) {
            let result = Some(Err(Failure::Interrupted));
            self.add_attempt(at_ms, rows, request, result);
        }
    }

    fn restore_end(
        &mut self,
        at: usize,
        at_ms: f64,
        result: &Result<Answer, Failure>,
        is_late: bool,
    ) {
        let rows = self.attempts.get(at).map(|attempt| attempt.rows.clone());
        let Some(rows) = rows else { return };
        let mut result = result.clone();
        match &mut result {
            Ok(Answer::Whole { response, outcome }) => {
                *outcome = self.op.outcome(&self.input_of(Some(&rows)), response);
            }
            Ok(Answer::Redacted { said, outcome, .. }) => {
                let (model, operation) = (self.op.model, self.op.operation);
                let input = self.input_of(Some(&rows));
                *outcome = outcome::of_answer(model, operation, &input, said.clone());
            }
            Ok(Answer::Cut { .. }) | Err(_) => {}
        }
        self.results += 1;
        let attempt = &mut self.attempts[at];
        if attempt.is_open() {
            attempt.result = Some(result);
            attempt.ended_ms = Some(at_ms);
            attempt.is_late = is_late;
            self.take_started(at, at_ms);
        }
    }

    fn restore_step(&mut self, step: FollowStep) {
        if let Some(follow) = &mut self.follow
            && follow.step != FollowStep::Over
        {
            follow.step = step;
        }
    }

    /// The places of the rows that are sent where it says these, or says nothing.
    pub(crate) fn rows_of(&self, rows: Option<&[usize]>) -> Vec<usize> {
        let all = self.rows.as_ref().map_or(0, |rows| rows.rows.len());
        rows.map_or_else(|| (0..all).collect(), <[usize]>::to_vec)
    }
}

impl Machine {
    /// A run that this program already acts for is known better here than in the store.
    pub(crate) fn take_restored(
        &mut self,
        now: &Now,
        mut run: Run,
        leads: bool,
        out: &mut Effects,
    ) {
        if self.run(&run.id).is_some_and(|it| it.leads) {
            match self.bring_back(&run.id) {
                true => self.schedule_question(now, &run.id, out),
                false => self.ignore(),
            }
            return;
        }
        let id = run.id.clone();
        if let Some(before) = self.run(&id) {
            run.version = before.version + 1;
            let is_new = |it: &&Undone| !run.undone.contains(it);
            let known: Vec<Undone> = before.undone.iter().filter(is_new).cloned().collect();
            run.undone.extend(known);
        }
        run.leads = leads;
        self.remove(&id);
        self.insert(run);
        let others: Vec<String> = self.runs().map(|run| run.id.clone()).collect();
        others.iter().for_each(|it| self.note_undone(it));
        self.begin_read_back(&id, out);
        self.schedule_poll(&id, out);
        self.schedule_question(now, &id, out);
    }
}
