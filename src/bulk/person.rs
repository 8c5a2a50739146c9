//! What the person asks of a run.

use crate::Bulk;
use crate::bulk::Phase;
use crate::event::{Again, Effect, Notice, Now, Why};
use crate::record::Record;
use crate::table::{Outcome, RowState};
use formsmith_api::read_back::Found;
use serde_json::Value;
use std::collections::BTreeSet;

impl Bulk {
    pub(crate) fn go_on(&mut self, now: &Now, out: &mut Vec<Effect>) {
        if self.phase == Phase::Running {
            self.ignored += 1;
            return;
        }
        if std::mem::take(&mut self.store_fails) {
            for (seq, record) in &self.unstored {
                let record = Box::new(record.clone());
                out.push(Effect::Store { seq: *seq, record });
            }
        }
        // What is read now would say nothing of what is sent.
        self.reading = None;
        self.lost = 0;
        self.commit(Record::WentOn { at_ms: now.ms }, out);
    }

    pub(crate) fn pause(&mut self, now: &Now, why: Why, out: &mut Vec<Effect>) {
        match self.phase {
            Phase::Running => {
                let at_ms = now.ms;
                self.commit(Record::Paused { at_ms, why }, out);
            }
            _ => self.ignored += 1,
        }
    }

    pub(crate) fn pause_by_itself(&mut self, now: &Now, why: Why, out: &mut Vec<Effect>) {
        if self.phase == Phase::Running {
            self.pause(now, why.clone(), out);
            out.push(Effect::Notify(Notice::Paused(why)));
        }
    }

    pub(crate) fn ask_again(&mut self, now: &Now, which: Again, out: &mut Vec<Effect>) {
        let may_go = |row: &u32| match self.table.state(*row).outcome() {
            Outcome::Failed => true,
            Outcome::Unknown => !self.is_being_sent(*row),
            _ => false,
        };
        let mut rows: Vec<u32> = match which {
            Again::Failed => {
                let all = 0..self.table.rows.len() as u32;
                let failed = |row: &u32| self.table.state(*row).outcome() == Outcome::Failed;
                all.filter(failed).collect()
            }
            Again::Rows(rows) => rows.into_iter().filter(may_go).collect(),
        };
        rows.sort_unstable();
        rows.dedup();
        // What is being sent is taken up when it is answered, and not before.
        rows.retain(|row| {
            !self
                .flights
                .contains_key(&self.table.rows[*row as usize].request)
        });
        if rows.is_empty() {
            self.ignored += 1;
            return;
        }
        self.reading = None;
        let requests: BTreeSet<u32> = rows
            .iter()
            .map(|row| self.table.rows[*row as usize].request)
            .collect();
        let at_ms = now.ms;
        self.commit(Record::AskedAgain { at_ms, rows }, out);
        for request in requests {
            self.queue(request, now.ms);
        }
    }

    pub(crate) fn join(&mut self, now: &Now, rows: &[(u32, Value)], out: &mut Vec<Effect>) {
        let mut joined: Vec<(u32, u64)> = Vec::new();
        for (row, input) in rows {
            let is_held = (*row as usize) < self.table.rows.len()
                && self.table.state(*row) == RowState::Held
                && joined.iter().all(|(it, _)| it != row);
            if is_held {
                joined.push((*row, self.batches.group(input)));
            }
        }
        match joined.is_empty() {
            true => self.ignored += 1,
            false => {
                let at_ms = now.ms;
                let rows = joined;
                self.commit(Record::Joined { at_ms, rows }, out);
            }
        }
    }

    pub(crate) fn settle(
        &mut self,
        now: &Now,
        mut rows: Vec<u32>,
        found: Found,
        out: &mut Vec<Effect>,
    ) {
        rows.retain(|row| self.table.state(*row) == RowState::Unknown && !self.is_being_sent(*row));
        if rows.is_empty() || found == Found::Unclear {
            self.ignored += 1;
            return;
        }
        let at_ms = now.ms;
        self.commit(Record::Settled { at_ms, rows, found }, out);
    }

    /// Is it sent again just now?
    fn is_being_sent(&self, row: u32) -> bool {
        let request = self.table.rows.get(row as usize).map(|row| row.request);
        request.is_some_and(|request| self.flights.contains_key(&request))
    }
}
