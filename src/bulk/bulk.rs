//! One run.

use crate::event::{Effect, Event, Now, Why};
use crate::pace::{Pace, Pacer, StopAt};
use crate::plan::{Batches, Plan};
use crate::read::Reading;
use crate::record::{Begun, Record};
use crate::send::{Fetching, Flight};
use crate::table::Table;
use formsmith_api::class::Class;
use formsmith_run::{OperationRef, Place};
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// What goes on with a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// It has not been started.
    Ready,
    Running,
    /// Nothing is sent; the person can go on.
    Paused(Why),
    /// The same, and the person wants no more of it.
    Cancelled,
}

/// Everything that a run begins with besides its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Epoch milliseconds.
    pub at_ms: f64,
    /// A UUID that nothing has so far. Whoever knows it knows the run's idempotency tokens.
    pub id: String,
    pub place: Place,
    pub pace: Pace,
    pub stop_at: StopAt,
    /// May a part of a batch be sent again by itself? Not where the person has agreed to a list
    /// of whole requests.
    pub sends_parts: bool,
    /// The run that it takes back.
    pub undoes: Option<String>,
}

/// How many rows have which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub total: u32,
    pub held: u32,
    pub waiting: u32,
    pub under_way: u32,
    pub done: u32,
    pub failed: u32,
    pub unknown: u32,
    /// Of the failed: they may be done if they are sent again as they are.
    pub failed_for_now: u32,
}

/// An attempt that nobody knows the outcome of.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    pub attempt: u16,
    pub rows: Vec<u32>,
    pub sent_ms: f64,
    pub hash: String,
    /// What was sent, for an answer that comes late; none after a restart.
    pub input: Option<Value>,
    /// Reading has told nothing of it.
    pub is_read: bool,
}

#[derive(Debug, Clone)]
pub struct Bulk {
    pub id: String,
    pub op: OperationRef,
    pub place: Place,
    /// Epoch milliseconds.
    pub began_ms: f64,
    pub undoes: Option<String>,
    pub(crate) sends_parts: bool,
    pub(crate) phase: Phase,
    pub(crate) table: Table,
    pub(crate) batches: Batches,
    pub(crate) pacer: Pacer,
    pub(crate) stop_at: StopAt,
    /// Failed and answered rows when the person last went on.
    pub(crate) since: (u32, u32),
    pub(crate) leads: bool,
    /// The number of the next record.
    pub(crate) seq: u64,
    /// Requests before this one are not sent for the first time any more.
    pub(crate) fresh: u32,
    /// Requests that are sent again, the earliest first.
    pub(crate) due: BinaryHeap<Reverse<(u64, u32)>>,
    pub(crate) fetching: BTreeMap<u32, Fetching>,
    /// By request.
    pub(crate) flights: BTreeMap<u32, Flight>,
    /// Requests whose record is being stored, by its number.
    pub(crate) storing: BTreeMap<u64, u32>,
    /// Records that are not known to be on disk.
    pub(crate) unstored: BTreeMap<u64, Record>,
    /// Nothing is asked to be stored until the person goes on: no record overtakes another.
    pub(crate) store_fails: bool,
    /// By request.
    pub(crate) doubts: BTreeMap<u32, Vec<Doubt>>,
    /// Requests that are sent again as they were, to find out what became of them.
    pub(crate) repeats: BTreeSet<u32>,
    /// Unknown rows that the person sends again.
    pub(crate) asked: BTreeSet<u32>,
    pub(crate) reading: Option<Box<Reading>>,
    /// When an answer was last lost.
    pub(crate) lost_ms: f64,
    /// Answers lost one after the other.
    pub(crate) lost: u8,
    pub(crate) numbers: u32,
    /// The time that is being waited for.
    pub(crate) armed_ms: f64,
    pub(crate) is_told: bool,
    pub(crate) ignored: u64,
    pub(crate) version: u64,
}

impl Bulk {
    /// A run that has not been started, with its first record to store. This program leads it.
    #[must_use]
    pub fn begin(plan: Plan, setup: Setup) -> (Self, Vec<Effect>) {
        let begun = Begun {
            at_ms: setup.at_ms,
            id: setup.id,
            service: plan.op.service.name.clone(),
            operation: plan.op.operation.name().to_owned(),
            place: setup.place,
            groups: plan.groups.clone(),
            pace: setup.pace,
            stop_at: setup.stop_at,
            sends_parts: setup.sends_parts,
            undoes: setup.undoes,
        };
        let mut run = Self::of_plan(plan, &begun);
        run.leads = true;
        let mut out = Vec::new();
        run.store(Record::Begun(Box::new(begun)), &mut out);
        (run, out)
    }

    pub(crate) fn of_plan(plan: Plan, begun: &Begun) -> Self {
        let mut batches = plan.batches;
        batches.close();
        Self {
            id: begun.id.clone(),
            op: plan.op,
            place: begun.place.clone(),
            began_ms: begun.at_ms,
            undoes: begun.undoes.clone(),
            sends_parts: begun.sends_parts,
            phase: Phase::Ready,
            table: plan.table,
            batches,
            pacer: Pacer::new(begun.pace),
            stop_at: begun.stop_at,
            since: (0, 0),
            leads: false,
            seq: 0,
            fresh: 0,
            due: BinaryHeap::new(),
            fetching: BTreeMap::new(),
            flights: BTreeMap::new(),
            storing: BTreeMap::new(),
            unstored: BTreeMap::new(),
            store_fails: false,
            doubts: BTreeMap::new(),
            repeats: BTreeSet::new(),
            asked: BTreeSet::new(),
            reading: None,
            lost_ms: 0.0,
            lost: 0,
            numbers: 0,
            armed_ms: f64::INFINITY,
            is_told: false,
            ignored: 0,
            version: 0,
        }
    }

    /// Takes in what has happened. An event that is not expected is ignored and counted.
    #[must_use]
    pub fn on(&mut self, now: &Now, event: Event) -> Vec<Effect> {
        let mut out = Vec::new();
        self.version += 1;
        match event {
            Event::Led(leads) => self.lead(now, leads, &mut out),
            Event::Stored { seq } => self.stored(now, seq, &mut out),
            Event::Woke => self.armed_ms = f64::INFINITY,
            _ if !self.leads => self.ignored += 1,
            Event::WentOn => self.go_on(now, &mut out),
            Event::Paused => self.pause(now, Why::Person, &mut out),
            Event::Cancelled if self.phase != Phase::Cancelled => {
                let record = Record::Cancelled { at_ms: now.ms };
                self.commit(record, &mut out);
            }
            Event::Cancelled => self.ignored += 1,
            Event::PaceChanged(pace) => self.commit(Record::PaceChanged(pace), &mut out),
            Event::StopAtChanged(at) => self.commit(Record::StopAtChanged(at), &mut out),
            Event::Fetched { fetch, inputs } => self.fetched(now, fetch, inputs, &mut out),
            Event::StoreFailed { seq, why } => {
                if self.unstored.contains_key(&seq) {
                    self.store_fails = true;
                    self.pause_by_itself(now, Why::NotStored(why), &mut out);
                }
            }
            Event::Answered {
                request,
                attempt,
                result,
            } => {
                self.answered(now, request, attempt, result, &mut out);
                self.take_up(now, request);
            }
            Event::ReadAnswered { read, result } => {
                self.read_answered(now, read, &result, &mut out);
            }
            Event::AskedAgain(which) => self.ask_again(now, which, &mut out),
            Event::Repaired(rows) => self.join(now, &rows, &mut out),
            Event::ReadAsked => {
                let doubts = self.doubts.values_mut().flatten();
                doubts.for_each(|doubt| doubt.is_read = false);
            }
            Event::Settled { rows, found } => self.settle(now, rows, found, &mut out),
        }
        self.pump(now, &mut out);
        out
    }

    /// Who begins to lead says so in the journal: what it doesn't know of is unknown from here on.
    fn lead(&mut self, now: &Now, leads: bool, out: &mut Vec<Effect>) {
        let begins = leads && !self.leads;
        self.leads = leads;
        if !leads {
            // Nobody waits for rows that were asked for.
            self.reading = None;
            self.put_all_back(now);
        }
        if begins {
            self.commit(Record::Interrupted { at_ms: now.ms }, out);
        }
    }

    /// Changes the run as the record says, and has it stored.
    pub(crate) fn commit(&mut self, record: Record, out: &mut Vec<Effect>) {
        self.apply(&record);
        self.store(record, out);
    }

    fn store(&mut self, record: Record, out: &mut Vec<Effect>) {
        let seq = self.seq;
        self.seq += 1;
        if self.store_fails {
            self.unstored.insert(seq, record);
            return;
        }
        self.unstored.insert(seq, record.clone());
        let record = Box::new(record);
        out.push(Effect::Store { seq, record });
    }

    pub(crate) fn fresh_number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    /// Does carrying a request out twice come to the same as once? All requests of an operation
    /// that has tokens have one.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.is_idempotent() || self.op.tokens().next().is_some()
    }

    pub(crate) fn is_idempotent(&self) -> bool {
        self.op.operation.traits.idempotent || self.op.operation.class == Class::Read
    }
}
