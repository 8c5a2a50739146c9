//! What can be seen of a run.

use crate::Bulk;
use crate::bulk::{Counts, Phase};
use crate::pace::{Pace, StopAt};
use crate::table::{NONE, Outcome, RowState};
use formsmith_api::http::HttpRequest;
use formsmith_api::protocol::NotSendable;
use serde_json::Value;

impl Bulk {
    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    #[must_use]
    pub fn leads(&self) -> bool {
        self.leads
    }

    /// Has every row that is not held back its outcome, as far as it can be known by itself?
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let is_open = |state| self.table.count(state) > 0;
        !is_open(RowState::Waiting)
            && !is_open(RowState::UnderWay)
            && self.repeats.is_empty()
            && self.asked.is_empty()
            && self.reading.is_none()
            && self.is_idle()
    }

    /// Is nothing under way?
    pub(crate) fn is_idle(&self) -> bool {
        self.flights.is_empty() && self.fetching.is_empty()
    }

    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            total: self.table.rows.len() as u32,
            failed_for_now: self.table.count(RowState::FailedForNow),
            ..Counts::default()
        };
        for state in RowState::ALL {
            *match state.outcome() {
                Outcome::Held => &mut counts.held,
                Outcome::Waiting => &mut counts.waiting,
                Outcome::UnderWay => &mut counts.under_way,
                Outcome::Done => &mut counts.done,
                Outcome::Failed => &mut counts.failed,
                Outcome::Unknown => &mut counts.unknown,
            } += self.table.count(state);
        }
        counts
    }

    #[must_use]
    pub fn state(&self, row: u32) -> RowState {
        self.table.state(row)
    }

    /// The name of the last error of a row; empty for none.
    #[must_use]
    pub fn code(&self, row: u32) -> &str {
        self.table.code(row)
    }

    /// How many attempts at a row were answered or given up; no more than 255 are counted.
    #[must_use]
    pub fn attempts(&self, row: u32) -> u8 {
        self.table
            .rows
            .get(row as usize)
            .map_or(0, |row| row.attempts)
    }

    /// The number of the last record that tells of a row: its message and request ID stand there.
    #[must_use]
    pub fn record_of(&self, row: u32) -> Option<u32> {
        let row = self.table.rows.get(row as usize)?;
        (row.record != NONE).then_some(row.record)
    }

    #[must_use]
    pub fn requests(&self) -> u32 {
        self.table.requests.len() as u32
    }

    /// The rows of a request.
    #[must_use]
    pub fn rows_of(&self, request: u32) -> Vec<u32> {
        self.table.rows_of(request).collect()
    }

    /// The person's limits.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.pacer.cap()
    }

    /// Requests a second, as the service lets them through; at most the person's limit.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.pacer.rate()
    }

    #[must_use]
    pub fn stop_at(&self) -> StopAt {
        self.stop_at
    }

    /// How many events came that were not expected.
    #[must_use]
    pub fn ignored(&self) -> u64 {
        self.ignored
    }

    /// Counts the events.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// A request as it is sent the first time, of the inputs of its rows: for what a person agrees
    /// to before.
    pub fn request(&self, request: u32, inputs: Vec<Value>) -> Result<HttpRequest, NotSendable> {
        let rows = self.rows_of(request);
        self.op.request(&self.input_of(request, &rows, inputs))
    }
}
