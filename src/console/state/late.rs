//! An answer that comes when the person has stopped waiting for it.

use super::run::Run;
use super::send::{Pending, fresh_number};
use super::{Form, RESULT_ID, Request};
use crate::browser::{clock, focus};
use crate::text;
use crate::transport::TransportFailure;
use formsmith_api::http::HttpResponse;
use leptos::prelude::*;
use std::sync::Arc;

/// So long a further attempt may take to begin.
const PATIENCE: usize = 100;

impl Form {
    /// Takes it as what came of the attempt, whatever has followed since. Nothing is sent for it,
    /// and what another run shows stays.
    pub(super) async fn take_late(
        self,
        pending: Pending,
        answer: Result<HttpResponse, TransportFailure>,
    ) {
        // That none came tells no more than that nobody waited.
        if !matches!(answer, Ok(_) | Err(TransportFailure::Proxy(_))) {
            return;
        }
        let answered = self.with_answer(pending, answer);
        let Some((at, late)) = answered.attempts.iter().enumerate().next_back() else {
            return;
        };
        let (model, operation) = (self.model, self.operation);
        for _ in 0..PATIENCE {
            let shown = self.run.get_untracked().filter(|it| it.id == answered.id);
            let Some(shown) = shown else {
                break;
            };
            if untrack(move || self.is_sending()) {
                let is_taken = self.pending.try_update_value(|pending| {
                    let pending = pending.as_mut().filter(|it| it.run.id == answered.id);
                    pending.map(|it| it.run.take_late(model, operation, at, late.clone()))
                });
                if is_taken.flatten().is_some() {
                    // It shows with what comes of the attempt that is under way.
                    let verdict = text::attempt(model, operation, late);
                    return self.tell(&text::came_late(&verdict));
                }
                clock::pause(50.0).await;
                continue;
            }
            let mut run = Run {
                number: fresh_number(),
                ..(*shown).clone()
            };
            run.take_late(model, operation, at, late.clone());
            let run = Arc::new(run);
            self.withdraw(&run);
            // What has the focus there is drawn anew.
            if focus::is_within("#result, #result *") {
                focus::soon(RESULT_ID);
            }
            self.show(run.clone());
            return self.tell_late(&run).await;
        }
        self.tell_late(&answered).await;
    }

    async fn tell_late(self, run: &Run) {
        if self.keep_late(run).await {
            let verdict = text::verdict(self.model, self.operation, run);
            self.tell(&text::came_late(&verdict.sentence()));
        }
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
