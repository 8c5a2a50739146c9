//! What a record changes. A run that goes on and one that is restored are changed by the same code.

use crate::Bulk;
use crate::bulk::{Doubt, Phase};
use crate::event::Why;
use crate::plan::Plan;
use crate::record::{Answered, Begun, Record};
use crate::send::Flight;
use crate::table::{NONE, Outcome, RowState};
use formsmith_api::class::Class;
use formsmith_api::read_back::Found;
use formsmith_run::OperationRef;

impl Begun {
    /// The plan that the run began with.
    #[must_use]
    pub fn plan(&self, op: OperationRef) -> Plan {
        let mut plan = Plan::new(op);
        for &(count, group) in &self.groups {
            for _ in 0..count {
                plan.add_of_group(group);
            }
        }
        plan
    }
}

impl Bulk {
    /// The run as it was when the last of these records was stored, which are all that are, in their
    /// order. What was under way is unknown, and nothing is sent before the person goes on. None if
    /// the first one begins no run of this operation.
    #[must_use]
    pub fn restore(op: OperationRef, records: impl IntoIterator<Item = Record>) -> Option<Self> {
        let mut records = records.into_iter();
        let Record::Begun(begun) = records.next()? else {
            return None;
        };
        if begun.service != op.service.name || begun.operation != op.operation.name() {
            return None;
        }
        let mut run = Self::of_plan(begun.plan(op), &begun);
        run.seq = 1;
        for record in records {
            run.apply(&record);
            run.seq += 1;
        }
        run.interrupt();
        Some(run)
    }

    /// The program ended: nobody waits for what was under way.
    fn interrupt(&mut self) {
        self.storing.clear();
        for (request, flight) in std::mem::take(&mut self.flights) {
            let is_read = self.op.operation.class == Class::Read;
            for &row in &flight.rows {
                match self.table.state(row).outcome() {
                    Outcome::Done => {}
                    _ if is_read => self.table.set(row, RowState::Waiting),
                    // Whatever was told of it before: this attempt may have done it.
                    _ => self.table.set(row, RowState::Unknown),
                }
                self.asked.remove(&row);
            }
            self.lost_ms = self.lost_ms.max(flight.sent_ms);
            if !is_read {
                self.add_doubt(request, flight);
                if self.is_repeatable() && self.doubts.contains_key(&request) {
                    self.repeats.insert(request);
                }
            }
        }
        for request in 0..self.table.requests.len() as u32 {
            let is_repeated = self.repeats.contains(&request);
            let is_open = self
                .table
                .rows_of(request)
                .any(|row| self.table.state(row) == RowState::Waiting || self.asked.contains(&row));
            if is_repeated || (is_open && self.table.requests[request as usize].attempts > 0) {
                self.queue(request, 0.0);
            }
        }
        if self.phase == Phase::Running && !self.is_finished() {
            self.phase = Phase::Paused(Why::Interrupted);
        }
    }

    pub(crate) fn apply(&mut self, record: &Record) {
        match record {
            Record::Begun(_) => {}
            Record::WentOn { .. } => {
                self.phase = Phase::Running;
                self.begin_counting();
                for request in &self.repeats {
                    if let Some(request) = self.table.requests.get_mut(*request as usize) {
                        request.tries = 0;
                    }
                }
            }
            Record::Paused { why, .. } => self.phase = Phase::Paused(why.clone()),
            Record::Cancelled { .. } => self.phase = Phase::Cancelled,
            Record::Interrupted { .. } => self.interrupt(),
            Record::PaceChanged(pace) => self.pacer.set_cap(*pace),
            Record::StopAtChanged(at) => {
                self.stop_at = *at;
                self.begin_counting();
            }
            Record::Sending {
                request,
                attempt,
                at_ms,
                rows,
                hash,
            } => {
                for &row in rows {
                    if self.table.state(row) == RowState::Waiting {
                        self.table.set(row, RowState::UnderWay);
                    }
                }
                if let Some(it) = self.table.requests.get_mut(*request as usize) {
                    it.attempts = *attempt;
                }
                self.flights.insert(
                    *request,
                    Flight {
                        attempt: *attempt,
                        rows: rows.clone(),
                        sent_ms: *at_ms,
                        hash: hash.clone(),
                        input: None,
                        http: None,
                    },
                );
            }
            Record::Unsent { request, .. } => {
                for row in self
                    .flights
                    .remove(request)
                    .into_iter()
                    .flat_map(|it| it.rows)
                {
                    if self.table.state(row) == RowState::UnderWay {
                        self.table.set(row, RowState::Waiting);
                    }
                }
            }
            Record::Answered(answered) => self.apply_answer(answered),
            Record::NotSendable { rows, .. } => {
                for &row in rows {
                    self.table.set(row, RowState::Failed);
                    self.tell(row, "");
                }
            }
            Record::Read { found, .. } => {
                for &(row, found) in found {
                    self.find(row, found, [RowState::FoundDone, RowState::FoundNotDone]);
                }
                self.prune_doubts();
            }
            Record::Settled { rows, found, .. } => {
                for &row in rows {
                    self.find(row, *found, [RowState::SaidDone, RowState::SaidNotDone]);
                }
                self.prune_doubts();
            }
            Record::AskedAgain { rows, .. } => {
                for &row in rows {
                    match self.table.state(row).outcome() {
                        Outcome::Failed => self.table.set(row, RowState::Waiting),
                        Outcome::Unknown => drop(self.asked.insert(row)),
                        _ => continue,
                    }
                    let request = self.table.rows[row as usize].request;
                    if let Some(request) = self.table.requests.get_mut(request as usize) {
                        request.tries = 0;
                    }
                }
                self.begin_counting();
            }
            Record::Joined { rows, .. } => {
                self.batches.close();
                for &(row, group) in rows {
                    if (row as usize) < self.table.rows.len() {
                        self.batches.join(&mut self.table, row, group);
                    }
                }
                self.batches.close();
                self.is_told = false;
            }
        }
    }

    fn apply_answer(&mut self, answered: &Answered) {
        let request = answered.request;
        let is_its = |flight: &Flight| flight.attempt == answered.attempt;
        let (rows, flight) = match self.flights.get(&request).is_some_and(is_its) {
            true => match self.flights.remove(&request) {
                Some(flight) => (flight.rows.clone(), Some(flight)),
                None => return,
            },
            // It comes late: nobody waited for it any more.
            false => match self.take_doubt(request, answered.attempt) {
                Some(mut doubt) => {
                    let rows = doubt.rows.clone();
                    if answered.may_be_done {
                        // The answer is there, and what was done as unknown as before.
                        doubt.input = None;
                        self.doubts.entry(request).or_default().insert(0, doubt);
                    }
                    (rows, None)
                }
                None => return,
            },
        };
        for (&row, told) in rows.iter().zip(&answered.told) {
            let is_done = self.table.state(row).outcome() == Outcome::Done;
            if !is_done {
                self.table.set(row, told.state);
                self.tell(row, &told.code);
            }
            if let Some(row) = self.table.rows.get_mut(row as usize) {
                row.attempts = row.attempts.saturating_add(1);
            }
            if !answered.repeats {
                self.asked.remove(&row);
            }
        }
        if let Some(flight) = flight {
            if let Some(request) = self.table.requests.get_mut(request as usize) {
                request.tries = request.tries.saturating_add(1);
            }
            if answered.may_be_done {
                self.add_doubt(request, flight);
            }
            let is_asked = rows.iter().any(|row| self.asked.contains(row));
            match answered.repeats && !is_asked {
                true => drop(self.repeats.insert(request)),
                false => drop(self.repeats.remove(&request)),
            }
        }
        self.prune_doubts_of(request);
    }

    /// Where a row's error and message are to be found.
    fn tell(&mut self, row: u32, code: &str) {
        self.table.set_code(row, code);
        let seq = u32::try_from(self.seq).unwrap_or(NONE);
        if let Some(row) = self.table.rows.get_mut(row as usize) {
            row.record = seq;
        }
    }

    fn find(&mut self, row: u32, found: Found, [done, not_done]: [RowState; 2]) {
        let state = match found {
            Found::Done => done,
            Found::NotDone => not_done,
            Found::Unclear => return,
        };
        if self.table.state(row) == RowState::Unknown {
            self.table.set(row, state);
            self.asked.remove(&row);
            self.tell(row, "");
        }
    }

    fn add_doubt(&mut self, request: u32, flight: Flight) {
        let doubt = Doubt {
            attempt: flight.attempt,
            rows: flight.rows,
            sent_ms: flight.sent_ms,
            hash: flight.hash,
            input: flight.input,
            is_read: false,
        };
        self.doubts.entry(request).or_default().push(doubt);
        self.prune_doubts_of(request);
    }

    pub(crate) fn take_doubt(&mut self, request: u32, attempt: u16) -> Option<Doubt> {
        let doubts = self.doubts.get_mut(&request)?;
        let at = doubts.iter().position(|it| it.attempt == attempt)?;
        Some(doubts.remove(at))
    }

    /// Where every row is known, there is no doubt.
    fn prune_doubts_of(&mut self, request: u32) {
        let Some(doubts) = self.doubts.get_mut(&request) else {
            self.repeats.remove(&request);
            return;
        };
        let table = &self.table;
        let is_open = |doubt: &Doubt| {
            let mut rows = doubt.rows.iter();
            rows.any(|row| table.state(*row) == RowState::Unknown)
        };
        doubts.retain(is_open);
        if doubts.is_empty() {
            self.doubts.remove(&request);
            self.repeats.remove(&request);
        }
    }

    fn prune_doubts(&mut self) {
        let requests: Vec<u32> = self.doubts.keys().copied().collect();
        for request in requests {
            self.prune_doubts_of(request);
        }
    }

    /// Failures before now are no reason to stop.
    fn begin_counting(&mut self) {
        let counts = self.counts();
        let answered = counts.done + counts.failed + counts.unknown;
        self.since = (counts.failed, answered);
        self.is_told = false;
    }
}
