//! What an answer means for the rows of its request, and what follows.

use crate::Bulk;
use crate::event::{Effect, Now, Why};
use crate::record::{Answered, Record, Told};
use crate::table::RowState;
use formsmith_api::http::HttpResponse;
use formsmith_api::json::compact;
use formsmith_api::outcome::{
    Arrival, BatchOutcome, FailedEntry, NotSent, Outcome, RowResult, Rows, Standing, request_id,
    standing,
};
use formsmith_api::retry::{self, Advice};
use formsmith_api::secret::{looks_secret, may_hold_secret};
use formsmith_run::Failure;
use serde_json::Value;

/// How often a request is sent at most by itself, since the person went on with the run. Ten
/// thousand rows meet with more bad luck than one, and a person does not look after each.
const MOST: usize = 10;

/// Answers lost one after the other, after which nothing more is sent.
const MOST_LOST: u8 = 5;

/// The longest message and output that are stored, in characters and bytes.
const MESSAGE: usize = 500;
const OUTPUT: usize = 4000;

/// An attempt whose answer has come.
struct Asked {
    request: u32,
    attempt: u16,
    rows: Vec<u32>,
    input: Value,
    /// Which of the rows an earlier attempt may have done.
    were_unknown: Vec<bool>,
    /// Nobody waited for it any more.
    is_late: bool,
}

/// What follows an answer.
#[derive(Default)]
struct Next {
    /// After so many milliseconds rows are sent again.
    after_ms: Option<f64>,
    repeats: bool,
    pause: Option<Why>,
}

impl Bulk {
    pub(crate) fn answered(
        &mut self,
        now: &Now,
        request: u32,
        attempt: u16,
        result: Result<HttpResponse, Failure>,
        out: &mut Vec<Effect>,
    ) {
        let Some(asked) = self.asked_for(request, attempt, result.is_ok()) else {
            self.ignored += 1;
            return;
        };
        let op = self.op;
        let outcome = result.as_ref().ok().map(|it| op.outcome(&asked.input, it));
        let arrival = match (&result, &outcome) {
            (Ok(response), Some(outcome)) => Arrival::Answered { response, outcome },
            (Err(failure), _) => failure.arrival(),
            (Ok(_), None) => Arrival::Unreadable,
        };
        let mut told = self.told(&asked, &arrival);
        let next = match asked.is_late {
            true => {
                self.keep_what_is_known(&asked, &mut told);
                Next::default()
            }
            false => self.next(now, &asked, &arrival, &result, &mut told),
        };
        let batch = match &outcome {
            Some(Outcome::Batch(batch)) => Some(batch),
            _ => None,
        };
        let is_unreported = batch.is_some_and(|it| it.unreported().next().is_some());
        let is_open = standing(op.operation, &arrival, false) == Standing::Unknown;
        let (is_answer, is_lost) = (result.is_ok(), matches!(arrival, Arrival::Lost));
        let throttled = self
            .is_throttled(&arrival)
            .then(|| retry::asked_for_ms(&arrival));
        let answered = Answered {
            request,
            attempt,
            at_ms: now.ms,
            status: result.as_ref().ok().map(|it| it.status),
            request_id: result
                .as_ref()
                .ok()
                .and_then(|it| request_id(it).map(str::to_owned)),
            failure: result.err(),
            rows: asked.rows.clone(),
            told,
            output: self.output(outcome.as_ref()),
            may_be_done: is_open || is_unreported || batch.is_some_and(leaves_open),
            repeats: next.repeats,
        };
        self.commit(Record::Answered(Box::new(answered)), out);
        if asked.is_late {
            return;
        }
        // What was read before tells nothing of this attempt.
        for doubt in self.doubts.get_mut(&request).into_iter().flatten() {
            doubt.is_read = false;
        }
        match is_lost {
            true => {
                self.lost = self.lost.saturating_add(1);
                self.lost_ms = now.ms;
            }
            false => self.lost = 0,
        }
        if is_answer {
            self.pacer.answered(now.ms, throttled);
        }
        if let Some(after_ms) = next.after_ms {
            self.queue(request, now.ms + after_ms);
        }
        if let Some(why) = next.pause {
            self.pause_by_itself(now, why, out);
        }
        if self.lost >= MOST_LOST {
            self.lost = 0;
            self.pause_by_itself(now, Why::NoAnswers, out);
        }
        let counts = self.counts();
        let answered = counts.done + counts.failed + counts.unknown;
        let failed = counts.failed.saturating_sub(self.since.0);
        if self
            .stop_at
            .is_reached(failed, answered.saturating_sub(self.since.1))
        {
            self.pause_by_itself(now, Why::TooManyFailures, out);
        }
    }

    /// The attempt that is answered: it is awaited, or was and may still be answered once.
    fn asked_for(&self, request: u32, attempt: u16, is_answer: bool) -> Option<Asked> {
        let under_way = self.flights.get(&request);
        let flight = under_way.filter(|it| it.attempt == attempt && it.http.is_none());
        let doubts = self.doubts.get(&request).into_iter().flatten();
        let (rows, input, is_late) = match flight {
            Some(flight) => (&flight.rows, flight.input.as_ref()?, false),
            None => {
                // That none came late tells no more than that nobody waited.
                let mut doubts = doubts.clone();
                let doubt = doubts.find(|it| it.attempt == attempt && is_answer)?;
                (&doubt.rows, doubt.input.as_ref()?, true)
            }
        };
        let others: Vec<_> = doubts.filter(|it| it.attempt != attempt).collect();
        let was_unknown = |row: &u32| {
            let is_open = self.table.state(*row) == RowState::Unknown;
            // What is sent again just now may be done before its answer comes.
            let is_sent = is_late && under_way.is_some_and(|it| it.rows.contains(row));
            is_open && (is_sent || others.iter().any(|doubt| doubt.rows.contains(row)))
        };
        Some(Asked {
            request,
            attempt,
            were_unknown: rows.iter().map(was_unknown).collect(),
            rows: rows.clone(),
            input: input.clone(),
            is_late,
        })
    }

    /// What the answer says of each row, before anything is decided.
    fn told(&self, asked: &Asked, arrival: &Arrival<'_>) -> Vec<Told> {
        let (model, operation) = (self.op.model, self.op.operation);
        let Some(mut rows) = Rows::new(operation, &asked.input) else {
            let was_unknown = asked.were_unknown.first() == Some(&true);
            return vec![self.told_of_whole(arrival, was_unknown)];
        };
        let all: Vec<usize> = (0..rows.rows.len()).collect();
        // A row has several entries only where it is a request by itself.
        let is_each = all.len() == asked.rows.len();
        for (at, row) in rows.rows.iter_mut().enumerate() {
            let place = if is_each { at } else { 0 };
            if asked.were_unknown.get(place) == Some(&true) {
                row.result = RowResult::Unknown;
                row.was_unknown = true;
            }
        }
        rows.take(model, operation, &all, arrival, usize::from(asked.attempt));
        let is_any_ones = matches!(arrival, Arrival::Answered { outcome: Outcome::Batch(batch), .. }
            if leaves_open(batch));
        let told = rows.rows.iter().map(|row| match &row.result {
            // What failed could be any of those that are not named.
            RowResult::Done if is_any_ones => Told::of(RowState::Unknown),
            RowResult::Done => Told::of(RowState::Done),
            RowResult::NotSent => Told::of(RowState::Waiting),
            RowResult::NotDone => Told::of(RowState::FoundNotDone),
            RowResult::Unknown => of_entry(RowState::Unknown, row.told.as_ref()),
            RowResult::Failed(failed) => {
                let state = match (failed.is_partly, failed.is_retryable) {
                    (true, _) => RowState::Partly,
                    (false, true) => RowState::FailedForNow,
                    (false, false) => RowState::Failed,
                };
                of_entry(state, Some(failed))
            }
        });
        let told: Vec<Told> = told.collect();
        match is_each {
            true => told,
            false => vec![as_one(told)],
        }
    }

    fn told_of_whole(&self, arrival: &Arrival<'_>, was_unknown: bool) -> Told {
        let (model, operation) = (self.op.model, self.op.operation);
        let error = match arrival {
            Arrival::Answered {
                outcome: Outcome::Error(error),
                ..
            } => Some(error),
            _ => None,
        };
        let state = match standing(operation, arrival, was_unknown) {
            Standing::Done if error.is_some() => RowState::DoneBefore,
            Standing::Done => RowState::Done,
            Standing::Partly => RowState::Partly,
            Standing::Failed if retry::can_pass(model, operation, arrival) => {
                RowState::FailedForNow
            }
            Standing::Failed => RowState::Failed,
            Standing::Unknown => RowState::Unknown,
            Standing::NotSent => RowState::Waiting,
        };
        Told {
            state,
            code: error.and_then(|it| it.name.clone()).unwrap_or_default(),
            message: shown(error.and_then(|it| it.message.as_deref())),
        }
    }

    /// A late answer settles what nobody knew, and that something was done; nothing else.
    fn keep_what_is_known(&self, asked: &Asked, told: &mut [Told]) {
        for ((row, told), was_unknown) in asked.rows.iter().zip(told).zip(&asked.were_unknown) {
            let now = self.table.state(*row);
            let settles = now == RowState::Unknown && !was_unknown;
            match told.state {
                RowState::Done => {}
                RowState::Waiting if settles => told.state = RowState::FailedForNow,
                _ if settles => {}
                _ => *told = Told::of(now),
            }
        }
    }

    /// Decides what is sent again by itself, and marks those rows as waiting.
    fn next(
        &self,
        now: &Now,
        asked: &Asked,
        arrival: &Arrival<'_>,
        result: &Result<HttpResponse, Failure>,
        told: &mut [Told],
    ) -> Next {
        let tries = self.table.requests.get(asked.request as usize);
        let made = tries.map_or(0, |it| usize::from(it.tries)) + 1;
        let (model, operation) = (self.op.model, self.op.operation);
        let advice = retry::advice_within(
            model,
            operation,
            &asked.input,
            arrival,
            made,
            MOST,
            now.random,
        );
        let asked_ms = retry::asked_for_ms(arrival);
        let is_asked_to_wait = asked_ms > retry::MAX_WAIT_MS && self.is_throttled(arrival);
        let mut next = Next::default();
        match advice {
            Advice::Again { after_ms, .. } => next.after_ms = Some(after_ms),
            Advice::SignIn => next.pause = Some(Why::Credentials),
            Advice::Stop if is_asked_to_wait => {
                next.pause = Some(Why::AskedToWait { ms: asked_ms });
            }
            Advice::Stop => match (arrival, result) {
                (Arrival::NotSent(why), Err(failure)) => {
                    next.pause = Some(match why {
                        NotSent::Credentials => Why::Credentials,
                        _ => Why::NotSent(failure.clone()),
                    });
                }
                _ => {
                    next.after_ms = self.again_in_parts(now, made, told);
                    return next;
                }
            },
        }
        for told in told.iter_mut() {
            match told.state {
                RowState::Unknown => next.repeats = true,
                RowState::Failed | RowState::FailedForNow => told.state = RowState::Waiting,
                _ => {}
            }
        }
        next.after_ms = next.after_ms.or(Some(0.0));
        next
    }

    /// The entries of a batch that may be done another time.
    fn again_in_parts(&self, now: &Now, made: usize, told: &mut [Told]) -> Option<f64> {
        let may_go = |told: &&mut Told| told.state == RowState::FailedForNow;
        let all = told.len();
        let mut part: Vec<&mut Told> = told.iter_mut().filter(may_go).collect();
        let is_batch = self.op.operation.traits.batch.is_some();
        let may_be_sent = self.sends_parts || part.len() == all;
        if !is_batch || part.is_empty() || !may_be_sent || made >= MOST {
            return None;
        }
        for told in &mut part {
            told.state = RowState::Waiting;
        }
        Some(retry::backoff_ms(made, now.random))
    }

    fn is_throttled(&self, arrival: &Arrival<'_>) -> bool {
        let (model, operation) = (self.op.model, self.op.operation);
        match arrival {
            Arrival::Answered {
                outcome: Outcome::Error(error),
                ..
            } => retry::is_throttling(model, operation, error),
            Arrival::Answered { response, .. } => response.status == 429,
            _ => false,
        }
    }

    /// What was made, as far as it may be stored.
    fn output(&self, outcome: Option<&Outcome>) -> Option<Value> {
        let Some(Outcome::Output(output)) = outcome else {
            return None;
        };
        let place = self.op.operation.output.as_ref();
        let place = place.and_then(|id| self.op.model.root(id));
        let is_secret = place.is_none_or(|place| may_hold_secret(self.op.model, place));
        let output = Value::Object(output.clone());
        let text = compact(&output);
        (!is_secret && text.len() <= OUTPUT && !looks_secret(&text)).then_some(output)
    }
}

/// Failures that the answer brings home to no entry, where it doesn't list what was done.
fn leaves_open(batch: &BatchOutcome) -> bool {
    !batch.successes_are_listed && !batch.unmatched.is_empty() && batch.succeeded().next().is_some()
}

fn of_entry(state: RowState, failed: Option<&FailedEntry>) -> Told {
    Told {
        state,
        code: failed.and_then(|it| it.code.clone()).unwrap_or_default(),
        message: shown(failed.and_then(|it| it.message.as_deref())),
    }
}

/// Entries that make one row.
fn as_one(told: Vec<Told>) -> Told {
    let is_done = told.iter().any(|it| it.state == RowState::Done);
    let worst = told.into_iter().max_by_key(|it| match it.state {
        RowState::Unknown => 4,
        RowState::Failed | RowState::Partly => 3,
        RowState::FailedForNow => 2,
        RowState::Done => 0,
        _ => 1,
    });
    let mut worst = worst.unwrap_or_else(|| Told::of(RowState::Unknown));
    if is_done && matches!(worst.state, RowState::Failed | RowState::FailedForNow) {
        worst.state = RowState::Partly;
    }
    worst
}

/// The beginning of a message, and nothing of one that has a secret.
fn shown(message: Option<&str>) -> String {
    match message {
        Some(message) if !looks_secret(message) => message.chars().take(MESSAGE).collect(),
        _ => String::new(),
    }
}
