//! Reading the resources where no answer says what became of them.

use crate::Timer;
use crate::effects::Effects;
use crate::{Effect, Fact, Failure, Machine, Notification, Now, OperationRef, Phase, Run, Target};
use formsmith_api::http::HttpResponse;
use formsmith_api::outcome::{Arrival, Outcome};
use formsmith_api::pages;
use formsmith_api::protocol::ServiceError;
use formsmith_api::read_back::{Found, Read, ReadBackResult, found, plan};
use formsmith_api::retry::{self, Advice};
use serde_json::{Map, Value};

/// More pages than this are not turned by themselves.
const MAX_PAGES: usize = 20;

/// What was lost on the way back gets this long to be carried out.
const DELAY_MS: f64 = 1500.0;

/// What reading showed.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadBack {
    /// It was read after so many attempts, and says nothing of later ones.
    pub after: usize,
    /// Epoch milliseconds.
    pub at_ms: f64,
    /// For each row of a batch, or for the whole at 0.
    pub found: Vec<Option<Found>>,
    /// What the service lists, where nothing in it names what was sent.
    pub items: Vec<Value>,
}

/// Reading that goes on, or has failed.
#[derive(Debug, Clone)]
pub enum ReadBackState {
    Underway(Box<Underway>),
    Failed { after: usize, why: ReadFailure },
}

#[derive(Debug, Clone)]
pub struct Underway {
    /// Tells the answer that is awaited, or the timer, from any other.
    number: u32,
    after: usize,
    /// What is still to be asked, the next first.
    reads: Vec<Read<'static>>,
    /// The input of the page that is asked for.
    input: Value,
    /// The pages of the first of `reads` so far.
    outputs: Vec<Map<String, Value>>,
    found: Vec<Option<Found>>,
    items: Vec<Value>,
}

/// Why reading showed nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadFailure {
    NoAnswer(Failure),
    Refused(Box<ServiceError>),
    NotUnderstood,
    /// The page could not fetch what judges answers.
    NotJudged,
    /// The model asks for something that can't be written: what.
    NotSendable(String),
    /// Another target is chosen: it would answer for other things.
    OtherTarget(Target),
}

impl ReadBackState {
    /// Did it fail only because another target was chosen?
    pub(crate) fn was_elsewhere(&self) -> bool {
        let Self::Failed { why, .. } = self else {
            return false;
        };
        matches!(why, ReadFailure::OtherTarget(_))
    }
}

impl Run {
    #[must_use]
    pub fn is_reading_back(&self) -> bool {
        matches!(self.read_back, Some(ReadBackState::Underway(_)))
    }

    fn is_to_be_read(&self) -> bool {
        let after = self.attempts.len();
        let is_read = self.reads.iter().any(|read| read.after == after)
            || matches!(&self.read_back, Some(ReadBackState::Failed { after: it, .. }) if *it == after);
        let is_settled = matches!(self.phase, Phase::Settled);
        is_settled && self.leads && !self.is_imported && !is_read && self.is_unknown()
    }
}

impl Machine {
    /// Reads what is unknown of a run, if the model says how and nobody does so already.
    pub(crate) fn begin_read_back(&mut self, id: &str, out: &mut Effects) {
        let is_here = self.run(id).is_some_and(|run| self.is_here(&run.place));
        let number = self.fresh_number();
        let Some(run) = self
            .run_mut(id)
            .filter(|run| is_here && run.is_to_be_read())
        else {
            return;
        };
        if run.is_reading_back() {
            return;
        }
        let op = run.op;
        let unknown = run.unknown_rows();
        let reads = plan(op.model, op.service, op.operation, &run.input, &unknown);
        let Some(input) = reads.first().map(|read| read.input.clone()) else {
            return;
        };
        let rows = run.rows.as_ref().map_or(1, |rows| rows.rows.len());
        // It may still be on its way.
        let is_fresh = run
            .last()
            .is_some_and(|attempt| attempt.failure().is_some());
        run.read_back = Some(ReadBackState::Underway(Box::new(Underway {
            number,
            after: run.attempts.len(),
            reads,
            input,
            outputs: Vec::new(),
            found: vec![None; rows],
            items: Vec::new(),
        })));
        run.version += 1;
        match is_fresh {
            true => out.push(Effect::Wait {
                timer: Timer::Read {
                    run: id.to_owned(),
                    read: number,
                },
                ms: DELAY_MS,
            }),
            false => self.read(id, number, out),
        }
    }

    /// Asks for the page that is due.
    pub(crate) fn read(&mut self, id: &str, number: u32, out: &mut Effects) {
        let is_here = self.run(id).is_some_and(|run| self.is_here(&run.place));
        let next = self.fresh_number();
        let Some(run) = self.run_mut(id) else {
            return self.ignore();
        };
        let after = run.attempts.len();
        let is_settled = matches!(run.phase, Phase::Settled);
        let (op, place) = (run.op, run.place.clone());
        let underway = match &mut run.read_back {
            Some(ReadBackState::Underway(it)) if it.number == number => it,
            _ => return self.ignore(),
        };
        if !is_settled || underway.after != after {
            // What it would show says nothing of what is sent since.
            run.read_back = None;
            run.version += 1;
            return;
        }
        let Some(read) = underway.reads.first() else {
            return self.ignore();
        };
        let reading = op.beside(read.operation);
        if !is_here {
            let why = ReadFailure::OtherTarget(place.target);
            return self.fail_read_back(id, why, out);
        }
        match out.read(id, next, reading, place, &underway.input) {
            Ok(()) => underway.number = next,
            Err(why) => self.fail_read_back(id, why, out),
        }
    }

    /// True if the read was one of these.
    pub(crate) fn take_read(
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
        let (op, whole) = (run.op, run.input.clone());
        let underway = match &mut run.read_back {
            Some(ReadBackState::Underway(it)) if it.number == number => it,
            _ => return false,
        };
        let Some(read) = underway.reads.first() else {
            return false;
        };
        let output = output(op.beside(read.operation), &underway.input, result);
        let output = match output {
            Ok(output) => output,
            Err(why) => {
                self.fail_read_back(id, why, out);
                return true;
            }
        };
        let next = pages::next(read.operation, &underway.input, &output);
        underway.outputs.push(output);
        if let Some(input) = next.filter(|_| underway.outputs.len() < MAX_PAGES) {
            underway.input = input;
        } else {
            match found(op.model, op.operation, &whole, read, &underway.outputs) {
                ReadBackResult::Entries(entries) => {
                    for (at, one) in entries {
                        underway.found[at] = Some(one);
                    }
                }
                ReadBackResult::Whole(one) => underway.found[0] = Some(one),
                ReadBackResult::Items(items) => underway.items.extend(items),
            }
            underway.reads.remove(0);
            underway.outputs.clear();
            if let Some(read) = underway.reads.first() {
                underway.input = read.input.clone();
            }
        }
        match underway.reads.is_empty() {
            false => self.read(id, number, out),
            true => self.end_read_back(now, id, out),
        }
        true
    }

    fn end_read_back(&mut self, now: &Now, id: &str, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else { return };
        let Some(ReadBackState::Underway(underway)) = run.read_back.take() else {
            return;
        };
        run.reads.push(ReadBack {
            after: underway.after,
            at_ms: now.ms,
            found: underway.found,
            items: underway.items,
        });
        run.judge();
        run.version += 1;
        if let Some(read) = run.reads.last().cloned() {
            run.store(Fact::Read(read), out);
        }
        self.note_undone(id);
        out.notify(Notification::ReadBack { run: id.to_owned() });
    }

    fn fail_read_back(&mut self, id: &str, why: ReadFailure, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else { return };
        let after = run.attempts.len();
        run.read_back = Some(ReadBackState::Failed { after, why });
        run.version += 1;
        out.notify(Notification::ReadBack { run: id.to_owned() });
    }
}

/// The output of an operation that reads, or why there is none.
pub fn output(
    op: OperationRef,
    input: &Value,
    result: &Result<HttpResponse, Failure>,
) -> Result<Map<String, Value>, ReadFailure> {
    let response = result.as_ref();
    let response = response.map_err(|why| ReadFailure::NoAnswer(why.clone()))?;
    match op.outcome(input, response) {
        Outcome::Empty => Ok(Map::new()),
        Outcome::Output(output) => Ok(output),
        Outcome::Error(error) => Err(ReadFailure::Refused(Box::new(error))),
        Outcome::Batch(_) | Outcome::NotUnderstood(_) => Err(ReadFailure::NotUnderstood),
    }
}

/// What AWS's clients make of an answer to a question: they ask again before anybody hears of what may
/// be over in a moment.
pub(crate) fn advice(
    op: OperationRef,
    input: &Value,
    result: &Result<HttpResponse, Failure>,
    now: &Now,
) -> Advice {
    let outcome = result.as_ref().ok().map(|it| op.outcome(input, it));
    let arrival = match (result, &outcome) {
        (Ok(response), Some(outcome)) => Arrival::Answered { response, outcome },
        (Err(failure), _) => failure.arrival(),
        (Ok(_), None) => return Advice::Stop,
    };
    retry::advice(op.model, op.operation, input, &arrival, 1, now.random)
}
