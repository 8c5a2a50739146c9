//! From the button to the answer.

use super::form::FormView;
use super::{Exchange, Form, Life, RESULT_ID, Request, SUMMARY_ID, Target};
use crate::browser::{focus, task};
use crate::text;
use crate::transport::Consent;
use formsmith_api::draft::Finding;
use formsmith_api::outcome::{self, Outcome};
use leptos::prelude::*;
use serde_json::Value;

impl Form {
    /// Tries to send. Violations stop it and are summed up; `accept_warnings` is the person's
    /// "send anyway" for values the model doesn't know.
    pub fn submit(self, accept_warnings: bool) {
        if matches!(self.life.get_untracked(), Life::Sending { .. }) {
            return;
        }
        let json = self.json.get_untracked();
        if json.is_some_and(|json| json.mistake.is_some()) {
            return self.show_summary();
        }
        self.renew_spent_tokens();
        self.fill_tokens();
        let found = self.findings.get_untracked();
        let stops = |finding: &Finding| !finding.violation.is_warning() || !accept_warnings;
        if found.iter().any(stops) {
            self.shown
                .set(found.iter().map(|finding| finding.node).collect());
            return self.show_summary();
        }
        self.summary.set(false);
        self.notice.set(None);
        let Some(request) = self.request() else {
            return;
        };
        let is_harmless = self.operation.traits.readonly;
        if is_harmless || untrack(move || self.console.target()).is_sandbox() {
            self.send(request, None);
        } else {
            self.open_review(request);
        }
    }

    fn show_summary(self) {
        self.summary.set(true);
        // The summary has to be in the page before it can take focus.
        focus::soon(SUMMARY_ID);
    }

    pub fn is_summary_shown(self) -> bool {
        self.summary.get()
    }

    /// All violations, for the summary.
    pub fn findings(self) -> Vec<Finding> {
        self.findings.get()
    }

    /// Moves to a field, whichever view is open.
    pub fn go_to(self, control: String) {
        self.view.set(FormView::Fields);
        focus::soon(&control);
    }

    pub fn life(self) -> Life {
        self.life.get()
    }

    pub fn is_sending(self) -> bool {
        self.life.with(|life| matches!(life, Life::Sending { .. }))
    }

    /// Did the person close the verdict on this exchange?
    pub fn is_dismissed(self, number: u32) -> bool {
        self.dismissed.get() == number
    }

    pub fn dismiss_result(self, number: u32) {
        self.dismissed.set(number);
    }

    /// The answer is no longer wanted; whether there will have been one is not known.
    pub fn stop_waiting(self) {
        self.life.set(Life::Idle);
        self.console.announce(text::STOPPED);
    }

    /// The input as it would be sent now.
    pub fn input(self) -> Value {
        let model = self.model;
        self.draft.with(|draft| draft.to_json(model, draft.root()))
    }

    /// `reviewed` is the label of whose resources the person has agreed to change.
    pub(super) fn send(self, request: Request, reviewed: Option<String>) {
        let number = self.next_number();
        let target = untrack(move || self.console.target());
        self.sent.set_value(Some(request.input.clone()));
        self.life.set(Life::Sending { number });
        self.console.announce(text::SENDING);
        task::spawn(self.exchange(number, target, request, reviewed));
    }

    pub(super) fn next_number(self) -> u32 {
        static LAST: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        LAST.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1
    }

    fn is(self, other: Self) -> bool {
        std::ptr::eq(self.operation, other.operation)
    }

    async fn exchange(
        self,
        number: u32,
        target: Target,
        request: Request,
        reviewed: Option<String>,
    ) {
        let (console, operation) = (self.console, self.operation);
        let Request {
            input,
            region,
            http: request,
        } = request;
        let service = &self.service.endpoint_prefix;
        let transport = untrack(move || console.transport());
        let consent = match reviewed {
            Some(label) => Some(Consent::given(service, &region, &request, label).await),
            None => None,
        };
        let result = transport
            .send(service, &region, &request, consent.as_ref())
            .await
            .map(|response| {
                let (model, service) = (self.model, self.service);
                let outcome = outcome::outcome(model, service, operation, &input, &response);
                (response, outcome)
            });
        let is_waited_for = self
            .life
            .with_untracked(|life| matches!(life, Life::Sending { number: now } if *now == number));
        if !is_waited_for {
            return;
        }
        let exchange = Exchange {
            number,
            target,
            region,
            request,
            result,
        };
        let is_refused = matches!(&exchange.result, Err(_) | Ok((_, Outcome::Error(_))));
        let verdict = text::verdict(self.model, operation, &exchange).sentence();
        self.life.set(Life::Done(Box::new(exchange)));
        // Who has gone to another operation is told, and not torn away from there.
        if untrack(move || console.form()).is_some_and(|form| form.is(self)) {
            console.announce(verdict);
            focus::soon(RESULT_ID);
        } else {
            console.announce(text::elsewhere(&operation.title(), &verdict));
        }
        if is_refused && !target.is_sandbox() {
            // Credentials may have expired, or be another's by now.
            console.ask_identity().await;
        }
    }
}
