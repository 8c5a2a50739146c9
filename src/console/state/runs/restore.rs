//! Goes on with stored runs after a reload, a killed tab, or a restart of the browser.

use super::lock;
use crate::browser::{clock, database, focus, task};
use crate::lazy::lazy;
use crate::state::history::{index, store};
use crate::state::{Console, Form};
use crate::watch::watch;
use formsmith_run::{Event, OperationRef, Run};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Between one try to go on after a reload and the next.
pub(super) const AGAIN_AFTER_MS: f64 = 10_000.0;

/// Is there anything in the browser's database?
#[derive(Clone, Copy)]
pub(in crate::state) struct HasStored(StoredValue<bool>);

impl HasStored {
    pub fn new() -> Self {
        Self(StoredValue::new(false))
    }
}

/// The run that the form of an operation (`service/Operation`) showed last, and others of that
/// form, as they were stored when the page began.
#[derive(Clone, Copy)]
pub(super) struct LastShown(StoredValue<BTreeMap<String, Vec<Option<String>>>>);

impl LastShown {
    pub fn new() -> Self {
        Self(StoredValue::new(BTreeMap::new()))
    }
}

impl Form {
    /// The last run of this form shows again, if there is one.
    pub(in crate::state) fn restore_last(self) {
        if self.console.has_stored.0.get_value() {
            task::spawn(async move {
                // Without the lazy part the page tries again by itself, with all forms.
                let _ = restore_last(self).await;
            });
        }
    }

    fn restore(self) {
        let (service, operation) = (&self.service.name, self.operation.name());
        let key = format!("{service}/{operation}");
        let shown = self.console.runs().last_shown;
        let last = shown.0.with_value(|last| last.get(&key).cloned());
        let last = last.unwrap_or_default();
        // Who has sent meanwhile sees that.
        if let Some(Some(id)) = last.first()
            && !self.shows_any_run()
        {
            self.console.restore_run_of(id.clone());
            self.show_run(id.clone());
        }
        let others: Vec<String> = last.into_iter().flatten().collect();
        if !others.is_empty() {
            self.console.list_earlier(others);
        }
    }

    /// The form shows no run any more, also after a reload.
    pub(in crate::state) fn forget_last(self) {
        task::spawn(async move {
            // What is shown came with the lazy part.
            let _ = forget_last(self).await;
        });
    }
}

impl Console {
    /// Goes on with the runs that are under way, whatever page is open; each form shows the run
    /// that it showed before.
    pub(in crate::state) async fn restore_stored(self) {
        if database::exists().await {
            self.has_stored.0.set_value(true);
            // What does not come now may come when the host can be reached again.
            while restore_index(self).await.is_err() {
                clock::pause(AGAIN_AFTER_MS).await;
            }
        }
    }

    fn take_up_index(self) {
        task::spawn(async move {
            // Where nothing can be read there is nothing to take up.
            let stored = index::index().await.unwrap_or_default();
            self.runs().last_shown.0.set_value(stored.last);
            for id in stored.open {
                self.restore_run_of(id);
            }
            let forms = self.navigation.forms();
            forms.into_iter().for_each(Form::restore);
        });
    }

    /// The form of a run that has a page of its own shows after a reload, too, what it shows now.
    pub(super) async fn keep_shown(self, run: &str) {
        let Some(op) = untrack(|| self.runs().get(run)).map(|run| run.op) else {
            return;
        };
        if !self.has_own_page(op, run) {
            return;
        }
        let (service, operation) = (&op.service.name, op.operation.name());
        let shown = self
            .form_of(op)
            .and_then(|form| untrack(move || form.run()));
        let shown = shown.map(|run| run.id.clone()).or_else(|| {
            let key = format!("{service}/{operation}");
            let last = self.runs().last_shown.0;
            last.with_value(|last| last.get(&key)?.first()?.clone())
        });
        // What can't be stored shows another run, which does no harm.
        let _ = index::show_last(service, operation, shown.as_deref()).await;
    }

    /// Reads a run, and acts for it from now on if no other tab does.
    pub fn restore_run_of(self, id: String) {
        task::spawn(async move { self.read_run(&id).await });
    }

    pub(super) async fn read_run(self, id: &str) {
        if untrack(|| self.runs().get(id)).is_some() {
            return;
        }
        let leads = lock::take(id).await;
        self.take_up(id, leads).await;
        if let Some(run) = untrack(|| self.runs().get(id)).filter(|run| !run.is_underway())
            && let Some(form) = self.form_of(run.op).filter(|form| form.shows(id))
        {
            match focus::is_within("form *") {
                // Somebody has begun to write meanwhile: the form doesn't fold beneath the hands.
                true => form.place_row_outcomes(&run),
                false => form.take_in(&run),
            }
        }
        if !leads {
            let id = id.to_owned();
            task::spawn(async move {
                if lock::wait(&id).await {
                    // The other tab has ended, and has stored what it knew.
                    self.take_up(&id, true).await;
                }
            });
        }
    }

    /// What another tab acts for is shown here as it is there.
    pub(super) fn follow_other_tabs(self) {
        watch(move || {
            self.history().track_changes();
            let runs = untrack(|| self.runs().all());
            // What was deleted may have been brought back.
            for run in runs.iter().filter(|run| !run.leads() || run.is_deleted) {
                let (id, leads) = (run.id.clone(), run.leads());
                task::spawn(async move { self.take_up(&id, leads).await });
            }
        });
    }

    async fn take_up(self, id: &str, leads: bool) {
        // What this page itself has to add comes first.
        self.runs().writer.idle().await;
        let Ok(Some(record)) = store::get(id).await else {
            return;
        };
        let (service, operation) = (&record.head.service, &record.head.operation);
        let Some(model) = self.load_model(service, operation).await else {
            return;
        };
        let op = OperationRef::find(model, service, operation);
        let run = op.and_then(|op| Run::restore(id, op, &record.facts(), record.next));
        if let Some(mut run) = run {
            run.undone = store::undone(id).await.unwrap_or_default();
            let run = Box::new(run);
            self.happen(Event::Restored { run, leads });
            let run = untrack(|| self.runs().get(id));
            let is_open = run.is_some_and(|run| {
                run.is_underway() || run.is_reading_back() || run.is_followed() || run.is_waiting()
            });
            if !is_open && leads {
                // There is nothing to take up the next time.
                let _ = store::close(id).await;
            }
        }
    }
}

lazy! { fn restore_index(console: Console) = console.take_up_index(); }
lazy! { fn restore_last(form: Form) = form.restore(); }
lazy! {
    fn forget_last(form: Form) = task::spawn(async move {
        let (service, operation) = (&form.service.name, form.operation.name());
        // What can't be forgotten shows again, which does no harm.
        let _ = index::show_last(service, operation, None).await;
    });
}
