//! From the button to the request.

use super::{Form, Notice};
use crate::browser::{focus, task};
use crate::lazy::{self, lazy};
use formsmith_api::draft::Finding;
use formsmith_run::{Ask, Event, Identity, Phase, Place, WaitFor};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// The control of a date and time that isn't complete.
const HALF_DATE: &str = ".calendar [aria-invalid]";

/// Tells one press of the button from another.
static PRESSED: AtomicU32 = AtomicU32::new(0);

#[derive(Clone, Copy)]
pub(super) struct Press {
    /// Set while the code that sends is loading; the number tells one press from another.
    opening: RwSignal<Option<u32>>,
    /// How much of the file that is to be sent has been read, in percent.
    percent: RwSignal<Option<u32>>,
}

impl Press {
    pub fn new() -> Self {
        Self {
            opening: RwSignal::new(None),
            percent: RwSignal::new(None),
        }
    }

    /// Is it still this press that is waited for?
    pub fn is(self, number: u32) -> bool {
        self.opening.get_untracked() == Some(number)
    }

    pub fn percent(self) -> Option<u32> {
        self.percent.get()
    }

    pub fn read(self, percent: f64) {
        self.percent.set(Some(percent as u32));
    }

    pub fn is_opening(self) -> bool {
        self.opening.get().is_some()
    }

    /// Cancels a press while the code that sends is loading; false if none is.
    pub fn stop(self) -> bool {
        let is_opening = self.opening.get_untracked().is_some();
        if is_opening {
            self.opening.set(None);
            self.percent.set(None);
        }
        is_opening
    }
}

impl Form {
    /// Tries to send. Violations stop it and are summed up; `accept_warnings` is the person's
    /// "send anyway" for values the model doesn't know.
    pub fn submit(self, accept_warnings: bool) {
        if !self.is_ready(accept_warnings) {
            return;
        }
        self.set_notice(None);
        let number = PRESSED.fetch_add(1, Relaxed) + 1;
        self.press.opening.set(Some(number));
        let console = self.console;
        console.announce(words::part_loading());
        let (input, region) = untrack(move || (self.input(), console.region()));
        let choice = untrack(move || console.target_choice());
        let target = choice.target;
        task::spawn(async move {
            let loaded = lazy::load().await;
            if !self.press.is(number) {
                // The person stopped it.
                return;
            }
            let input = match loaded.is_ok() && self.file(&input).is_some() {
                true => self.with_digests(input, number).await,
                false => Some(input),
            };
            if !self.press.is(number) {
                return;
            }
            self.press.stop();
            console.announce("");
            if loaded.is_err() {
                return self.tell_not_loaded();
            }
            let Some(input) = input else { return };
            // Who has gone on to something else would find it done, or a review open, unasked.
            if !self.is_open() || untrack(move || console.target()) != target {
                return self.tell_undone(Notice::Left);
            }
            if begin(self, input, region).await.is_err() {
                self.tell_not_loaded();
            }
        });
    }

    fn begin(self, input: Value, region: String) {
        self.keep_used_settings();
        self.ask(input, region, false, None, None);
    }

    /// Shows what would be sent, whoever would answer; for this account only, if there is one.
    pub(super) fn review_input(self, account: Option<String>) {
        if self.is_ready(false) {
            let region = untrack(move || self.console.region());
            let input = untrack(move || self.input());
            self.ask(input, region, true, account, None);
        }
    }

    /// Sends it until what is waited for is so.
    pub fn wait(self, waits: WaitFor) {
        task::spawn(async move {
            if wait(self, waits).await.is_err() {
                self.tell_not_loaded();
            }
        });
    }

    fn begin_wait(self, waits: WaitFor) {
        if self.is_ready(false) {
            self.set_notice(None);
            let region = untrack(move || self.console.region());
            let input = untrack(move || self.input());
            self.ask(input, region, false, None, Some(waits));
        }
    }

    fn ask(
        self,
        input: Value,
        region: String,
        is_reviewed: bool,
        account: Option<String>,
        waits: Option<WaitFor>,
    ) {
        let console = self.console;
        let choice = untrack(move || console.target_choice());
        let target = choice.target;
        let identity = untrack(move || console.identity()).filter(|_| !target.is_sandbox());
        let known = identity.as_ref().and_then(Identity::account);
        let known = known.map(str::to_owned);
        self.follow_run();
        let shown = untrack(move || self.run());
        if let Some(run) = shown.filter(|run| matches!(run.phase, Phase::HeldBack { .. })) {
            // What is in the form now is what is sent.
            let run = run.id.clone();
            console.happen(Event::Stopped { run });
        }
        console.happen(Event::Asked(Box::new(Ask {
            op: self.op(),
            place: Place {
                target,
                region,
                account: known,
                profile: choice.profile,
                endpoint: untrack(move || console.endpoint()).filter(|_| !target.is_sandbox()),
            },
            input,
            is_reviewed,
            undoes: self.reset.undoes(),
            account,
            waits,
        })));
    }

    /// Is there nothing wrong with the input? What is, is summed up.
    fn is_ready(self, accept_warnings: bool) -> bool {
        if untrack(move || self.is_sending()) {
            return false;
        }
        if untrack(move || self.json_mistake()).is_some() {
            self.show_summary();
            return false;
        }
        // A date that is half written stands in no field yet.
        if focus::at_first(HALF_DATE) {
            return false;
        }
        self.renew_spent_tokens();
        self.fill_tokens();
        let found = untrack(move || self.findings());
        let stops = |finding: &Finding| !finding.violation.is_warning() || !accept_warnings;
        if found.iter().any(stops) {
            let nodes = found.iter().map(|finding| finding.node);
            self.violations.show_only(nodes.collect());
            self.show_summary();
            return false;
        }
        self.violations.close_summary();
        true
    }
}

lazy! { fn wait(form: Form, waits: WaitFor) = form.begin_wait(waits); }
lazy! { fn begin(form: Form, input: Value, region: String) = form.begin(input, region); }
