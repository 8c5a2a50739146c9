//! Reading the resources for what no answer tells.
//!
//! It is done while nothing is under way: what is read then is not overtaken by what is sent. Equal
//! questions of many rows are asked once.

use crate::Bulk;
use crate::event::{Effect, Now};
use crate::record::Record;
use crate::table::RowState;
use formsmith_api::http::HttpResponse;
use formsmith_api::json::compact;
use formsmith_api::outcome::{Arrival, Outcome};
use formsmith_api::pages;
use formsmith_api::read_back::{Found, Read, ReadBackResult, found, plan};
use formsmith_api::retry::{self, Advice};
use formsmith_run::{Failure, output};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// So many requests are read for at a time.
const ROUND: usize = 200;

/// More pages than this are not turned for one question.
const MAX_PAGES: usize = 1000;

/// How often a page is asked for at most.
const QUESTION_TRIES: usize = 10;

/// What was lost on the way back gets this long to be carried out.
const DELAY_MS: f64 = 1500.0;

/// A round of questions.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Requests whose inputs were asked for, by the number of that, with the rows that are unknown.
    fetching: BTreeMap<u32, Subject>,
    subjects: Vec<Subject>,
    /// What is still to be asked, the next last.
    questions: Vec<Question>,
    /// The input of the page that is asked for, and those that came of this question.
    input: Value,
    outputs: Vec<Map<String, Value>>,
    /// The read whose answer is pending_read.
    pending_read: Option<u32>,
    /// How often this page was asked for.
    tries: usize,
    /// Not before this time.
    from_ms: f64,
}

/// A request with something unknown.
#[derive(Debug, Clone)]
struct Subject {
    request: u32,
    /// The unknown rows.
    rows: Vec<u32>,
    input: Value,
}

#[derive(Debug, Clone)]
struct Question {
    read: Read<'static>,
    /// Subjects that it is asked for, each with its entries.
    of: Vec<(usize, Vec<usize>)>,
}

impl Bulk {
    pub(crate) fn pump_reading(&mut self, now: &Now, out: &mut Vec<Effect>) {
        if !self.leads {
            return;
        }
        if self.reading.is_none() {
            self.begin_reading(now, out);
        }
        let Some(reading) = &self.reading else { return };
        if !reading.fetching.is_empty() || reading.pending_read.is_some() {
            return;
        }
        if reading.questions.is_empty() {
            return self.end_round(now, out);
        }
        if now.ms < reading.from_ms {
            return self.wait_until(reading.from_ms, out);
        }
        match self.pacer.take(now.ms) {
            Ok(()) => self.ask(now, out),
            Err(until_ms) => self.wait_until(until_ms, out),
        }
    }

    fn begin_reading(&mut self, now: &Now, out: &mut Vec<Effect>) {
        let is_quiet = !self.may_send() || self.is_finished();
        if !is_quiet || !self.is_idle() || self.op.operation.traits.read_back.is_none() {
            return;
        }
        let repeats = &self.repeats;
        let open = self.doubts.iter().filter(|(request, doubts)| {
            !repeats.contains(*request) && doubts.iter().any(|doubt| !doubt.is_read)
        });
        let requests: Vec<u32> = open.map(|(request, _)| *request).take(ROUND).collect();
        if requests.is_empty() {
            return;
        }
        let from_ms = self.lost_ms + DELAY_MS;
        if now.ms < from_ms {
            return self.wait_until(from_ms, out);
        }
        let mut reading = Reading::default();
        for request in requests {
            let rows = self.table.rows_of(request);
            let is_open = |row: &u32| self.table.state(*row) == RowState::Unknown;
            let rows: Vec<u32> = rows.filter(is_open).collect();
            let fetch = self.fresh_number();
            out.push(Effect::Fetch {
                fetch,
                rows: rows.clone(),
            });
            let input = Value::Null;
            let subject = Subject {
                request,
                rows,
                input,
            };
            reading.fetching.insert(fetch, subject);
        }
        self.reading = Some(Box::new(reading));
    }

    pub(crate) fn fetched_to_read(
        &mut self,
        _: &Now,
        fetch: u32,
        inputs: Option<Vec<Value>>,
        _: &mut Vec<Effect>,
    ) {
        let reading = self.reading.as_mut();
        let Some(reading) = reading.filter(|it| it.fetching.contains_key(&fetch)) else {
            self.ignored += 1;
            return;
        };
        let Some(mut subject) = reading.fetching.remove(&fetch) else {
            return;
        };
        // What is not to be had is not read for.
        if let Some(inputs) = inputs.filter(|inputs| inputs.len() == subject.rows.len()) {
            subject.input = self.batches.assemble(inputs);
        }
        reading.subjects.push(subject);
        if reading.fetching.is_empty() {
            self.plan_reading();
        }
    }

    /// The questions of all subjects, equal ones once.
    fn plan_reading(&mut self) {
        let op = self.op;
        let Some(reading) = &mut self.reading else {
            return;
        };
        let mut places: HashMap<String, usize> = HashMap::new();
        for (at, subject) in reading.subjects.iter().enumerate() {
            let all: Vec<usize> = (0..subject.rows.len()).collect();
            for read in plan(op.model, op.service, op.operation, &subject.input, &all) {
                let place = places.entry(compact(&read.input));
                let place = *place.or_insert(reading.questions.len());
                let entries = read.entries.clone();
                if place == reading.questions.len() {
                    let of = Vec::new();
                    reading.questions.push(Question { read, of });
                }
                reading.questions[place].of.push((at, entries));
            }
        }
        if let Some(next) = reading.questions.last() {
            reading.input = next.read.input.clone();
        }
    }

    fn ask(&mut self, now: &Now, out: &mut Vec<Effect>) {
        let read = self.fresh_number();
        let op = self.op;
        let Some(reading) = &mut self.reading else {
            return;
        };
        let Some(question) = reading.questions.last() else {
            return;
        };
        let op = op.beside(question.read.operation);
        match op.request(&reading.input) {
            Ok(http) => {
                reading.pending_read = Some(read);
                out.push(Effect::Read { read, op, http });
            }
            Err(_) => self.next_question(now, out),
        }
    }

    pub(crate) fn read_answered(
        &mut self,
        now: &Now,
        read: u32,
        result: &Result<HttpResponse, Failure>,
        out: &mut Vec<Effect>,
    ) {
        let op = self.op;
        let reading = self.reading.as_mut();
        let Some(reading) = reading.filter(|it| it.pending_read == Some(read)) else {
            self.ignored += 1;
            return;
        };
        reading.pending_read = None;
        reading.tries += 1;
        let Some(question) = reading.questions.last() else {
            return;
        };
        let asked = op.beside(question.read.operation);
        let outcome = result
            .as_ref()
            .ok()
            .map(|it| asked.outcome(&reading.input, it));
        let arrival = match (result, &outcome) {
            (Ok(response), Some(outcome)) => Arrival::Answered { response, outcome },
            (Err(failure), _) => failure.arrival(),
            (Ok(_), None) => Arrival::Unreadable,
        };
        let advice = retry::advice_within(
            asked.model,
            asked.operation,
            &reading.input,
            &arrival,
            reading.tries,
            QUESTION_TRIES,
            now.random,
        );
        let is_throttled = matches!(&outcome, Some(Outcome::Error(error))
            if retry::is_throttling(asked.model, asked.operation, error));
        if result.is_ok() {
            let asked_ms = retry::asked_for_ms(&arrival);
            self.pacer
                .answered(now.ms, is_throttled.then_some(asked_ms));
        }
        if let Advice::Again { after_ms, .. } = advice {
            reading.from_ms = now.ms + after_ms;
            return;
        }
        reading.tries = 0;
        let Ok(page) = output(asked, &reading.input, result) else {
            return self.next_question(now, out);
        };
        let next = pages::next(question.read.operation, &reading.input, &page);
        reading.outputs.push(page);
        match next.filter(|_| reading.outputs.len() < MAX_PAGES) {
            Some(input) => reading.input = input,
            None => self.judge(now, out),
        }
    }

    /// What the pages of a question show of all that it was asked for.
    fn judge(&mut self, now: &Now, out: &mut Vec<Effect>) {
        let op = self.op;
        let mut all: Vec<(u32, Found)> = Vec::new();
        if let Some(reading) = &self.reading
            && let Some(question) = reading.questions.last()
        {
            for (at, entries) in &question.of {
                let Some(subject) = reading.subjects.get(*at) else {
                    continue;
                };
                let read = Read {
                    entries: entries.clone(),
                    ..question.read.clone()
                };
                let outputs = &reading.outputs;
                match found(op.model, op.operation, &subject.input, &read, outputs) {
                    ReadBackResult::Entries(entries) => {
                        let rows = entries.iter();
                        all.extend(rows.filter_map(|(entry, found)| {
                            Some((*subject.rows.get(*entry)?, *found))
                        }));
                    }
                    ReadBackResult::Whole(found) => {
                        all.extend(subject.rows.iter().map(|row| (*row, found)));
                    }
                    // The person has to look.
                    ReadBackResult::Items(_) => {}
                }
            }
        }
        all.retain(|(_, found)| *found != Found::Unclear);
        if !all.is_empty() {
            let at_ms = now.ms;
            self.commit(Record::Read { at_ms, found: all }, out);
        }
        self.next_question(now, out);
    }

    fn next_question(&mut self, now: &Now, out: &mut Vec<Effect>) {
        let Some(reading) = &mut self.reading else {
            return;
        };
        reading.questions.pop();
        reading.outputs.clear();
        reading.tries = 0;
        match reading.questions.last() {
            Some(next) => reading.input = next.read.input.clone(),
            None => self.end_round(now, out),
        }
    }

    /// What is unknown now stays so, until the person asks to read once more.
    fn end_round(&mut self, now: &Now, out: &mut Vec<Effect>) {
        let Some(reading) = self.reading.take() else {
            return;
        };
        for subject in &reading.subjects {
            let doubts = self.doubts.get_mut(&subject.request);
            for doubt in doubts.into_iter().flatten() {
                doubt.is_read = true;
            }
        }
        self.pump_reading(now, out);
    }
}
