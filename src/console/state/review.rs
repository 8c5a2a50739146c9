//! The person's look at what is about to change real resources, and their word on it.

use super::run::Run;
use super::{CHECK_REVIEWED_ID, Form, Identity, REVIEWED_ID, SEND_ID};
use crate::browser::{focus, task};
use crate::text;
use formsmith_api::http::HttpRequest;
use formsmith_api::protocol;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A request ready to be sent, with the input it was made of.
#[derive(Debug, Clone)]
pub struct Request {
    pub input: Value,
    pub region: String,
    pub http: HttpRequest,
    /// The rows of a batch that are sent; all where it says none.
    pub rows: Option<Vec<usize>>,
    /// The run of which this is a further attempt.
    pub of: Option<Arc<Run>>,
    /// Whose resources the run has changed that this goes on with, or takes back.
    pub account: Option<String>,
}

/// What a person looks at before it is sent.
#[derive(Clone, Copy)]
pub(super) struct Review {
    is_open: RwSignal<bool>,
    /// This very request is what is confirmed, and what is sent then.
    request: StoredValue<Option<Request>>,
    /// Whose resources it would change, as told since the review opened.
    identity: RwSignal<Option<Identity>>,
    is_asking: RwSignal<bool>,
}

impl Review {
    pub fn new() -> Self {
        Self {
            is_open: RwSignal::new(false),
            request: StoredValue::new(None),
            identity: RwSignal::new(None),
            is_asking: RwSignal::new(false),
        }
    }
}

impl Form {
    /// The request of an input.
    pub(super) fn request(self, input: Value, region: String) -> Option<Request> {
        match protocol::request(self.model, self.service, self.operation, &input) {
            Ok(http) => Some(Request {
                input,
                region,
                http,
                rows: None,
                of: None,
                account: None,
            }),
            Err(error) => {
                self.refuse(error.to_string());
                None
            }
        }
    }

    pub(super) fn open_review(self, request: Request) {
        self.review.request.set_value(Some(request));
        self.review.identity.set(None);
        if !untrack(move || self.console.target()).is_sandbox() {
            self.check_reviewed();
        }
        self.console.elsewhere.close();
        self.review.is_open.set(true);
    }

    /// Asks whose resources the reviewed request would change.
    pub fn check_reviewed(self) {
        // Only the last answer counts; no two forms are reviewed at a time.
        static ASKED: AtomicU32 = AtomicU32::new(0);
        let number = ASKED.fetch_add(1, Relaxed) + 1;
        let review = self.review;
        review.is_asking.set(true);
        task::spawn(async move {
            let identity = self.console.ask_identity().await;
            if ASKED.load(Relaxed) != number {
                return;
            }
            if identity.is_none() {
                // What would answer is no longer AWS: this is another question.
                return self.close_review();
            }
            let was_pressed = focus::is_at(CHECK_REVIEWED_ID);
            review.is_asking.set(false);
            review.identity.set(identity);
            // The button may have gone; the one that sends is not where the next press lands.
            if was_pressed {
                focus::soon_selected(format!("#{CHECK_REVIEWED_ID}"), REVIEWED_ID.to_owned());
            }
        });
    }

    pub fn is_reviewed(self) -> bool {
        self.review.is_open.get()
    }

    pub fn reviewed_request(self) -> Option<Request> {
        self.review.request.get_value()
    }

    pub fn reviewed_identity(self) -> Option<Identity> {
        self.review.identity.get()
    }

    /// Is the proxy's word on the identity awaited?
    pub fn is_review_asking(self) -> bool {
        self.review.is_asking.get()
    }

    /// Nothing of what is under review is sent.
    pub fn close_review(self) {
        self.review.is_open.set(false);
    }

    /// The person goes back to the form. What opened the review may be gone by now.
    pub fn cancel_review(self) {
        self.close_review();
        focus::soon_if_lost(SEND_ID);
    }

    /// The person has read the review and agrees.
    pub fn confirm_review(self) {
        let review = self.review;
        if untrack(move || self.console.target()).is_sandbox() {
            if let Some(request) = review.request.get_value() {
                review.is_open.set(false);
                self.send(request, None);
            }
            return;
        }
        let identity = untrack(move || review.identity.get());
        let label = identity.as_ref().and_then(Identity::label);
        let is_told = untrack(move || review.is_open.get() && !review.is_asking.get());
        if let Some(label) = label.filter(|_| is_told)
            && let Some(request) = review.request.get_value()
        {
            review.is_open.set(false);
            let now = untrack(move || self.console.account());
            if request.account.is_some() && now.is_some() && request.account != now {
                return self.refuse(text::OTHER_ACCOUNT.into());
            }
            self.send(request, Some(label.to_owned()));
        }
    }
}
