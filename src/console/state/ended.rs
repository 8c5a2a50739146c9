//! What came of a run is shown and told, wherever the person is.

use super::run::Run;
use super::{Form, RESULT_ID};
use crate::browser::{focus, task};
use crate::text;
use formsmith_api::outcome::{Outcome, RowResult};
use leptos::prelude::*;
use std::sync::Arc;

impl Form {
    /// Shows what came of a run, wherever the person is.
    pub(super) fn finish(self, run: Run) {
        self.underway.set(None);
        self.keep_ended(&run);
        let verdict = text::verdict(self.model, self.operation, &run).sentence();
        self.show(Arc::new(run));
        // Who has gone to another operation is told, and not torn away from there.
        self.tell(&verdict);
        if self.is_open() {
            focus::soon(RESULT_ID);
        }
    }

    /// Says something about this form; elsewhere with its operation's name.
    pub(super) fn tell(self, sentence: &str) {
        self.console.announce(match self.is_open() {
            true => sentence.to_owned(),
            false => text::elsewhere(&self.operation.title(), sentence),
        });
    }

    /// Is the person here?
    pub(super) fn is_open(self) -> bool {
        untrack(move || self.console.form())
            .is_some_and(|form| std::ptr::eq(form.operation, self.operation))
    }

    /// Puts a run in the place of the one that is shown, and looks at what it did.
    pub(super) fn show(self, run: Arc<Run>) {
        let (console, target) = (self.console, run.target);
        let is_refused = run
            .last()
            .is_some_and(|attempt| matches!(&attempt.result, Err(_) | Ok((_, Outcome::Error(_)))));
        let retryable = run
            .rows
            .as_ref()
            .map(|rows| rows.places(RowResult::is_retryable));
        self.selected.set(retryable.unwrap_or_default());
        self.follow_run(&run);
        self.bring_home(&run);
        self.run.set(Some(run.clone()));
        task::spawn(async move {
            self.read_back(run).await;
            if is_refused && !target.is_sandbox() {
                // Credentials may have expired, or be another's by now.
                console.ask_identity().await;
            }
        });
    }

    /// What came of the last run.
    pub fn run(self) -> Option<Arc<Run>> {
        self.run.get()
    }

    /// Did the person close the verdict on this run?
    pub fn is_dismissed(self, number: u32) -> bool {
        self.dismissed.get() == number
    }

    pub fn dismiss_result(self, number: u32) {
        self.dismissed.set(number);
    }
}
