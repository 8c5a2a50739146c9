//! The runs of this page: events go in, effects are carried out, and what is shown follows.
//!
//! [`Machine`] decides. Nothing else changes a run, and no view reads the machine itself. All of
//! this is in the part of the page that comes later.

mod countdown;
mod dry_run;
mod earlier;
mod effects;
mod files;
mod lock;
mod notify;
mod restore;
mod review;
mod shown;
mod writer;

pub use dry_run::Check;
pub(super) use restore::HasStored;
pub use shown::ShownRun;

use super::{Console, Form};
use crate::browser::{clock, random};
use crate::watch::watch;
use formsmith_run::{Ask, Event, Machine, Now, OperationRef, Review, Run};
use leptos::prelude::*;
use std::cell::Cell;
use std::sync::Arc;

thread_local! {
    /// Not in [`Console`], which exists before the later part has come.
    static RUNS: Cell<Option<Runs>> = const { Cell::new(None) };
}

#[derive(Clone, Copy)]
pub struct Runs {
    machine: StoredValue<Machine>,
    /// What the page knows of, in the order in which it came to know it.
    all: RwSignal<Vec<Arc<Run>>>,
    review: RwSignal<Option<Arc<Review>>>,
    countdown: countdown::Countdown,
    dry_runs: dry_run::DryRuns,
    last_shown: restore::LastShown,
    earlier: earlier::Earlier,
    writer: writer::Writer,
}

impl Runs {
    fn new() -> Self {
        Self {
            machine: StoredValue::new(Machine::default()),
            all: RwSignal::new(Vec::new()),
            review: RwSignal::new(None),
            countdown: countdown::Countdown::new(),
            dry_runs: dry_run::DryRuns::new(),
            last_shown: restore::LastShown::new(),
            earlier: earlier::Earlier::new(),
            writer: writer::Writer::new(),
        }
    }

    pub fn get(self, id: &str) -> Option<Arc<Run>> {
        self.all
            .with(|all| all.iter().find(|run| run.id == id).cloned())
    }

    /// In the order in which the page came to know them.
    pub fn all(self) -> Vec<Arc<Run>> {
        self.all.get()
    }

    /// What is under review, of whatever operation.
    pub fn review(self) -> Option<Arc<Review>> {
        self.review.get()
    }
}

impl Console {
    /// The runs, from the first time that anything asks for them.
    pub fn runs(self) -> Runs {
        RUNS.with(Cell::get).unwrap_or_else(|| {
            let runs = self.permanent(Runs::new);
            RUNS.with(|cell| cell.set(Some(runs)));
            // The machine is told where requests go, now and from now on.
            self.permanent(move || {
                watch(move || {
                    let (target, account) = (self.target(), self.account());
                    untrack(move || self.happen(Event::Moved { target, account }));
                });
                self.follow_other_tabs();
                self.stash_at_end();
            });
            runs
        })
    }

    /// Asks for a request, and gives the run that has begun with it; none where it is reviewed first.
    pub(super) fn begin_run(self, ask: Ask) -> Option<String> {
        let id = random::uuid();
        self.happen_with(id.clone(), Event::Asked(Box::new(ask)));
        untrack(|| self.runs().get(&id)).map(|_| id)
    }

    /// Something happened to a run.
    pub(super) fn happen(self, event: Event) {
        self.happen_with(random::uuid(), event);
    }

    /// The same; a run that begins with it has this id.
    fn happen_with(self, id: String, event: Event) {
        let now = Now {
            ms: clock::now_ms(),
            random: random::fraction(),
            id,
            token: random::uuid(),
        };
        if let Event::Stopped { run } = &event {
            files::stop(run);
        }
        let machine = self.runs().machine;
        let effects = machine.try_update_value(|machine| machine.on(&now, event));
        self.show_runs();
        for effect in effects.into_iter().flatten() {
            self.carry_out(effect);
        }
    }

    /// Views read copies, and of those only what has changed is new.
    fn show_runs(self) {
        let runs = self.runs();
        let before = runs.all.get_untracked();
        let is_shown =
            |run: &Run, shown: &Arc<Run>| run.id == shown.id && run.version == shown.version;
        let (all, review) = runs.machine.with_value(|machine| {
            let all = machine.runs().map(|run| {
                let known = before.iter().find(|shown| is_shown(run, shown));
                known.map_or_else(|| Arc::new(run.clone()), Arc::clone)
            });
            (all.collect::<Vec<_>>(), machine.review().cloned())
        });
        let is_same = |(one, other): (&Arc<Run>, &Arc<Run>)| Arc::ptr_eq(one, other);
        if all.len() != before.len() || !all.iter().zip(&before).all(is_same) {
            runs.all.set(all);
        }
        let is_same = runs.review.with_untracked(|shown| match (shown, &review) {
            (None, None) => true,
            (Some(shown), Some(review)) => {
                shown.number == review.number
                    && shown.is_asking == review.is_asking
                    && shown.proposal == review.proposal
            }
            _ => false,
        });
        if !is_same {
            if review.is_some() {
                self.snippets.close();
            }
            self.under_review.set(review.is_some());
            runs.review.set(review.map(Arc::new));
        }
    }

    /// Is it waiting that began with the answer of another form? It has a page of its own, and the
    /// form of its operation goes on showing what it showed.
    fn has_own_page(self, op: OperationRef, run: &str) -> bool {
        let run = untrack(|| self.runs().get(run));
        let is_open = || self.form_of(op).is_some_and(Form::is_open);
        run.is_some_and(|run| run.wait.is_some()) && !is_open()
    }

    /// Does this page wait for the answer to this run?
    pub fn waits_for(self, id: &str) -> bool {
        self.runs().get(id).is_some_and(|run| run.is_underway())
    }
}
