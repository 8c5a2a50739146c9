//! From a request to its result: stored, sent, and sent again by itself where that does no harm.

use crate::effects::Effects;
use crate::run::Next;
use crate::{Answer, Attempt, Effect, Fact, Failure, Intent, Machine, Now, OperationRef, Phase};
use crate::{Notification, StoreFailure, Timer};
use crate::{Place, Refusal, Run, Wait};
use formsmith_api::http::HttpResponse;
use formsmith_api::outcome::{Outcome, Standing};
use formsmith_api::retry::{self, Advice};
use serde_json::{Map, Value};

impl Machine {
    /// `consent` goes with every attempt that follows by itself.
    pub(crate) fn send(
        &mut self,
        now: &Now,
        intent: Intent,
        consent: Option<String>,
        out: &mut Effects,
    ) {
        let op = intent.op;
        let id = intent.of.clone().unwrap_or_else(|| now.id.clone());
        let next = Next {
            input: intent.input,
            rows: intent.rows,
            request: intent.http,
            consent,
            number: 1,
            at_ms: 0.0,
        };
        match (&intent.of, self.run_mut(&id)) {
            (Some(_), None) => return self.ignore(),
            (Some(_), Some(run)) if run.is_underway() => {
                return out.refuse(op, Refusal::Underway);
            }
            (Some(_), Some(run)) => run.read_back = None,
            (None, Some(_)) => return self.ignore(),
            (None, None) => {
                let begun = Fact::Begun {
                    at_ms: now.ms,
                    service: op.service.name.clone(),
                    operation: op.operation.name().to_owned(),
                    repeats: self.repeated(op, &intent.place, &next.input),
                    place: intent.place,
                    input: next.input.clone(),
                    undoes: intent.undoes,
                };
                let Some(mut run) = Run::begun(&id, op, &begun) else {
                    return;
                };
                run.leads = true;
                run.store(begun, out);
                if let Some(what) = intent.waits {
                    run.wait = Some(Wait::new(what.clone()));
                    run.store(Fact::WaitsFor(what), out);
                }
                self.insert(run);
            }
        }
        self.store_next(now, &id, next, out);
        out.push(Effect::Show {
            op,
            run: id.clone(),
        });
        out.notify(Notification::Sending { run: id });
    }

    /// The run that has done the same with the same token: the service knows it again.
    fn repeated(&self, op: OperationRef, place: &Place, input: &Value) -> Option<String> {
        let has_token = op.tokens().any(|name| input[name].is_string());
        let mut runs = self.runs().filter(|_| has_token);
        let same = runs.find(|run| {
            let is_same = run.op == op && run.is_same(op, &run.input, input);
            let is_there = run.place.target == place.target && run.place.region == place.region;
            is_same && is_there && run.standing == Standing::Done && run.repeats.is_none()
        });
        same.map(|run| run.id.clone())
    }

    /// Killed from here on, the program leaves an unknown.
    fn store_next(&mut self, now: &Now, id: &str, next: Next, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else { return };
        let mut tokens = Map::new();
        for name in run.op.tokens() {
            if next.input.get(name) != run.input.get(name)
                && let Some(token) = next.input.get(name)
            {
                tokens.insert(name.into(), token.clone());
            }
        }
        let sending = Fact::Sending {
            attempt: run.attempts.len(),
            at_ms: now.ms,
            rows: next.rows.clone(),
            tokens,
        };
        run.phase = Phase::Storing {
            seq: run.seq,
            next: Box::new(Next {
                at_ms: now.ms,
                ..next
            }),
        };
        run.version += 1;
        run.store(sending, out);
    }

    pub(crate) fn stored(&mut self, id: &str, seq: u64, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else {
            return self.ignore();
        };
        match std::mem::replace(&mut run.phase, Phase::Settled) {
            Phase::Storing { seq: it, next } if it == seq => run.send(*next, out),
            phase => run.phase = phase,
        }
    }

    pub(crate) fn not_stored(&mut self, id: &str, seq: u64, why: StoreFailure, out: &mut Effects) {
        let goes_without = self.goes_without;
        let Some(run) = self.run_mut(id) else {
            return self.ignore();
        };
        match std::mem::replace(&mut run.phase, Phase::Settled) {
            // Where the beginning of a run is not stored, what follows it can't be.
            Phase::Storing { seq: it, next } if it == seq || seq == 0 => {
                if goes_without {
                    return run.send(*next, out);
                }
                run.phase = Phase::HeldBack { why, next };
                run.version += 1;
                let run = id.to_owned();
                out.notify(Notification::HeldBack { run, why });
            }
            phase => {
                run.phase = phase;
                let is_ended = matches!(run.phase, Phase::Settled) && !run.is_deleted;
                if is_ended && !goes_without {
                    let run = id.to_owned();
                    out.notify(Notification::NotStored { run, why });
                }
            }
        }
    }

    pub(crate) fn go_without(&mut self, id: &str, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else {
            return self.ignore();
        };
        match std::mem::replace(&mut run.phase, Phase::Settled) {
            Phase::HeldBack { next, .. } => {
                run.send(*next, out);
                self.goes_without = true;
            }
            phase => {
                run.phase = phase;
                self.ignore();
            }
        }
    }

    pub(crate) fn answered(
        &mut self,
        now: &Now,
        id: &str,
        at: usize,
        result: Result<HttpResponse, Failure>,
        out: &mut Effects,
    ) {
        let Some(run) = self.run_mut(id) else {
            return self.ignore();
        };
        let is_awaited = matches!(run.phase, Phase::Waiting { attempt, .. } if attempt == at);
        // That none came late tells no more than that nobody waited.
        let tells = is_awaited || matches!(result, Ok(_) | Err(Failure::Proxy(_)));
        let is_open = run.attempts.get(at).is_some_and(Attempt::is_open);
        if !is_open || !tells {
            return self.ignore();
        }
        run.end_attempt(now, at, result, !is_awaited);
        self.note_undone(id);
        match is_awaited {
            true => self.go_on(now, id, at, out),
            false => self.take_late(id, at, out),
        }
    }

    /// After an attempt that was waited for.
    fn go_on(&mut self, now: &Now, id: &str, at: usize, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else { return };
        let Phase::Waiting { next, .. } = std::mem::replace(&mut run.phase, Phase::Settled) else {
            return;
        };
        let arrival = run.attempts.get(at).and_then(Attempt::arrival);
        let (model, operation) = (run.op.model, run.op.operation);
        let advice = arrival.map(|arrival| {
            let made = next.number;
            retry::advice(model, operation, &next.input, &arrival, made, now.random)
        });
        // An attempt before may have been answered meanwhile.
        let is_over = run.standing == Standing::Done || run.is_deleted;
        match advice {
            Some(Advice::Again { reason, after_ms }) if !is_over => {
                let number = next.number + 1;
                run.phase = Phase::Pausing {
                    until_ms: now.ms + after_ms,
                    reason,
                    next: Box::new(Next { number, ..*next }),
                };
                run.store_ended(at, out);
                let attempt = run.attempts.len();
                out.push(Effect::Wait {
                    timer: Timer::Attempt {
                        run: id.to_owned(),
                        attempt,
                    },
                    ms: after_ms,
                });
                out.notify(Notification::TryingAgain {
                    run: id.to_owned(),
                    reason,
                    after_ms,
                    attempt: number,
                });
            }
            _ => self.settle(now, id, Some(at), out),
        }
    }

    /// It is taken as what came of its attempt, whatever has followed since. Nothing is sent
    /// for it.
    fn take_late(&mut self, id: &str, at: usize, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else { return };
        let is_done = run.standing == Standing::Done;
        // A further attempt has lost its reason.
        let ends = matches!(run.phase, Phase::HeldBack { .. })
            || (is_done && matches!(run.phase, Phase::Pausing { .. }));
        if ends {
            run.phase = Phase::Settled;
        }
        let is_settled = !run.is_underway();
        run.store_ended(at, out);
        let of = self.review.as_ref().and_then(|it| it.intent.of.as_deref());
        if of == Some(id) {
            self.close_review(out);
        }
        out.notify(Notification::CameLate {
            run: id.to_owned(),
            attempt: at,
        });
        if is_settled {
            self.schedule_poll(id, out);
            self.begin_read_back(id, out);
        }
    }

    /// Nothing more is sent by itself. `ended` is the attempt whose end is to be stored, with a
    /// head that says what then holds; without one the person wants no further attempt.
    pub(crate) fn settle(&mut self, now: &Now, id: &str, ended: Option<usize>, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else { return };
        run.phase = Phase::Settled;
        run.version += 1;
        match ended {
            Some(attempt) => run.store_ended(attempt, out),
            None => run.store(Fact::Stopped, out),
        }
        let is_refused = run.last().is_some_and(|attempt| {
            attempt.failure().is_some() || matches!(attempt.outcome(), Some(Outcome::Error(_)))
        });
        // Credentials may have expired, or be another's by now.
        if is_refused && !run.place.target.is_sandbox() {
            out.push(Effect::CheckIdentity);
        }
        self.schedule_poll(id, out);
        self.begin_wait(now, id, ended.is_none(), out);
        out.notify(Notification::Ended { run: id.to_owned() });
        self.begin_read_back(id, out);
    }

    /// The attempt of this index begins by itself.
    pub(crate) fn try_again(&mut self, now: &Now, id: &str, attempt: usize, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else {
            return self.ignore();
        };
        match std::mem::replace(&mut run.phase, Phase::Settled) {
            Phase::Pausing { next, .. } if run.attempts.len() == attempt => {
                self.store_next(now, id, *next, out);
            }
            phase => {
                run.phase = phase;
                self.ignore();
            }
        }
    }

    /// The person no longer waits. What was awaited is taken all the same if it comes.
    pub(crate) fn stop(&mut self, now: &Now, id: &str, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else {
            return self.ignore();
        };
        match std::mem::replace(&mut run.phase, Phase::Settled) {
            Phase::Settled => self.ignore(),
            Phase::Waiting { attempt, .. } => {
                run.end_attempt(now, attempt, Err(Failure::Stopped), false);
                self.settle(now, id, Some(attempt), out);
            }
            Phase::Pausing { .. } => self.settle(now, id, None, out),
            Phase::Storing { .. } | Phase::HeldBack { .. } if run.attempts.is_empty() => {
                out.push(Effect::Forget { run: id.to_owned() });
                self.remove(id);
            }
            Phase::Storing { .. } | Phase::HeldBack { .. } => {
                let attempt = run.attempts.len();
                run.store(Fact::Unsent { attempt }, out);
                self.settle(now, id, None, out);
            }
        }
    }
}

impl Run {
    fn send(&mut self, next: Next, out: &mut Effects) {
        let attempt = self.attempts.len();
        out.push(Effect::Send {
            run: self.id.clone(),
            attempt,
            op: self.op,
            place: self.place.clone(),
            http: next.request.clone(),
            consent: next.consent.clone(),
        });
        let (rows, request) = (next.rows.as_deref(), next.request.clone());
        self.add_attempt(next.at_ms, rows, request, None);
        self.phase = Phase::Waiting {
            attempt,
            next: Box::new(next),
        };
        self.version += 1;
    }

    fn end_attempt(
        &mut self,
        now: &Now,
        at: usize,
        result: Result<HttpResponse, Failure>,
        is_late: bool,
    ) {
        let rows = self.attempts.get(at).map(|attempt| attempt.rows.clone());
        let input = self.input_of(rows.as_deref());
        let result = result.map(|response| Answer::Whole {
            outcome: self.op.outcome(&input, &response),
            response,
        });
        if let Some(attempt) = self.attempts.get_mut(at) {
            attempt.result = Some(result);
            attempt.ended_ms = Some(now.ms);
            attempt.is_late = is_late;
        }
        self.take_started(at, now.ms);
        self.results += 1;
        self.judge();
        self.version += 1;
    }
}
