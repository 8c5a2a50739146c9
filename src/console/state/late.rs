//! An answer that comes when the person has stopped waiting for it.

use super::run::Run;
use super::send::{Pending, fresh_number};
use super::{Form, RESULT_ID, Request};
use crate::browser::{focus, task};
use crate::text;
use crate::transport::TransportFailure;
use formsmith_api::http::HttpResponse;
use leptos::prelude::*;
use std::sync::Arc;

impl Form {
    /// Takes it as what came of the attempt, unless the run has gone on since. Nothing is sent
    /// for it, and what another run shows stays.
    pub(super) fn take_late(
        self,
        pending: Pending,
        answer: Result<HttpResponse, TransportFailure>,
    ) {
        // That none came tells no more than that nobody waited.
        if !matches!(answer, Ok(_) | Err(TransportFailure::Proxy(_))) {
            return;
        }
        let run = Run {
            number: fresh_number(),
            ..self.with_answer(pending, answer)
        };
        let shown = self.run.get_untracked().filter(|shown| shown.id == run.id);
        let attempts = shown.as_ref().map(|shown| shown.attempts.len());
        let has_gone_on = attempts.is_some_and(|attempts| attempts != run.attempts.len())
            || shown.is_some() && untrack(move || self.is_sending());
        if has_gone_on {
            return;
        }
        let run = Arc::new(run);
        if shown.is_some() {
            self.withdraw(&run);
            // What has the focus there is drawn anew.
            if focus::is_within("#result, #result *") {
                focus::soon(RESULT_ID);
            }
            self.show(run.clone());
        }
        task::spawn(async move {
            if self.keep_late(&run).await {
                let verdict = text::verdict(self.model, self.operation, &run);
                let said = text::came_late(&verdict.sentence());
                self.console.announce(match self.is_open() {
                    true => said,
                    false => text::elsewhere(&self.operation.title(), &said),
                });
            }
        });
    }

    /// A further attempt that the person was asked about has lost its reason.
    fn withdraw(self, run: &Run) {
        let is_its = |request: Option<Request>| {
            let of = request.and_then(|request| request.of);
            of.is_some_and(|of| of.id == run.id)
        };
        if untrack(move || self.is_reviewed()) && is_its(self.reviewed_request()) {
            self.close_review();
            focus::soon(RESULT_ID);
        }
        if is_its(self.held_back.get_value()) {
            self.held_back.set_value(None);
            self.notice.set(None);
        }
    }
}
