//! The other runs of a form. What was stored before the page began is listed by its head, and read
//! whole when the person turns to it.

use super::Runs;
use super::notify::STICKING;
use crate::browser::{focus, task};
use crate::state::history::index;
use crate::state::{Console, Form, Notice, RESULT_ID};
use formsmith_run::{Event, Head, OperationRef};
use leptos::prelude::*;

/// A run, and what tells one drawing of its line from another; when it was begun comes first.
pub type OtherRun = (f64, String, Option<u64>);

/// What lists show of runs that were stored before this page began.
#[derive(Clone, Copy)]
pub(super) struct Earlier(RwSignal<Vec<Head>>);

impl Earlier {
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }
}

impl Runs {
    /// The runs of an operation but for one, the newest first.
    pub fn others(self, op: OperationRef, shown: Option<&str>) -> Vec<OtherRun> {
        let all = self.all.get();
        let known = all.iter().filter(|run| run.op == op);
        let known = known.map(|run| (run.started_ms, run.id.clone(), Some(run.version)));
        let mut others: Vec<OtherRun> = known.collect();
        self.earlier.0.with(|earlier| {
            let is_its = |head: &&Head| {
                head.service == op.service.name
                    && head.operation == op.operation.name()
                    && all.iter().all(|run| run.id != head.id)
            };
            let earlier = earlier.iter().filter(is_its);
            others.extend(earlier.map(|head| (head.started_ms, head.id.clone(), None)));
        });
        others.retain(|(_, id, _)| Some(id.as_str()) != shown);
        others.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
        others
    }

    /// What its line shows of a run, and whether it is being sent.
    pub fn head(self, id: &str) -> Option<(Head, bool)> {
        if let Some(run) = self.get(id) {
            return Some((Head::of(&run), run.is_underway()));
        }
        let is_it = |head: &&Head| head.id == id;
        let earlier = self.earlier.0;
        let head = earlier.with(|earlier| earlier.iter().find(is_it).cloned());
        Some((head?, false))
    }

    pub(in crate::state) fn drop_earlier(self, is_deleted: impl Fn(&str) -> bool) {
        let is_any = |earlier: &Vec<Head>| earlier.iter().any(|head| is_deleted(&head.id));
        if self.earlier.0.with_untracked(is_any) {
            let earlier = self.earlier.0;
            earlier.update(|earlier| earlier.retain(|head| !is_deleted(&head.id)));
        }
    }
}

impl Console {
    /// Lists these among the other runs of their form.
    pub(super) fn list_earlier(self, ids: Vec<String>) {
        task::spawn(async move {
            // Where nothing can be read there is nothing to list.
            let heads = index::heads_of(&ids).await.unwrap_or_default();
            self.runs().earlier.0.update(|earlier| {
                earlier.retain(|head| !ids.contains(&head.id));
                earlier.extend(heads);
            });
        });
    }
}

impl Form {
    /// Another run of this form, which the person has chosen.
    pub fn choose_run(self, id: String) {
        self.with_run(id, move |id| {
            if let Some(run) = untrack(|| self.console.runs().get(&id)) {
                self.select_retryable(&run);
                self.show_run(id);
                self.take_in(&run);
                // The button that was pressed is gone.
                focus::soon_beneath(RESULT_ID, STICKING);
            }
        });
    }

    /// Fills the form of the inverse with what another run of this form has done.
    pub fn undo_run(self, id: String) {
        self.with_run(id, move |run| self.console.happen(Event::UndoAsked { run }));
    }

    fn with_run(self, id: String, act: impl FnOnce(String) + 'static) {
        task::spawn(async move {
            self.console.read_run(&id).await;
            match untrack(|| self.console.runs().get(&id)) {
                Some(_) => act(id),
                // It was deleted meanwhile, in another tab.
                None => self.set_notice(Some(Notice::NoRun(None))),
            }
        });
    }
}
