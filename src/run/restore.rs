//! A run made again of what is stored of it.

use crate::{Answer, Attempt, Fact, Failure, Follow, FollowStep, OperationRef, Phase, Run};
use formsmith_api::outcome::{Outcome, Rows, Standing};
use serde_json::{Map, Value};

impl Run {
    /// A run as its facts tell it. An attempt of whose end nothing is stored may have been
    /// carried out. None if the facts are of another operation, or have no beginning.
    #[must_use]
    pub fn restore(id: &str, op: OperationRef, facts: &[Fact]) -> Option<Self> {
        let mut facts = facts.iter();
        let Some(Fact::Begun {
            at_ms,
            service,
            operation,
            place,
            input,
            undoes,
            repeats,
        }) = facts.next()
        else {
            return None;
        };
        let is_its = *service == op.service.endpoint_prefix && *operation == op.operation.name();
        let mut run = Self {
            id: id.to_owned(),
            op,
            place: place.clone(),
            started_ms: *at_ms,
            input: input.clone(),
            undoes: undoes.clone(),
            repeats: repeats.clone(),
            attempts: Vec::new(),
            reads: Vec::new(),
            reading: None,
            follow: None,
            phase: Phase::Settled,
            rows: Rows::new(op.operation, input),
            standing: Standing::NotSent,
            undone: Vec::new(),
            is_imported: false,
            version: 0,
            results: 0,
            leads: false,
            seq: 1,
        };
        for fact in facts {
            run.take_fact(fact);
            run.seq += 1;
        }
        run.judge();
        is_its.then_some(run)
    }

    /// As it is found if nothing more is ever stored of it.
    pub(crate) fn interrupted(&self) -> Self {
        let mut run = self.clone();
        if let Phase::Storing { next, .. } = &self.phase {
            run.attempts.push(Attempt {
                started_ms: next.at_ms,
                ended_ms: None,
                rows: self.rows_of(next.rows.as_deref()),
                request: next.request.clone(),
                result: None,
                is_late: false,
            });
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
            Fact::Imported => self.is_imported = true,
        }
    }

    fn restore_attempt(&mut self, at_ms: f64, rows: Option<&[usize]>, tokens: &Map<String, Value>) {
        let mut input = self.input_of(rows);
        for (name, token) in tokens {
            input[name] = token.clone();
        }
        let Ok(request) = self.op.request(&input) else {
            return;
        };
        self.attempts.push(Attempt {
            started_ms: at_ms,
            ended_ms: None,
            rows: self.rows_of(rows),
            request,
            result: Some(Err(Failure::Interrupted)),
            is_late: false,
        });
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
        if let Ok(Answer::Whole { response, outcome }) = &mut result {
            *outcome = self.op.outcome(&self.input_of(Some(&rows)), response);
        }
        self.results += 1;
        let attempt = &mut self.attempts[at];
        if attempt.is_open() {
            attempt.result = Some(result);
            attempt.ended_ms = Some(at_ms);
            attempt.is_late = is_late;
            if let Some(Outcome::Output(output)) = attempt.outcome() {
                self.follow = Follow::of(self.op, output, at_ms);
            }
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
