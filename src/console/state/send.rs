//! From a request to its result: sent, and sent again by itself where that does no harm.

use super::run::{Attempt, ReadBack, Run};
use super::underway::{Step, Underway};
use super::{Form, Request, SEND_ID, UNDERWAY_ID};
use crate::browser::{clock, focus, random, task};
use crate::later::later;
use crate::text;
use crate::transport::{Consent, TransportFailure};
use formsmith_api::outcome::{self, Rows, Standing};
use formsmith_api::retry::{self, Advice, Reason};
use leptos::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A number that no run had so far.
pub(super) fn fresh_number() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    LAST.fetch_add(1, Relaxed) + 1
}

/// A run whose next answer is awaited.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub(super) run: Run,
    request: Request,
    /// When the attempt began.
    started_ms: f64,
}

impl Form {
    /// `consent` is the person's, where it takes one: it goes with every attempt.
    pub(super) fn send(self, request: Request, consent: Option<Consent>) {
        // One at a time; and a run goes on where it began.
        if untrack(move || self.is_sending()) {
            return;
        }
        let target = untrack(move || self.console.target());
        if let Some(run) = request.of.as_ref().filter(|run| run.target != target) {
            return self.refuse(text::other_target(run.target));
        }
        let number = fresh_number();
        let run = match &request.of {
            Some(run) => Run {
                number,
                ..(**run).clone()
            },
            None => self.new_run(number, &request, consent.as_ref()),
        };
        if request.of.is_none() {
            self.sent.set_value(Some(request.input.clone()));
            self.keep_now();
            self.run.set(None);
        }
        self.complaints.set(Vec::new());
        self.tell_verdict();
        self.step(&run, 1, Step::Answer);
        if request.of.is_some() {
            // The button that was pressed is gone while this goes on.
            focus::soon(UNDERWAY_ID);
        }
        self.console.announce(text::SENDING);
        task::spawn(self.carry_out(run, request, consent));
    }

    fn new_run(self, number: u32, request: &Request, consent: Option<&Consent>) -> Run {
        let console = self.console;
        let target = untrack(move || console.target());
        let account = match consent {
            Some(consent) => consent.account.clone(),
            None => untrack(move || console.account()).filter(|_| !target.is_sandbox()),
        };
        Run {
            id: random::uuid(),
            number,
            started_ms: clock::now_ms(),
            target,
            region: request.region.clone(),
            account,
            input: request.input.clone(),
            rows: Rows::new(self.operation, &request.input),
            attempts: Vec::new(),
            standing: Standing::NotSent,
            read_back: ReadBack::None,
        }
    }

    /// Says what goes on now with a run.
    fn step(self, run: &Run, attempt: usize, step: Step) {
        self.underway.set(Some(Underway {
            number: run.number,
            attempt,
            step,
        }));
    }

    async fn carry_out(self, mut run: Run, request: Request, consent: Option<Consent>) {
        let number = run.number;
        let console = self.console;
        let service = &self.service.endpoint_prefix;
        console.session.opened().await;
        let transport = untrack(move || console.transport());
        for made in 1.. {
            if !self.is_waited_for(number) {
                return;
            }
            // Killed from here on, the page leaves an unknown.
            if !self.keep_begun(&run, &request).await {
                self.underway.set(None);
                if !run.attempts.is_empty() {
                    // What the attempts before came to is shown.
                    self.run.set(Some(Arc::new(run)));
                }
                return;
            }
            if !self.is_waited_for(number) {
                // It was stopped before anything of this attempt was sent.
                return self.keep_stopped(&run);
            }
            let started_ms = clock::now_ms();
            let region = run.region.clone();
            self.step(&run, made, Step::Answer);
            let pending = Pending {
                run,
                request: request.clone(),
                started_ms,
            };
            self.pending.set_value(Some(pending.clone()));
            // Goes on where the person stops waiting: giving up would take nothing back.
            let answer = transport
                .send(service, &region, &request.http, consent.as_ref())
                .await;
            let Some(pending) = self.take_pending(number) else {
                return self.take_late(pending, answer).await;
            };
            run = self.with_answer(pending, answer);
            let advice = run.last().map(|attempt| {
                let arrival = attempt.arrival();
                let random = random::fraction();
                retry::advice(
                    self.model,
                    self.operation,
                    &request.input,
                    &arrival,
                    made,
                    random,
                )
            });
            let Some(Advice::Again { reason, after_ms }) = advice else {
                return self.finish(run);
            };
            self.pending.set_value(Some(Pending {
                run: run.clone(),
                request: request.clone(),
                started_ms,
            }));
            // Who stops from now on stops the trying, and not the waiting for an answer.
            let seconds = in_seconds(after_ms);
            self.step(&run, made + 1, Step::Pause { reason, seconds });
            self.keep_answer(&run).await;
            self.pause(&run, made + 1, reason, after_ms).await;
            if let Some(pending) = self.pending.get_value().filter(|it| it.run.id == run.id) {
                // An attempt before may have been answered meanwhile.
                run = pending.run;
            }
        }
    }

    /// Waits, and counts the seconds down; ends early if the person stops it.
    async fn pause(self, run: &Run, attempt: usize, reason: Reason, after_ms: f64) {
        let end = clock::now_ms() + after_ms;
        let mut is_told = false;
        while self.is_waited_for(run.number) {
            let left = end - clock::now_ms();
            if left <= 0.0 {
                return;
            }
            let seconds = in_seconds(left);
            self.step(run, attempt, Step::Pause { reason, seconds });
            if !is_told {
                self.console
                    .announce(text::trying_again(reason, seconds, attempt));
                is_told = true;
            }
            clock::pause(left - f64::from(seconds - 1) * 1000.0).await;
        }
    }

    fn take_pending(self, number: u32) -> Option<Pending> {
        let is_its = self.is_waited_for(number);
        let take = || self.pending.try_update_value(Option::take).flatten();
        is_its.then(take).flatten()
    }

    pub(super) fn with_answer(
        self,
        pending: Pending,
        answer: Result<formsmith_api::http::HttpResponse, TransportFailure>,
    ) -> Run {
        let Pending {
            mut run,
            request,
            started_ms,
        } = pending;
        let result = answer.map(|response| {
            let (model, service, operation) = (self.model, self.service, self.operation);
            let outcome = outcome::outcome(model, service, operation, &request.input, &response);
            (response, outcome)
        });
        let attempt = Attempt {
            started_ms,
            ended_ms: clock::now_ms(),
            rows: match request.rows {
                Some(rows) => rows,
                None => (0..run.rows.as_ref().map_or(0, |rows| rows.rows.len())).collect(),
            },
            request: request.http,
            result,
        };
        run.take(self.model, self.operation, attempt);
        run
    }

    /// The person no longer waits. What was awaited is taken all the same if it comes.
    pub fn stop_waiting(self) {
        match self.underway.get_untracked().map(|underway| underway.step) {
            None => {}
            Some(Step::Opening) => {
                self.underway.set(None);
                focus::soon(SEND_ID);
            }
            // Whatever goes on by now came with the later part.
            Some(_) => task::spawn(async move {
                let _ = stop(self).await;
            }),
        }
    }

    fn stop(self) {
        let Some(underway) = self.underway.get_untracked() else {
            return;
        };
        match self.take_pending(underway.number) {
            None => self.underway.set(None),
            Some(pending) => self.finish(match underway.step {
                Step::Pause { .. } => pending.run,
                _ => self.with_answer(pending, Err(TransportFailure::Stopped)),
            }),
        }
    }
}

later! { fn stop(form: Form) = form.stop(); }

/// Whole seconds, as a person counts them down.
fn in_seconds(ms: f64) -> u32 {
    (ms / 1000.0).ceil().max(1.0) as u32
}
