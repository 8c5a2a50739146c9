//! A program that leads a run, a journal, a network that loses things, the sandbox behind it, and a
//! person: all in virtual time, and all decided by a seed.

mod beginning;
pub mod cases;
mod service;

pub use beginning::{Random, START_MS, pace, setup};
use cases::{Case, Kind};
use formsmith_bulk::{
    Again, Bulk, Effect, Event, Notice, Now, Phase, Plan, Record, RowState, Setup,
};
pub use service::Service;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub struct World {
    pub case: Case,
    pub service: Service,
    pub bulk: Bulk,
    /// What is on disk.
    pub journal: Vec<String>,
    /// What is asked to be, and is not yet.
    pub writes: VecDeque<(u64, String)>,
    coming: BTreeMap<(u64, u64), Coming>,
    pub now_ms: f64,
    random: Random,
    order: u64,
    /// Numbers of attempts that were sent, by request: none is sent twice.
    pub sent: BTreeMap<(u32, u16), usize>,
    pub notices: Vec<Notice>,
    /// After a kill the run has another name, as if it had not been stored: then its tokens are
    /// others.
    pub forgets_tokens: bool,
    pub kills: usize,
    pub events: usize,
}

#[derive(Debug, Clone)]
enum Coming {
    Flush,
    Event(Event),
}

impl World {
    pub fn new(case: Case, seed: u64, setup: Setup) -> Self {
        let mut plan = Plan::new(case.op);
        for row in 0..case.rows {
            plan.add(&case.input(row));
        }
        let (bulk, effects) = Bulk::begin(plan, setup);
        let service = Service::new(&case);
        let mut world = Self {
            case,
            service,
            bulk,
            journal: Vec::new(),
            writes: VecDeque::new(),
            coming: BTreeMap::new(),
            now_ms: START_MS,
            random: Random(seed),
            order: 0,
            sent: BTreeMap::new(),
            notices: Vec::new(),
            forgets_tokens: false,
            kills: 0,
            events: 0,
        };
        effects.into_iter().for_each(|it| world.carry_out(it));
        world
    }

    fn come(&mut self, in_ms: f64, what: Coming) {
        self.order += 1;
        let at = (self.now_ms + in_ms).max(self.now_ms) * 1000.0;
        self.coming.insert((at.ceil() as u64, self.order), what);
    }

    pub fn happen(&mut self, event: Event) {
        self.events += 1;
        assert!(
            self.events < 100 * self.case.rows as usize + 20_000,
            "it goes on and on: {:?} {:?}",
            self.bulk.counts(),
            self.bulk.phase()
        );
        let now = Now {
            ms: self.now_ms,
            random: self.random.part(),
        };
        let effects = self.bulk.on(&now, event);
        effects.into_iter().for_each(|it| self.carry_out(it));
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Fetch { fetch, rows } => {
                let inputs = rows.iter().map(|row| self.case.input(*row)).collect();
                let inputs = Some(inputs);
                let event = Event::Fetched { fetch, inputs };
                self.come(0.2, Coming::Event(event));
            }
            Effect::Store { seq, record } => {
                self.writes.push_back((seq, record.to_line()));
                let in_ms = 1.0 + self.random.part() * 4.0;
                self.come(in_ms, Coming::Flush);
            }
            Effect::Send {
                request,
                attempt,
                http,
            } => {
                self.check_send(request, attempt);
                let (result, delay_ms) = self.service.send(&http, self.now_ms);
                let in_ms = 20.0 + self.random.part() * 60.0 + delay_ms;
                let event = Event::Answered {
                    request,
                    attempt,
                    result,
                };
                self.come(in_ms, Coming::Event(event));
            }
            Effect::Read { read, http, .. } => {
                let (result, delay_ms) = self.service.send(&http, self.now_ms);
                let event = Event::ReadAnswered { read, result };
                self.come(20.0 + delay_ms, Coming::Event(event));
            }
            Effect::Wait { until_ms } => {
                let is_timer = |it: &Coming| matches!(it, Coming::Event(Event::Woke));
                self.coming.retain(|_, it| !is_timer(it));
                let in_ms = until_ms - self.now_ms;
                self.come(in_ms, Coming::Event(Event::Woke));
            }
            Effect::Notify(notice) => self.notices.push(notice),
        }
    }

    /// What is sent is on disk, and each attempt is sent once.
    fn check_send(&mut self, request: u32, attempt: u16) {
        let beginning = format!(r#"{{"record":"sending","request":{request},"attempt":{attempt},"#);
        let mut lines = self.journal.iter().rev();
        assert!(
            lines.any(|line| line.starts_with(&beginning)),
            "{request} {attempt} is not stored"
        );
        assert_eq!(*self.bulk.phase(), Phase::Running);
        let kills = self.kills;
        let before = self.sent.insert((request, attempt), kills);
        let is_first = before.is_none() || self.forgets_tokens;
        assert!(is_first, "{request} {attempt} is sent twice");
    }

    /// The next thing happens; false if nothing is left to.
    pub fn step(&mut self) -> bool {
        let Some(((at, _), what)) = self.coming.pop_first() else {
            return false;
        };
        self.now_ms = self.now_ms.max(at as f64 / 1000.0);
        self.take(what);
        true
    }

    fn take(&mut self, what: Coming) {
        match what {
            Coming::Event(event) => self.happen(event),
            Coming::Flush => {
                let Some((last, _)) = self.writes.back() else {
                    return;
                };
                let seq = *last;
                let lines = self.writes.drain(..).map(|(_, line)| line);
                self.journal.extend(lines);
                self.happen(Event::Stored { seq });
            }
        }
    }

    /// One of the next things happens, and not always the first of them; what was written is
    /// written in its order.
    pub fn step_any(&mut self, which: usize) -> bool {
        let keys: Vec<(u64, u64)> = self.coming.keys().take(which + 1).copied().collect();
        let Some(key) = keys.last() else {
            return false;
        };
        match self.coming.remove(key) {
            Some(what) => {
                let at = self.now_ms.max(key.0 as f64 / 1000.0);
                self.now_ms = at;
                self.take(what);
                true
            }
            None => false,
        }
    }

    /// Another run takes the place of the one that the world began with.
    pub fn begin_with(&mut self, bulk: Bulk, effects: Vec<Effect>) {
        self.bulk = bulk;
        self.writes.clear();
        effects.into_iter().for_each(|it| self.carry_out(it));
    }

    /// Until nothing happens by itself any more.
    pub fn settle(&mut self) {
        while self.step() {}
    }

    /// The program ends between two steps. Of what it asked to be stored a part is, in order. Another
    /// begins with that.
    pub fn kill(&mut self) {
        let mut reached = self.random.below(self.writes.len() as u64 + 1) as usize;
        if self.journal.is_empty() {
            // A run of which nothing is on disk has not begun.
            if self.writes.is_empty() {
                return;
            }
            reached = reached.max(1);
        }
        self.kills += 1;
        let lines = self.writes.drain(..reached).map(|(_, line)| line);
        self.journal.extend(lines);
        self.writes.clear();
        self.coming.clear();
        self.bulk = self.restored();
        self.now_ms += 500.0 + self.random.part() * 3000.0;
        self.happen(Event::Led(true));
    }

    pub fn restored(&self) -> Bulk {
        let records = self.journal.iter().map(|line| {
            let record = Record::of_line(line).expect("a record");
            assert_eq!(record.to_line(), *line);
            record
        });
        match self.forgets_tokens {
            true => Bulk::restore(self.case.op, self.without_tokens(records.collect())),
            false => Bulk::restore(self.case.op, records),
        }
        .expect("a run")
    }

    /// The same records as if what is sent were not stored before, and with another name.
    fn without_tokens(&self, records: Vec<Record>) -> Vec<Record> {
        let answered: BTreeSet<(u32, u16)> = records
            .iter()
            .filter_map(|record| match record {
                Record::Answered(it) => Some((it.request, it.attempt)),
                _ => None,
            })
            .collect();
        let records = records.into_iter().filter_map(|record| match record {
            Record::Begun(mut begun) => {
                begun.id = format!("run {}", self.kills);
                Some(Record::Begun(begun))
            }
            Record::Sending {
                request, attempt, ..
            } if !answered.contains(&(request, attempt)) => None,
            record => Some(record),
        });
        records.collect()
    }

    /// The person goes on whenever the run stops by itself, and sends what failed again, so many
    /// times.
    pub fn play(&mut self, kill_after: &mut Vec<usize>, mut again: usize) {
        self.happen(Event::WentOn);
        let begun = self.events;
        loop {
            if kill_after
                .last()
                .is_some_and(|at| self.events - begun >= *at)
            {
                kill_after.pop();
                self.kill();
                continue;
            }
            if self.step() {
                continue;
            }
            if !self.bulk.is_finished() {
                assert!(
                    *self.bulk.phase() != Phase::Running,
                    "it stands still: {:#?}",
                    self.bulk.counts()
                );
                self.now_ms += 1000.0;
                self.happen(Event::WentOn);
                continue;
            }
            self.check_truth();
            let counts = self.bulk.counts();
            // Ten tries can all meet with a fault. Under the same token another does no harm.
            let is_harmless = matches!(self.case.kind, Kind::Token | Kind::IdempotentBatch);
            let unknown: Vec<u32> = match is_harmless {
                true => (0..self.case.rows)
                    .filter(|row| self.bulk.state(*row) == RowState::Unknown)
                    .collect(),
                false => Vec::new(),
            };
            if again == 0 || (counts.failed == 0 && unknown.is_empty()) {
                return;
            }
            again -= 1;
            self.happen(Event::AskedAgain(Again::Failed));
            self.happen(Event::AskedAgain(Again::Rows(unknown)));
        }
    }

    /// The same without a look at the ledger, until it is finished or stands still: what goes wrong
    /// can go wrong in every way.
    pub fn play_untold(&mut self, kill_after: &mut Vec<usize>) {
        self.happen(Event::WentOn);
        let begun = self.events;
        let mut still = 0;
        while still < 3 && !self.bulk.is_finished() {
            if kill_after
                .last()
                .is_some_and(|at| self.events - begun >= *at)
            {
                kill_after.pop();
                self.kill();
            } else if self.step() {
                still = 0;
            } else {
                still += 1;
                self.now_ms += 1000.0;
                self.happen(Event::WentOn);
            }
        }
    }

    /// What is told of rows is what the service has done.
    pub fn check_truth(&mut self) {
        let (lost, twice) = self.judge();
        assert_eq!((lost, twice), (0, 0), "lost, done twice");
    }

    /// Rows that are told otherwise than they are, and rows that were done more than once.
    pub fn judge(&mut self) -> (usize, usize) {
        use formsmith_bulk::Outcome;
        let done = self.service.done();
        let (mut lost, mut twice) = (0, 0);
        for row in 0..self.case.rows {
            let times = done.get(&self.case.key(row)).copied().unwrap_or_default();
            twice += usize::from(times > 1);
            let state = self.bulk.state(row);
            lost += usize::from(match state.outcome() {
                Outcome::Done => times == 0,
                Outcome::Failed | Outcome::Held | Outcome::Waiting => times > 0,
                Outcome::UnderWay | Outcome::Unknown => false,
            });
        }
        (lost, twice)
    }
}
