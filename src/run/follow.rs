//! What a run has started, polled until it is over.

use crate::Notification;
use crate::effects::Effects;
use crate::read_back::output;
use crate::{Attempt, Effect, Fact, Failure, Machine, Now, OperationRef, ReadFailure, Refusal};
use crate::{Run, Timer};
use formsmith_api::follow::follow;
use formsmith_api::http::HttpResponse;
use formsmith_api::outcome::{Outcome, Progress, progress};
use serde_json::{Map, Value};

/// Milliseconds between one poll and the next; the last of them from then on.
const PAUSES_MS: [f64; 8] = [1e3, 2e3, 3e3, 5e3, 8e3, 13e3, 20e3, 30e3];

/// So many polls may fail one after the other.
const MAX_FAILURES: u32 = 5;

#[derive(Debug, Clone)]
pub struct Follow {
    /// The attempt that started it.
    attempt: usize,
    /// The operation that is polled, and its input.
    pub op: OperationRef,
    pub input: Value,
    pub seen: Vec<Seen>,
    /// What the last poll showed.
    pub output: Map<String, Value>,
    pub step: FollowStep,
    /// Tells the poll that is awaited, or its timer, from any other.
    poll: u32,
    is_polling: bool,
    polls: usize,
    failures: u32,
}

/// A status, and when it came: as the service says, or else when it was first seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Epoch milliseconds.
    pub at_ms: f64,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum FollowStep {
    Underway,
    /// By the person, or because polling failed: why.
    Stopped(Option<ReadFailure>),
    Over,
}

impl Follow {
    /// What an output started, if its operation can be followed.
    fn of(
        op: OperationRef,
        attempt: usize,
        output: &Map<String, Value>,
        at_ms: f64,
    ) -> Option<Self> {
        let (operation, input) = follow(op.service, op.operation, output)?;
        let mut it = Self {
            attempt,
            op: op.beside(operation),
            input,
            seen: Vec::new(),
            output: output.clone(),
            step: FollowStep::Underway,
            poll: 0,
            is_polling: false,
            polls: 0,
            failures: 0,
        };
        it.note_status(at_ms);
        it.settle();
        Some(it)
    }

    /// The last status that was seen, with what the model says of it.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        progress(self.op.model, self.op.operation, &self.output)
    }

    /// Takes what a poll showed; true if that is another status.
    pub(crate) fn take(&mut self, output: Map<String, Value>, at_ms: f64) -> bool {
        self.output = output;
        let is_new = self.note_status(at_ms);
        self.settle();
        is_new
    }

    fn note_status(&mut self, at_ms: f64) -> bool {
        let Some(progress) = self.progress() else {
            return false;
        };
        let is_new = self.seen.last().map(|seen| &seen.value) != Some(&progress.value);
        if is_new {
            let of_service = progress.at_seconds.map(|seconds| seconds * 1000.0);
            self.seen.push(Seen {
                at_ms: of_service.unwrap_or(at_ms),
                value: progress.value,
            });
        }
        is_new
    }

    fn settle(&mut self) {
        if self.progress().is_some_and(|it| it.state.is_over()) {
            self.step = FollowStep::Over;
        }
    }
}

impl Run {
    /// Takes up what an attempt started, unless a later one has started something already, of
    /// which more may be known by now than its answer told.
    pub(crate) fn take_started(&mut self, attempt: usize, at_ms: f64) {
        let is_earlier = |it: &Follow| attempt < it.attempt;
        if self.follow.as_ref().is_some_and(is_earlier) {
            return;
        }
        let outcome = self.attempts.get(attempt).and_then(Attempt::outcome);
        if let Some(Outcome::Output(output)) = outcome
            && let Some(follow) = Follow::of(self.op, attempt, output, at_ms)
        {
            self.follow = Some(follow);
        }
    }
}

impl Machine {
    /// Waits for the next poll, if there is to be one.
    pub(crate) fn schedule_poll(&mut self, id: &str, out: &mut Effects) {
        let number = self.fresh_number();
        let Some(run) = self.run_mut(id).filter(|run| run.leads && !run.is_imported) else {
            return;
        };
        let Some(follow) = run.follow.as_mut() else {
            return;
        };
        if follow.step != FollowStep::Underway || follow.is_polling {
            return;
        }
        let pause = PAUSES_MS.get(follow.polls).or(PAUSES_MS.last());
        follow.polls += 1;
        follow.poll = number;
        out.push(Effect::Wait {
            timer: Timer::Poll {
                run: id.to_owned(),
                poll: number,
            },
            ms: pause.copied().unwrap_or(PAUSES_MS[0]),
        });
    }

    /// A poll is due. Another target would answer for other things; and what is not the newest
    /// waits its turn, as a browser has few connections and the person's press needs one.
    pub(crate) fn poll(&mut self, id: &str, number: u32, out: &mut Effects) {
        let is_here = self.run(id).is_some_and(|run| self.is_here(&run.place));
        let is_newest = self.newest_followed() == Some(id);
        let is_busy = self
            .runs()
            .any(|run| run.follow.as_ref().is_some_and(|it| it.is_polling));
        let next = self.fresh_number();
        let Some(run) = self.run_mut(id) else {
            return self.ignore();
        };
        let place = run.place.clone();
        let follow = match run.follow.as_mut() {
            Some(it) if it.poll == number && it.step == FollowStep::Underway => it,
            _ => return self.ignore(),
        };
        if !is_here || (is_busy && !is_newest) {
            return self.schedule_poll(id, out);
        }
        match out.read(id, next, follow.op, place, &follow.input) {
            Ok(()) => (follow.poll, follow.is_polling) = (next, true),
            Err(why) => self.fail_polling(id, why, out),
        }
    }

    fn newest_followed(&self) -> Option<&str> {
        let newest = self.runs().filter(|run| run.is_followed());
        let newest = newest.max_by(|one, other| one.started_ms.total_cmp(&other.started_ms));
        newest.map(|run| run.id.as_str())
    }

    /// True if the read was such a poll.
    pub(crate) fn take_poll(
        &mut self,
        now: &Now,
        id: &str,
        number: u32,
        result: &Result<HttpResponse, Failure>,
        out: &mut Effects,
    ) -> bool {
        let Some(run) = self.run_mut(id) else {
            return false;
        };
        let follow = match run.follow.as_mut() {
            Some(it) if it.poll == number && it.is_polling => it,
            _ => return false,
        };
        follow.is_polling = false;
        if follow.step != FollowStep::Underway {
            // The person has stopped it meanwhile.
            return true;
        }
        match output(follow.op, &follow.input, result) {
            Ok(output) => {
                follow.failures = 0;
                let is_new = follow.take(output, now.ms);
                let (is_over, output) = (follow.step == FollowStep::Over, follow.output.clone());
                run.version += 1;
                if is_new {
                    let seen = Fact::Seen {
                        at_ms: now.ms,
                        output,
                    };
                    run.store(seen, out);
                    let run = id.to_owned();
                    out.notify(match is_over {
                        true => Notification::Followed { run },
                        false => Notification::Status { run },
                    });
                }
                self.schedule_poll(id, out);
            }
            Err(why) => {
                follow.failures += 1;
                match follow.failures < MAX_FAILURES {
                    true => self.schedule_poll(id, out),
                    false => self.fail_polling(id, why, out),
                }
            }
        }
        true
    }

    fn fail_polling(&mut self, id: &str, why: ReadFailure, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else { return };
        let Some(follow) = run.follow.as_mut() else {
            return;
        };
        follow.step = FollowStep::Stopped(Some(why.clone()));
        run.version += 1;
        let run = id.to_owned();
        out.notify(Notification::FollowFailed { run, why });
    }

    pub(crate) fn stop_follow(&mut self, id: &str, out: &mut Effects) {
        if self.set_step(id, FollowStep::Stopped(None), out) {
            out.notify(Notification::FollowStopped { run: id.to_owned() });
        }
    }

    pub(crate) fn resume_follow(&mut self, id: &str, out: &mut Effects) {
        if self.set_step(id, FollowStep::Underway, out) {
            self.schedule_poll(id, out);
        }
    }

    /// As the person chooses; false if it is so already, or over, or another tab's to say.
    fn set_step(&mut self, id: &str, step: FollowStep, out: &mut Effects) -> bool {
        let Some(run) = self.run_mut(id) else {
            self.ignore();
            return false;
        };
        let is_underway = step == FollowStep::Underway;
        let follow = run.follow.as_mut().filter(|it| match it.step {
            FollowStep::Underway => !is_underway,
            FollowStep::Stopped(_) => is_underway,
            FollowStep::Over => false,
        });
        let Some(follow) = follow else {
            self.ignore();
            return false;
        };
        if !run.leads {
            out.refuse(run.op, Refusal::OtherTab);
            return false;
        }
        (follow.step, follow.polls, follow.failures) = (step, 0, 0);
        run.version += 1;
        run.store(
            match is_underway {
                true => Fact::FollowResumed,
                false => Fact::FollowStopped,
            },
            out,
        );
        true
    }
}
