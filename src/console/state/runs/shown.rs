//! A run as the page shows it: beside its form, or on its own page.

use super::Runs;
use crate::browser::focus;
use crate::selection::Selection;
use crate::state::form_result::in_seconds;
use crate::state::{Console, Form, WAITING_ID};
use formsmith_run::{Ask, Event, OperationRef, Run};
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy)]
pub struct ShownRun {
    pub console: Console,
    pub op: OperationRef,
    /// The form it was sent from, where it is beside it.
    pub form: Option<Form>,
    /// The rows of a batch that are selected.
    pub selection: Selection,
    id: StoredValue<String>,
}

impl ShownRun {
    pub fn new(console: Console, run: &Run, form: Option<Form>) -> Self {
        Self {
            console,
            op: run.op,
            form,
            // What is selected beside the form outlives the view.
            selection: form.map_or_else(|| Selection::new(retryable(run)), Form::selection),
            id: StoredValue::new(run.id.clone()),
        }
    }

    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// As it is now; nothing where it is no longer shown, which what comes later may ask. Views of
    /// parts of it go by memos.
    pub fn run(self) -> Option<Arc<Run>> {
        let runs: Runs = self.console.runs();
        self.id.try_with_value(|id| runs.get(id)).flatten()
    }

    /// Sends these rows of a batch again, or the whole of another operation, as a further attempt;
    /// after a review like any change.
    pub fn send_again(self, rows: Vec<usize>) {
        if let Some(form) = self.form {
            form.set_notice(None);
        }
        let run = self.id();
        self.console.happen(Event::AskedAgain { run, rows });
    }

    /// Loads so many more pages of what was listed, into the same answer.
    pub fn load_pages(self, most: usize) {
        let run = self.id();
        self.console.happen(Event::PagesAsked { run, most });
    }

    pub fn stop_pages(self) {
        let run = self.id();
        self.console.happen(Event::PagesStopped { run });
    }

    /// Asks for the next page as a run of its own: of what is not read without the person's consent.
    pub fn next_page(self) {
        let run = untrack(move || self.run());
        let Some((run, input)) = run.and_then(|run| Some((run.clone(), run.next_page()?))) else {
            return;
        };
        self.console.happen(Event::Asked(Box::new(Ask {
            op: run.op,
            place: run.place.clone(),
            input,
            is_reviewed: false,
            undoes: None,
            account: None,
            waits: None,
        })));
    }

    /// Fills the form of the inverse with what the run has done, and opens its review.
    pub fn undo(self) {
        let run = self.id();
        self.console.happen(Event::UndoAsked { run });
    }

    /// The person no longer wants what it has started polled.
    pub fn stop_follow(self) {
        let run = self.id();
        self.console.happen(Event::FollowStopped { run });
    }

    pub fn resume_follow(self) {
        let run = self.id();
        self.console.happen(Event::FollowResumed { run });
    }

    /// The person no longer waits until something is so.
    pub fn stop_wait(self) {
        let run = self.id();
        self.console.happen(Event::WaitStopped { run });
    }

    pub fn resume_wait(self) {
        let run = self.id();
        self.console.happen(Event::WaitResumed { run });
        // The button that was pressed has given way to its counterpart.
        let last = format!("#{WAITING_ID} > .button:last-child");
        focus::soon_selected(last, WAITING_ID.to_owned());
    }

    /// In so many seconds it is asked again whether something is so, if that is known.
    pub fn next_question(self) -> Option<u32> {
        let next_ms = self.run()?.wait.as_ref()?.next_ms?;
        Some(in_seconds(next_ms - self.console.runs().ticked_ms()))
    }

    /// What `read` gives, and again when that is something else.
    pub fn part<T: PartialEq + Clone + Send + Sync + 'static>(
        self,
        read: fn(&Run) -> T,
    ) -> Memo<Option<T>> {
        Memo::new(move |_| self.run().map(|run| read(&run)))
    }
}

/// What may be done then is what most people want to send again.
fn retryable(run: &Run) -> Vec<usize> {
    let rows = run.rows.as_ref();
    rows.map(|rows| rows.places(|result| result.is_retryable()))
        .unwrap_or_default()
}
