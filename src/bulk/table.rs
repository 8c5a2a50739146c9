//! All rows and all requests of a run, in a few bytes each.

use std::collections::HashMap;

/// No row, no request, no record.
pub const NONE: u32 = u32::MAX;

/// What is known of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum RowState {
    /// It has a problem, and is no part of the run until it is put right.
    Held,
    /// It is to be sent.
    Waiting,
    UnderWay,
    Done,
    /// An attempt whose answer was lost has done it: a later one found nothing left to do.
    DoneBefore,
    /// No answer told; reading the resources did.
    FoundDone,
    /// No answer told; the person did.
    SaidDone,
    Failed,
    /// It failed, and may be done if it is sent again as it is.
    FailedForNow,
    /// It failed, and some of it was done all the same.
    Partly,
    /// No answer told, and reading has shown that it is not done.
    FoundNotDone,
    /// The person said so.
    SaidNotDone,
    /// It may be done or not.
    Unknown,
}

/// What a person sees of a row's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Held,
    Waiting,
    UnderWay,
    Done,
    Failed,
    Unknown,
}

impl RowState {
    pub const ALL: [Self; 13] = [
        Self::Held,
        Self::Waiting,
        Self::UnderWay,
        Self::Done,
        Self::DoneBefore,
        Self::FoundDone,
        Self::SaidDone,
        Self::Failed,
        Self::FailedForNow,
        Self::Partly,
        Self::FoundNotDone,
        Self::SaidNotDone,
        Self::Unknown,
    ];

    /// The name that is stored, and that exports have.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Held => "held-back",
            Self::Waiting => "not-sent",
            Self::UnderWay => "under-way",
            Self::Done => "done",
            Self::DoneBefore => "done-before",
            Self::FoundDone => "found-done",
            Self::SaidDone => "said-done",
            Self::Failed => "failed",
            Self::FailedForNow => "failed-for-now",
            Self::Partly => "partly",
            Self::FoundNotDone => "found-not-done",
            Self::SaidNotDone => "said-not-done",
            Self::Unknown => "unknown",
        }
    }

    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Held => Outcome::Held,
            Self::Waiting => Outcome::Waiting,
            Self::UnderWay => Outcome::UnderWay,
            Self::Done | Self::DoneBefore | Self::FoundDone | Self::SaidDone => Outcome::Done,
            Self::Failed
            | Self::FailedForNow
            | Self::Partly
            | Self::FoundNotDone
            | Self::SaidNotDone => Outcome::Failed,
            Self::Unknown => Outcome::Unknown,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub state: RowState,
    /// Attempts at it that were answered or given up; no more than 255 are counted.
    pub attempts: u8,
    /// The place of its error's name among [`Table::codes`]; 0 for none.
    code: u16,
    pub request: u32,
    /// The next row of the same request.
    next: u32,
    /// The last record that tells of it.
    pub record: u32,
}

/// One request, with the rows that it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    first: u32,
    last: u32,
    /// Attempts so far; the first is 1.
    pub attempts: u16,
    /// Those since a person asked for it.
    pub tries: u8,
    pub len: u16,
    /// It stands in the queue of those that are sent again.
    pub is_due: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub rows: Vec<Row>,
    pub requests: Vec<Request>,
    /// The names of errors, the first of them empty.
    codes: Vec<String>,
    code_places: HashMap<String, u16>,
    counts: [u32; RowState::ALL.len()],
}

/// So many names of errors are told apart in memory; services have some tens.
const MOST_CODES: usize = 1000;

impl Table {
    /// A row that is held back.
    pub fn add(&mut self) -> u32 {
        let row = self.rows.len() as u32;
        self.rows.push(Row {
            state: RowState::Held,
            attempts: 0,
            code: 0,
            request: NONE,
            next: NONE,
            record: NONE,
        });
        self.counts[RowState::Held as usize] += 1;
        row
    }

    /// Puts a row that was held back into a request: this one, or a new one. Returns which.
    pub fn join(&mut self, row: u32, request: Option<u32>) -> u32 {
        let at = request.unwrap_or(self.requests.len() as u32);
        match self.requests.get_mut(at as usize) {
            Some(request) => {
                self.rows[request.last as usize].next = row;
                request.last = row;
                request.len += 1;
            }
            None => self.requests.push(Request {
                first: row,
                last: row,
                attempts: 0,
                tries: 0,
                len: 1,
                is_due: false,
            }),
        }
        self.rows[row as usize].request = at;
        self.set(row, RowState::Waiting);
        at
    }

    pub fn set(&mut self, row: u32, state: RowState) {
        let Some(it) = self.rows.get_mut(row as usize) else {
            return;
        };
        self.counts[it.state as usize] -= 1;
        self.counts[state as usize] += 1;
        it.state = state;
    }

    pub fn state(&self, row: u32) -> RowState {
        let row = self.rows.get(row as usize);
        row.map_or(RowState::Held, |row| row.state)
    }

    pub fn count(&self, state: RowState) -> u32 {
        self.counts[state as usize]
    }

    /// The rows of a request, in its order.
    pub fn rows_of(&self, request: u32) -> impl Iterator<Item = u32> {
        let first = self.requests.get(request as usize).map(|it| it.first);
        std::iter::successors(first, |row| {
            let next = self.rows[*row as usize].next;
            (next != NONE).then_some(next)
        })
    }

    /// The name of a row's error; empty for none.
    pub fn code(&self, row: u32) -> &str {
        let place = self.rows.get(row as usize).map_or(0, |row| row.code);
        self.codes.get(usize::from(place)).map_or("", |code| code)
    }

    pub fn set_code(&mut self, row: u32, code: &str) {
        let place = self.code_place(code);
        if let Some(row) = self.rows.get_mut(row as usize) {
            row.code = place;
        }
    }

    fn code_place(&mut self, code: &str) -> u16 {
        if code.is_empty() {
            return 0;
        }
        if let Some(place) = self.code_places.get(code) {
            return *place;
        }
        if self.codes.is_empty() {
            self.codes.push(String::new());
        }
        if self.codes.len() > MOST_CODES {
            return 0;
        }
        let place = self.codes.len() as u16;
        self.codes.push(code.to_owned());
        self.code_places.insert(code.to_owned(), place);
        place
    }
}
