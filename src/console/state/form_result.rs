//! The result beneath a form: which run it is of, and what of it is seen before the later part of
//! the page has come.

use super::form_files::Transfer;
use super::token::Sent;
use super::{Console, Form, GO_ON, SEND_ID, ShownRun};
use crate::browser::{focus, task};
use crate::lazy::lazy;
use crate::selection::Selection;
use crate::watch::watch;
use formsmith_api::outcome::{Outcome, Standing};
use formsmith_api::retry::Reason;
use formsmith_api::secret::withheld;
use formsmith_run::{Event, Phase, Run};
use formsmith_words::{self as words, Verdict};
use leptos::prelude::*;
use std::sync::Arc;

/// What goes on between the press of the button and the result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Underway {
    /// From 1, since the person pressed the button.
    pub attempt: usize,
    pub step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// What sending takes is awaited.
    Opening,
    /// The file that is to be sent is read, so much of it by now.
    Reading { percent: u32 },
    /// A file is on its way, and the answer to it is awaited.
    Sending,
    /// The answer to the attempt is awaited.
    Answer,
    /// The answer arrives and is written to a file: how many bytes, of how many.
    Receiving { done: u64, total: Option<u64> },
    /// The attempt begins in so many seconds.
    Pause { reason: Reason, seconds: u32 },
}

/// A run, and how many results it has: what tells one drawing of a result from another.
pub type ResultKey = (String, u64);

/// Which run a form shows, and what of it is seen.
#[derive(Clone, Copy)]
pub(super) struct FormResult {
    run: RwSignal<Option<String>>,
    /// The rows of its batch that are selected.
    selection: Selection,
    underway: RwSignal<Option<Underway>>,
    /// None while the first answer is awaited.
    key: RwSignal<Option<ResultKey>>,
    verdict: RwSignal<Option<Verdict>>,
    dismissed: RwSignal<Option<ResultKey>>,
    /// Is the form one line, because it holds what was sent?
    is_folded: RwSignal<bool>,
    is_followed: StoredValue<bool>,
}

impl FormResult {
    pub fn new() -> Self {
        Self {
            run: RwSignal::new(None),
            selection: Selection::new(Vec::new()),
            underway: RwSignal::new(None),
            key: RwSignal::new(None),
            verdict: RwSignal::new(None),
            dismissed: RwSignal::new(None),
            is_folded: RwSignal::new(false),
            is_followed: StoredValue::new(false),
        }
    }
}

impl Console {
    /// Opens the form that the address names, if it was sent and is one line.
    pub fn open_sent_form(self) {
        if let Some(form) = untrack(move || self.form()) {
            form.unfold();
        }
    }
}

impl Form {
    /// What goes on between the press of the button and the result.
    pub fn underway(self) -> Option<Underway> {
        let opening = Underway {
            attempt: 1,
            step: match self.press.percent() {
                Some(percent) => Step::Reading { percent },
                None => Step::Opening,
            },
        };
        let opening = self.press.is_opening().then_some(opening);
        opening.or_else(|| {
            let underway = self.result.underway.get()?;
            let step = match (underway.step, self.files.transfer()) {
                (Step::Answer, Some(Transfer::Up)) => Step::Sending,
                (Step::Answer, Some(Transfer::Down { done, total })) => {
                    Step::Receiving { done, total }
                }
                (step, _) => step,
            };
            Some(Underway { step, ..underway })
        })
    }

    pub fn is_sending(self) -> bool {
        self.underway().is_some()
    }

    /// The result to draw.
    pub fn result_key(self) -> Option<ResultKey> {
        self.result.key.get()
    }

    /// The verdict to show: none while the first answer is awaited.
    pub fn verdict(self) -> Option<Verdict> {
        self.result.verdict.get()
    }

    /// Did the person close the verdict as it is now?
    pub fn is_dismissed(self) -> bool {
        let dismissed = self.result.dismissed.get();
        dismissed.is_some() && dismissed == self.result.key.get()
    }

    pub fn dismiss_result(self) {
        let now = self.result.key.get_untracked();
        self.result.dismissed.set(now);
    }

    /// Is the form one line beneath its result? Where the two stand beside each other it shows all the
    /// same.
    pub fn is_folded(self) -> bool {
        self.result.is_folded.get()
    }

    pub(super) fn unfold(self) {
        if self.result.is_folded.get_untracked() {
            self.result.is_folded.set(false);
        }
    }

    /// Opens the form that was sent, and goes to its first field.
    pub fn edit_sent(self) {
        self.unfold();
        let first = "form [role=tabpanel]:not([hidden]) :is(input, select, textarea)";
        focus::soon_selected(first.to_owned(), SEND_ID.to_owned());
    }

    /// The form takes in what came of a run that it shows: it folds if it holds what was sent. After
    /// an error of the service, and without an answer, there may be something to change in it.
    pub(super) fn take_in(self, run: &Run) {
        self.place_row_outcomes(run);
        let answer = run.last().and_then(|attempt| attempt.answer());
        let has_come = answer.is_some_and(|answer| match answer.outcome() {
            Some(outcome) => !matches!(outcome, Outcome::Error(_) | Outcome::NotUnderstood(_)),
            None => run.standing != Standing::Failed,
        });
        let is_as_sent = || untrack(move || self.input()) == run.input;
        if has_come && is_as_sent() {
            self.result.is_folded.set(true);
        } else {
            self.unfold();
        }
    }

    /// The person no longer waits. What was awaited is taken all the same if it comes.
    pub fn stop_waiting(self) {
        if self.press.stop() {
            focus::soon_on_first(GO_ON);
        } else {
            // Whatever goes on by now came with the later part.
            self.tell_machine(|run| Event::Stopped { run });
        }
    }

    /// Chooses the region that the service has named, and goes to the button that sends.
    pub fn turn_to_region(self, region: String) {
        self.console.announce(words::region_chosen(&region));
        self.console.choose_region(region);
        self.unfold();
        focus::soon(SEND_ID);
    }

    /// Sends what the history can't keep, now and as long as the page lives.
    pub fn send_without_history(self) {
        self.set_notice(None);
        self.tell_machine(|run| Event::WentWithout { run });
    }

    fn tell_machine(self, event: fn(String) -> Event) {
        if let Some(run) = self.result.run.get_untracked() {
            task::spawn(async move {
                let _ = happen(self, event, run).await;
            });
        }
    }

    pub(super) fn shows_any_run(self) -> bool {
        self.result.run.with_untracked(Option::is_some)
    }

    /// Hides the result, and gives the run that it was of.
    pub(super) fn hide_run(self) -> Option<String> {
        let hidden = self.result.run.get_untracked();
        if hidden.is_some() {
            self.unfold();
            self.result.run.set(None);
        }
        hidden
    }

    /// The rows of the shown batch that are selected.
    pub(super) fn selection(self) -> Selection {
        self.result.selection
    }

    /// Is it this run that stands beneath the form?
    pub(super) fn shows(self, run: &str) -> bool {
        let shown = self.result.run;
        shown.with_untracked(|shown| shown.as_deref() == Some(run))
    }

    /// The run whose result stands beneath the form.
    pub fn run(self) -> Option<Arc<Run>> {
        let runs = self.console.runs();
        self.result.run.with(|id| runs.get(id.as_ref()?))
    }

    /// The same, to be drawn.
    pub fn shown(self) -> Option<ShownRun> {
        let run = self.run()?;
        Some(ShownRun::new(self.console, &run, Some(self)))
    }

    /// The run that was shown before shows again.
    pub(super) fn show_again(self, run: String) {
        task::spawn(async move {
            // What was shown came with the later part.
            let _ = show(self, run).await;
        });
    }

    /// From now on this run shows. One that has just begun has spent the tokens of its input.
    pub(super) fn show_run(self, id: String) {
        self.follow_run();
        let run = untrack(|| self.console.runs().get(&id));
        if let Some(run) = run.filter(|run| run.attempts.is_empty()) {
            self.tokens.spend(Some(Sent {
                stored: withheld(self.model, self.operation, &run.input),
                input: run.input.clone(),
            }));
            self.reset.clear_undoes();
            self.drop_undo_notice();
            self.store_draft();
        }
        if !self.shows(&id) {
            self.result.run.set(Some(id));
        }
    }

    /// The rows that most people want to send again are selected.
    pub(super) fn select_retryable(self, run: &Run) {
        let rows = run.rows.as_ref();
        let rows = rows.map(|rows| rows.places(|result| result.is_retryable()));
        self.result.selection.set(rows.unwrap_or_default());
    }

    /// What is seen here follows the run that is shown, and the review.
    pub(super) fn follow_run(self) {
        let result = self.result;
        if result.is_followed.get_value() {
            return;
        }
        result.is_followed.set_value(true);
        let underway = Memo::new(move |_| self.underway_now());
        self.console.permanent(move || {
            watch(move || result.underway.set(underway.get()));
            watch(move || {
                let run = self.run().filter(|run| run.last().is_some());
                let key = run.as_ref().map(|run| (run.id.clone(), run.results));
                if result.key.with_untracked(|now| *now != key) {
                    result.key.set(key);
                }
                let verdict = run.map(|run| words::verdict(Some(run.op), &run.verdict()));
                if result.verdict.with_untracked(|now| *now != verdict) {
                    result.verdict.set(verdict);
                }
            });
        });
    }

    fn underway_now(self) -> Option<Underway> {
        let run = self.run()?;
        let step = match &run.phase {
            Phase::Settled | Phase::HeldBack { .. } => return None,
            Phase::Storing { .. } | Phase::Waiting { .. } => Step::Answer,
            Phase::Pausing {
                until_ms, reason, ..
            } => Step::Pause {
                reason: *reason,
                seconds: in_seconds(until_ms - self.console.runs().ticked_ms()),
            },
        };
        Some(Underway {
            attempt: run.attempt_number()?,
            step,
        })
    }
}

lazy! {
    fn happen(form: Form, event: fn(String) -> Event, run: String) =
        form.console.happen(event(run));
}
lazy! { fn show(form: Form, run: String) = form.show_run(run); }

/// Whole seconds, as a person counts them down.
pub(super) fn in_seconds(ms: f64) -> u32 {
    (ms / 1000.0).ceil().max(1.0) as u32
}
