//! The questions of a wait: asked one after the other, and their answers handed over to be judged.

use super::Wait;
use crate::effects::Effects;
use crate::read_back::{advice, output};
use crate::stored_answer::MAX_BODY;
use crate::{Effect, Fact, Failure, Machine, Notification, Now, OperationRef, ReadFailure};
use crate::{Refusal, Timer};
use formsmith_api::http::HttpResponse;
use formsmith_api::json;
use formsmith_api::retry::Advice;
use formsmith_api::waiter::Judged;
use serde_json::{Map, Value};

/// So many questions in a row may come to nothing before the waiting stops.
const MAX_FAILURES: u32 = 5;

impl Machine {
    /// Nothing more is sent for the first question: its answer is judged, unless the person wants no
    /// more of it.
    pub(crate) fn begin_wait(&mut self, now: &Now, id: &str, is_stopped: bool, out: &mut Effects) {
        let number = self.fresh_number();
        let Some(run) = self.run_mut(id) else { return };
        let (op, input) = (run.op, run.input.clone());
        let result = run.attempts.last().and_then(|it| it.result.clone());
        let Some(wait) = run.wait.as_mut().filter(|wait| wait.step.is_underway()) else {
            return;
        };
        let result = match result.filter(|_| !is_stopped) {
            Some(Ok(answer)) => Ok(answer.response().clone()),
            Some(Err(why)) => Err(why),
            None => Err(Failure::Stopped),
        };
        run.version += 1;
        let advice = advice(op, &input, &result, now);
        match &result {
            Ok(response) if advice != Advice::SignIn => {
                wait.judge(id, op, number, response.clone(), out);
            }
            Err(Failure::Stopped) => {
                wait.stop(None);
                run.store(Fact::WaitStopped, out);
            }
            _ => {
                wait.stop(output(op, &input, &result).err());
                run.store(Fact::WaitStopped, out);
            }
        }
    }

    /// Asks again after the waiter's pause, if that is to be and nothing is awaited.
    pub(crate) fn schedule_question(&mut self, now: &Now, id: &str, out: &mut Effects) {
        let number = self.fresh_number();
        let run = self.run_mut(id).filter(|run| {
            let is_idle = !run.is_underway() && !run.is_deleted;
            run.leads && is_idle && !run.is_imported
        });
        let Some(run) = run else { return };
        let Some(wait) = run.wait.as_mut() else {
            return;
        };
        if !wait.step.is_underway() || wait.is_awaited || wait.next_ms.is_some() {
            return;
        }
        let ms = f64::from(wait.what.delay_seconds()) * 1000.0;
        (wait.number, wait.next_ms) = (number, Some(now.ms + ms));
        run.version += 1;
        out.push(Effect::Wait {
            timer: Timer::Question {
                run: id.to_owned(),
                question: number,
            },
            ms,
        });
        out.notify(Notification::AskingAgain { run: id.to_owned() });
    }

    /// The next question is due. Another target would answer for other things.
    pub(crate) fn ask_whether(&mut self, id: &str, number: u32, out: &mut Effects) {
        let is_here = self.run(id).is_some_and(|run| self.is_here(&run.place));
        let next = self.fresh_number();
        let Some(run) = self.run_mut(id).filter(|run| !run.is_deleted) else {
            return self.ignore();
        };
        let (op, place, input) = (run.op, run.place.clone(), run.input.clone());
        let wait = match run.wait.as_mut() {
            Some(it) if it.number == number && it.step.is_underway() && !it.is_awaited => it,
            _ => return self.ignore(),
        };
        wait.next_ms = None;
        run.version += 1;
        if !is_here {
            // It goes on when the person comes back.
            return;
        }
        match out.read(id, next, op, place, &input) {
            Ok(()) => {
                (wait.number, wait.is_awaited) = (next, true);
            }
            Err(why) => self.fail_wait(id, Some(why), out),
        }
    }

    /// True if the read was such a question.
    pub(crate) fn take_question(
        &mut self,
        now: &Now,
        id: &str,
        number: u32,
        result: &Result<HttpResponse, Failure>,
        out: &mut Effects,
    ) -> bool {
        let next = self.fresh_number();
        let Some(run) = self.run_mut(id) else {
            return false;
        };
        let (op, input) = (run.op, run.input.clone());
        let is_it = |it: &&mut Wait| it.number == number && it.is_awaited;
        let Some(wait) = run.wait.as_mut().filter(is_it) else {
            return false;
        };
        let may_fail = wait.failures + 1 < MAX_FAILURES;
        match (advice(op, &input, result, now), result) {
            (Advice::Again { .. }, _) if may_fail => {
                (wait.is_awaited, wait.failures) = (false, wait.failures + 1);
                self.schedule_question(now, id, out);
            }
            (Advice::Again { .. } | Advice::Stop, Ok(response)) => {
                wait.judge(id, op, next, response.clone(), out);
            }
            _ => {
                let why = output(op, &input, result).err();
                self.fail_wait(id, why, out);
            }
        }
        true
    }

    /// What the answer that was asked about came to.
    pub(crate) fn take_judgement(
        &mut self,
        now: &Now,
        id: &str,
        number: u32,
        judged: &Judged,
        output: Option<Map<String, Value>>,
        out: &mut Effects,
    ) {
        let is_it = |it: &&mut Wait| it.number == number && it.is_awaited;
        let Some(run) = self.run_mut(id) else {
            return self.ignore();
        };
        let Some(wait) = run.wait.as_mut().filter(is_it) else {
            return self.ignore();
        };
        wait.is_awaited = false;
        if !wait.step.is_underway() {
            return;
        }
        let is_new = wait.take(now.ms, judged, output.as_ref());
        let is_over = !wait.step.is_underway();
        run.version += 1;
        run.store(
            Fact::Looked {
                at_ms: now.ms,
                judged: judged.clone(),
                // An answer that shows nothing new, or is too long, is not worth its room.
                output: output.filter(|it| (is_new || is_over) && is_short(it)),
            },
            out,
        );
        if is_over {
            out.notify(Notification::Waited { run: id.to_owned() });
        } else if is_new {
            out.notify(Notification::Looked { run: id.to_owned() });
        }
        self.schedule_question(now, id, out);
    }

    /// Nothing can judge the answer that was asked about.
    pub(crate) fn take_no_judgement(&mut self, id: &str, number: u32, out: &mut Effects) {
        let wait = self.run(id).and_then(|run| run.wait.as_ref());
        match wait {
            Some(wait) if wait.number == number && wait.is_awaited => {
                self.fail_wait(id, Some(ReadFailure::NotJudged), out);
            }
            _ => self.ignore(),
        }
    }

    fn fail_wait(&mut self, id: &str, why: Option<ReadFailure>, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else { return };
        let Some(wait) = run.wait.as_mut() else {
            return;
        };
        wait.stop(why);
        run.version += 1;
        run.store(Fact::WaitStopped, out);
        out.notify(Notification::Waited { run: id.to_owned() });
    }

    pub(crate) fn stop_wait(&mut self, id: &str, out: &mut Effects) {
        let is_its = |wait: &Wait| wait.step.is_underway();
        if self.change_wait(id, is_its, Wait::stop_now, Fact::WaitStopped, out) {
            out.notify(Notification::Waited { run: id.to_owned() });
        }
    }

    pub(crate) fn resume_wait(&mut self, id: &str, out: &mut Effects) {
        let is_its = |wait: &Wait| wait.step.may_resume();
        if self.change_wait(id, is_its, Wait::resume, Fact::WaitResumed, out) {
            let number = self.fresh_number();
            if let Some(wait) = self.run_mut(id).and_then(|run| run.wait.as_mut()) {
                wait.number = number;
            }
            // The person wants to know now.
            self.ask_whether(id, number, out);
        }
    }

    /// As the person chooses; false if that isn't possible, or another tab's to say.
    fn change_wait(
        &mut self,
        id: &str,
        is_possible: impl Fn(&Wait) -> bool,
        change: fn(&mut Wait),
        fact: Fact,
        out: &mut Effects,
    ) -> bool {
        let run = self.run_mut(id).filter(|run| {
            let is_settled = !run.is_underway() && !run.is_deleted && !run.is_imported;
            is_settled && run.wait.as_ref().is_some_and(&is_possible)
        });
        let Some(run) = run else {
            self.ignore();
            return false;
        };
        if !run.leads {
            out.refuse(run.op, Refusal::OtherTab);
            return false;
        }
        if let Some(wait) = run.wait.as_mut() {
            change(wait);
        }
        run.version += 1;
        run.store(fact, out);
        true
    }
}

impl Wait {
    fn stop_now(&mut self) {
        self.stop(None);
    }

    fn judge(
        &mut self,
        run: &str,
        op: OperationRef,
        number: u32,
        response: HttpResponse,
        out: &mut Effects,
    ) {
        (self.number, self.is_awaited) = (number, true);
        out.push(Effect::Judge {
            run: run.to_owned(),
            question: number,
            op,
            waiter: self.what.facts.clone(),
            response: Box::new(response),
        });
    }
}

/// Is it stored? As of any answer, what is longer is not.
fn is_short(output: &Map<String, Value>) -> bool {
    json::compact(&output.clone().into()).len() <= MAX_BODY
}
