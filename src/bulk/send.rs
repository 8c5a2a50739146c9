//! From a row to a request on its way.

use crate::Bulk;
use crate::bulk::Phase;
use crate::event::{Effect, Notice, Now, Why};
use crate::record::Record;
use crate::table::RowState;
use formsmith_api::file::hexadecimal;
use formsmith_api::http::HttpRequest;
use formsmith_api::json::compact;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::cmp::Reverse;

/// So long a service is trusted to know an idempotency token again. No model says how long it does;
/// of those that document it, the shortest say some hours.
const TOKEN_MS: f64 = 3_600_000.0;

/// A request whose inputs were asked for.
#[derive(Debug, Clone)]
pub struct Fetching {
    request: u32,
    rows: Vec<u32>,
    /// The same as before is sent.
    repeats: bool,
}

/// A request that is about to be sent, or was.
#[derive(Debug, Clone)]
pub struct Flight {
    pub attempt: u16,
    pub rows: Vec<u32>,
    pub sent_ms: f64,
    pub hash: String,
    /// None after a restart.
    pub input: Option<Value>,
    /// None once it is sent.
    pub http: Option<HttpRequest>,
}

impl Bulk {
    pub(crate) fn may_send(&self) -> bool {
        self.leads && self.phase == Phase::Running
    }

    /// Sends what may be sent now, and waits for what may be later.
    pub(crate) fn pump(&mut self, now: &Now, out: &mut Vec<Effect>) {
        if self.may_send() {
            self.begin_requests(now, out);
        }
        self.pump_reading(now, out);
        let is_over = self.may_send() && self.is_finished();
        if is_over && !self.is_told {
            self.is_told = true;
            out.push(Effect::Notify(Notice::Finished));
        }
    }

    fn begin_requests(&mut self, now: &Now, out: &mut Vec<Effect>) {
        let parallel = usize::from(self.pacer.cap().parallel);
        while self.flights.len() + self.fetching.len() < parallel {
            let Some(request) = self.next_request(now) else {
                if let Some(Reverse((due_ms, _))) = self.due.peek() {
                    let until_ms = *due_ms as f64;
                    self.wait_until(until_ms, out);
                }
                return;
            };
            if let Err(until_ms) = self.pacer.take(now.ms) {
                return self.wait_until(until_ms, out);
            }
            self.take_next(request);
            let repeats = self.repeats.contains(&request);
            let rows = self.rows_to_send(request);
            for &row in &rows {
                if self.table.state(row) == RowState::Waiting {
                    self.table.set(row, RowState::UnderWay);
                }
            }
            let fetch = self.fresh_number();
            self.fetching.insert(
                fetch,
                Fetching {
                    request,
                    rows: rows.clone(),
                    repeats,
                },
            );
            out.push(Effect::Fetch { fetch, rows });
        }
    }

    /// The request that is sent next, which stays where it is. What has lost its reason to be sent
    /// goes.
    fn next_request(&mut self, now: &Now) -> Option<u32> {
        while let Some(&Reverse((due_ms, request))) = self.due.peek() {
            if due_ms as f64 > now.ms {
                break;
            }
            self.forget_old_token(request, now);
            if !self.is_in_use(request) && !self.rows_to_send(request).is_empty() {
                return Some(request);
            }
            self.due.pop();
            self.table.requests[request as usize].is_due = false;
        }
        while (self.fresh as usize) < self.table.requests.len() {
            let it = &self.table.requests[self.fresh as usize];
            if it.attempts == 0 && !it.is_due && !self.rows_to_send(self.fresh).is_empty() {
                return Some(self.fresh);
            }
            self.fresh += 1;
        }
        None
    }

    fn take_next(&mut self, request: u32) {
        let it = &mut self.table.requests[request as usize];
        match it.is_due {
            true => {
                it.is_due = false;
                self.due.pop();
            }
            false => self.fresh = request + 1,
        }
    }

    fn is_in_use(&self, request: u32) -> bool {
        let mut fetching = self.fetching.values();
        self.flights.contains_key(&request) || fetching.any(|it| it.request == request)
    }

    /// The service may have forgotten the token: then it would do the same once more.
    fn forget_old_token(&mut self, request: u32, now: &Now) {
        let first = self.doubts.get(&request).and_then(|doubts| doubts.first());
        let is_old = first.is_some_and(|doubt| now.ms - doubt.sent_ms > TOKEN_MS);
        if is_old && !self.is_idempotent() {
            self.repeats.remove(&request);
        }
    }

    /// The same as before, to find out what became of it, or else what waits and what the person
    /// sends again.
    fn rows_to_send(&self, request: u32) -> Vec<u32> {
        if self.repeats.contains(&request) {
            let last = self.doubts.get(&request).and_then(|doubts| doubts.last());
            return last.map(|doubt| doubt.rows.clone()).unwrap_or_default();
        }
        let is_wanted = |row: &u32| match self.table.state(*row) {
            RowState::Waiting => true,
            RowState::Unknown => self.asked.contains(row),
            _ => false,
        };
        self.table.rows_of(request).filter(is_wanted).collect()
    }

    /// Has a request sent again at this time.
    pub(crate) fn queue(&mut self, request: u32, at_ms: f64) {
        let Some(it) = self.table.requests.get_mut(request as usize) else {
            return;
        };
        if !it.is_due {
            it.is_due = true;
            let at_ms = at_ms.max(0.0).ceil() as u64;
            self.due.push(Reverse((at_ms, request)));
        }
        self.is_told = false;
    }

    /// Rows that were asked for again while another attempt at them was under way are sent once that
    /// has ended.
    pub(crate) fn take_up(&mut self, now: &Now, request: u32) {
        let it = self.table.requests.get(request as usize);
        let is_begun = it.is_some_and(|it| it.attempts > 0);
        let is_free = !self.is_in_use(request) && !self.repeats.contains(&request);
        if is_begun && is_free && !self.rows_to_send(request).is_empty() {
            self.queue(request, now.ms);
        }
    }

    pub(crate) fn wait_until(&mut self, until_ms: f64, out: &mut Vec<Effect>) {
        let until_ms = until_ms.ceil();
        if until_ms < self.armed_ms {
            self.armed_ms = until_ms;
            out.push(Effect::Wait { until_ms });
        }
    }

    pub(crate) fn fetched(
        &mut self,
        now: &Now,
        fetch: u32,
        inputs: Option<Vec<Value>>,
        out: &mut Vec<Effect>,
    ) {
        let Some(Fetching {
            request,
            rows,
            repeats,
        }) = self.fetching.remove(&fetch)
        else {
            return self.fetched_to_read(now, fetch, inputs, out);
        };
        if !self.may_send() {
            return self.put_back(now, request, &rows);
        }
        let Some(inputs) = inputs.filter(|inputs| inputs.len() == rows.len()) else {
            self.put_back(now, request, &rows);
            return self.pause_by_itself(now, Why::RowsMissing, out);
        };
        let input = self.input_of(request, &rows, inputs);
        let hash = short_hash(&compact(&input));
        let before = self.doubts.get(&request).and_then(|doubts| doubts.last());
        if repeats && before.is_none_or(|doubt| doubt.hash != hash) {
            // It would be another request under the same token.
            self.repeats.remove(&request);
            return self.put_back(now, request, &rows);
        }
        let http = match self.op.request(&input) {
            Ok(http) => http,
            Err(why) => {
                let what = why.what;
                let record = Record::NotSendable {
                    request,
                    rows,
                    what,
                };
                return self.commit(record, out);
            }
        };
        let attempt = self.table.requests[request as usize]
            .attempts
            .saturating_add(1);
        let seq = self.seq;
        let record = Record::Sending {
            request,
            attempt,
            at_ms: now.ms,
            rows,
            hash,
        };
        self.commit(record, out);
        if let Some(flight) = self.flights.get_mut(&request) {
            flight.input = Some(input);
            flight.http = Some(http);
        }
        self.storing.insert(seq, request);
    }

    pub(crate) fn put_all_back(&mut self, now: &Now) {
        for (_, it) in std::mem::take(&mut self.fetching) {
            self.put_back(now, it.request, &it.rows);
        }
    }

    /// It is sent another time.
    fn put_back(&mut self, now: &Now, request: u32, rows: &[u32]) {
        for &row in rows {
            if self.table.state(row) == RowState::UnderWay {
                self.table.set(row, RowState::Waiting);
            }
        }
        self.queue(request, now.ms);
    }

    pub(crate) fn stored(&mut self, now: &Now, seq: u64, out: &mut Vec<Effect>) {
        self.unstored = self.unstored.split_off(&(seq + 1));
        while let Some(entry) = self.storing.first_entry() {
            // What another leads is no longer for this program to send.
            if *entry.key() > seq || !self.leads {
                return;
            }
            let request = entry.remove();
            let may_send = self.may_send();
            let Some(flight) = self.flights.get_mut(&request) else {
                continue;
            };
            let attempt = flight.attempt;
            match flight.http.take() {
                Some(http) if may_send => {
                    flight.sent_ms = now.ms;
                    out.push(Effect::Send {
                        request,
                        attempt,
                        http,
                    });
                }
                _ => {
                    self.commit(Record::Unsent { request, attempt }, out);
                    self.queue(request, now.ms);
                }
            }
        }
    }

    /// What rows are sent as. Tokens that the rows don't have themselves are made of the run's
    /// name: the same rows in the same request always have the same.
    pub(crate) fn input_of(&self, request: u32, rows: &[u32], inputs: Vec<Value>) -> Value {
        let is_one = inputs.len() == 1;
        let mut input = self.batches.assemble(inputs);
        if !input.is_object() {
            return input;
        }
        for name in self.op.tokens() {
            let is_given = input[name].as_str().is_some_and(|it| !it.is_empty());
            if !(is_given && is_one) {
                input[name] = self.token(name, request, rows).into();
            }
        }
        input
    }

    /// In the form of a UUID, which all services take.
    fn token(&self, name: &str, request: u32, rows: &[u32]) -> String {
        let mut hash = Sha256::new()
            .chain_update(&self.id)
            .chain_update([0])
            .chain_update(name)
            .chain_update([0])
            .chain_update(request.to_be_bytes());
        for row in rows {
            hash.update(row.to_be_bytes());
        }
        let mut bytes = hash.finalize();
        // Version 8: made of what its maker likes (RFC 9562).
        bytes[6] = (bytes[6] & 0x0f) | 0x80;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let hex = hexadecimal(&bytes[..16]);
        let part = |from: usize, to: usize| &hex[from..to];
        [
            part(0, 8),
            part(8, 12),
            part(12, 16),
            part(16, 20),
            part(20, 32),
        ]
        .join("-")
    }
}

fn short_hash(text: &str) -> String {
    hexadecimal(&Sha256::digest(text)[..8])
}
