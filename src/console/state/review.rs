//! What is under review, and what the person does with it.

use super::{Console, GO_ON};
use crate::browser::{focus, task};
use crate::lazy::lazy;
use formsmith_run::{Event, Review};
use leptos::prelude::*;
use std::sync::Arc;

/// Is anything under review? The review itself is in the lazy part.
#[derive(Clone, Copy)]
pub(super) struct UnderReview(RwSignal<bool>);

impl UnderReview {
    pub fn new() -> Self {
        Self(RwSignal::new(false))
    }

    pub fn set(self, is_reviewed: bool) {
        self.0.set(is_reviewed);
    }
}

impl Console {
    /// Is anything under review?
    pub fn is_reviewed(self) -> bool {
        self.under_review.0.get()
    }

    pub fn review(self) -> Option<Arc<Review>> {
        self.runs().review()
    }

    /// Is the proxy's word awaited?
    pub fn is_review_asking(self) -> bool {
        self.review().is_some_and(|review| review.is_asking)
    }

    /// Asks the proxy again what it would do with the reviewed request, and in whose name.
    pub fn renew_review(self) {
        self.happen(Event::ReviewRenewed);
    }

    /// Nothing of what is under review is sent.
    pub(super) fn close_review(self) {
        if self.under_review.0.get_untracked() {
            task::spawn(async move {
                // What is open came with the lazy part.
                let _ = close(self).await;
            });
        }
    }

    /// The person goes back. What opened the review may be gone by now.
    pub fn cancel_review(self) {
        self.happen(Event::ReviewClosed);
        focus::soon_on_first_if_lost(GO_ON);
    }

    /// The person has read the review and agrees.
    pub fn confirm_review(self) {
        self.happen(Event::Agreed);
    }
}

lazy! { fn close(console: Console) = console.happen(Event::ReviewClosed); }
