//! From the button to the request.

use super::{Form, Notice};
use crate::browser::task;
use crate::lazy::{self, lazy};
use formsmith_api::draft::Finding;
use formsmith_run::{Ask, Event, Identity, Phase, Place};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// Tells one press of the button from another.
static PRESSED: AtomicU32 = AtomicU32::new(0);

impl Form {
    /// Tries to send. Violations stop it and are summed up; `accept_warnings` is the person's
    /// "send anyway" for values the model doesn't know.
    pub fn submit(self, accept_warnings: bool) {
        if !self.is_ready(accept_warnings) {
            return;
        }
        self.notice.set(None);
        let number = PRESSED.fetch_add(1, Relaxed) + 1;
        self.opening.set(Some(number));
        let console = self.console;
        console.announce(words::part_loading());
        let (input, region) = untrack(move || (self.input(), console.region()));
        let target = untrack(move || console.target());
        task::spawn(async move {
            let loaded = lazy::load().await;
            if self.opening.get_untracked() != Some(number) {
                // The person stopped it.
                return;
            }
            self.opening.set(None);
            console.announce("");
            if loaded.is_err() {
                return self.tell_not_loaded();
            }
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
        self.ask(input, region, false, None);
    }

    /// Shows what would be sent, whoever would answer; for this account only, if there is one.
    pub(super) fn review_input(self, account: Option<String>) {
        if self.is_ready(false) {
            let region = untrack(move || self.console.region());
            let input = untrack(move || self.input());
            self.ask(input, region, true, account);
        }
    }

    fn ask(self, input: Value, region: String, is_reviewed: bool, account: Option<String>) {
        let console = self.console;
        let target = untrack(move || console.target());
        let identity = untrack(move || console.identity()).filter(|_| !target.is_sandbox());
        let known = |read: fn(&Identity) -> Option<&str>| {
            identity.as_ref().and_then(read).map(str::to_owned)
        };
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
                account: known(Identity::account),
                profile: known(Identity::label),
            },
            input,
            is_reviewed,
            undoes: self.undoes.get_value(),
            account,
        })));
    }

    /// Is there nothing wrong with the input? What is, is summed up.
    fn is_ready(self, accept_warnings: bool) -> bool {
        if untrack(move || self.is_sending()) {
            return false;
        }
        let json = self.json.get_untracked();
        if json.is_some_and(|json| json.mistake.is_some()) {
            self.show_summary();
            return false;
        }
        self.renew_spent_tokens();
        self.fill_tokens();
        let found = self.findings.get_untracked();
        let stops = |finding: &Finding| !finding.violation.is_warning() || !accept_warnings;
        if found.iter().any(stops) {
            self.shown
                .set(found.iter().map(|finding| finding.node).collect());
            self.show_summary();
            return false;
        }
        self.summary.set(false);
        true
    }
}

lazy! { fn begin(form: Form, input: Value, region: String) = form.begin(input, region); }
