//! From the button to the request.

use super::send::fresh_number;
use super::underway::{Step, Underway};
use super::{Form, Notice, Request};
use crate::browser::task;
use crate::later::{self, later};
use crate::text;
use formsmith_api::draft::Finding;
use leptos::prelude::*;
use serde_json::Value;

impl Form {
    /// Tries to send. Violations stop it and are summed up; `accept_warnings` is the person's
    /// "send anyway" for values the model doesn't know.
    pub fn submit(self, accept_warnings: bool) {
        if !self.is_ready(accept_warnings) {
            return;
        }
        self.notice.set(None);
        let number = fresh_number();
        self.underway.set(Some(Underway {
            number,
            attempt: 1,
            step: Step::Opening,
        }));
        let console = self.console;
        console.announce(text::LOADED_LATER.loading);
        let (input, region) = untrack(move || (self.input(), console.region()));
        let target = untrack(move || console.target());
        task::spawn(async move {
            let loaded = later::load().await;
            if !self.is_waited_for(number) {
                // The person stopped it.
                return;
            }
            self.underway.set(None);
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
        if let Some(request) = self.request(input, region) {
            self.send_or_review(request);
        }
    }

    /// Shows what would be sent, whoever would answer; for this account only, if there is one.
    pub(super) fn review_input(self, account: Option<String>) {
        if !self.is_ready(false) {
            return;
        }
        let region = untrack(move || self.console.region());
        let input = untrack(move || self.input());
        if let Some(request) = self.request(input, region) {
            self.open_review(Request { account, ..request });
        }
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

    /// What changes something in AWS is looked at first.
    pub(super) fn send_or_review(self, request: Request) {
        let is_harmless = self.operation.traits.readonly;
        if is_harmless || untrack(move || self.console.target()).is_sandbox() {
            self.send(request, None);
        } else {
            self.open_review(request);
        }
    }
}

later! { fn begin(form: Form, input: Value, region: String) = form.begin(input, region); }
