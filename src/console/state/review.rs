//! The person's look at what is about to change real resources, and their word on it.

use super::run::Run;
use super::{CHECK_REVIEWED_ID, Form, Proposal, REVIEWED_ID, SEND_ID, TransportFailure};
use crate::browser::{focus, task};
use crate::later::later;
use crate::text;
use formsmith_api::http::HttpRequest;
use formsmith_api::protocol;
use formsmith_api::retry::ATTEMPTS;
use formsmith_wire::Code;
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
    /// What the proxy makes of it, as told since the review opened, or why it would refuse it.
    proposal: RwSignal<Option<Result<Proposal, TransportFailure>>>,
    /// Why there is another proposal than the one that was confirmed.
    anew: RwSignal<Option<TransportFailure>>,
    is_asking: RwSignal<bool>,
}

impl Review {
    pub fn new() -> Self {
        Self {
            is_open: RwSignal::new(false),
            request: StoredValue::new(None),
            proposal: RwSignal::new(None),
            anew: RwSignal::new(None),
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
        self.review.anew.set(None);
        self.propose(None);
        if !untrack(move || self.console.target()).is_sandbox() {
            self.check_reviewed();
        }
        self.console.elsewhere.close();
        self.review.is_open.set(true);
    }

    /// Asks the proxy what it would do with the reviewed request, and in whose name.
    pub fn check_reviewed(self) {
        let Some(request) = self.review.request.get_value() else {
            return;
        };
        let review = self.review;
        let number = begin_asking();
        review.is_asking.set(true);
        task::spawn(async move {
            let told = self.proposal(&request).await;
            let identity = match &told {
                Ok(proposal) => Some(proposal.identity.clone()),
                // Why not may be that something has changed, which the page's head tells too.
                Err(_) => self.console.ask_identity().await,
            };
            if is_over(number) {
                return told
                    .into_iter()
                    .for_each(|unread| self.withdraw_proposal(unread));
            }
            if identity.is_none() {
                // What would answer is no longer AWS: this is another question.
                return self.close_review();
            }
            if let Ok(proposal) = &told {
                self.console.learn_identity(proposal.identity.clone());
            }
            let was_pressed = focus::is_at(CHECK_REVIEWED_ID);
            review.is_asking.set(false);
            self.propose(Some(told));
            // The button may have gone; the one that sends is not where the next press lands.
            if was_pressed {
                focus::soon_selected(format!("#{CHECK_REVIEWED_ID}"), REVIEWED_ID.to_owned());
            }
        });
    }

    async fn proposal(self, request: &Request) -> Result<Proposal, TransportFailure> {
        let session = self.console.session;
        session.opened().await;
        let token = session.token.get_value();
        let service = &self.service.endpoint_prefix;
        let (region, http) = (&request.region, &request.http);
        Proposal::of(token.as_deref(), service, region, http, ATTEMPTS)
            .await
            .map_err(|why| session.explained(why))
    }

    pub fn is_reviewed(self) -> bool {
        self.review.is_open.get()
    }

    pub fn reviewed_request(self) -> Option<Request> {
        self.review.request.get_value()
    }

    /// What the proxy makes of it, or why it would refuse it; nothing while it is asked.
    pub fn reviewed_proposal(self) -> Option<Result<Proposal, TransportFailure>> {
        self.review.proposal.get()
    }

    /// Why what was confirmed has to be looked at again.
    pub fn reviewed_anew(self) -> Option<TransportFailure> {
        self.review.anew.get()
    }

    /// Is the proxy's word awaited?
    pub fn is_review_asking(self) -> bool {
        self.review.is_asking.get()
    }

    /// Nothing of what is under review is sent.
    pub fn close_review(self) {
        // A page that is left closes the review of its form, while another may be open.
        if !untrack(move || self.review.is_open.get()) {
            return;
        }
        // What is on its way is no longer waited for.
        begin_asking();
        self.review.is_open.set(false);
        self.review.is_asking.set(false);
        self.propose(None);
    }

    /// Nobody can confirm any more what stood in the review before.
    fn propose(self, told: Option<Result<Proposal, TransportFailure>>) {
        let proposal = self.review.proposal;
        let before = proposal.try_update(|now| std::mem::replace(now, told));
        if let Some(Some(Ok(before))) = before {
            self.withdraw_proposal(before);
        }
    }

    /// The proxy does not wait for a confirmation that won't come.
    fn withdraw_proposal(self, proposal: Proposal) {
        let token = self.console.session.token.get_value();
        task::spawn(async move {
            let _ = withdraw(proposal, token).await;
        });
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
        let is_told = untrack(move || review.is_open.get() && !review.is_asking.get());
        let proposal = untrack(move || review.proposal.get());
        let (Some(Ok(proposal)), Some(request)) =
            (proposal.filter(|_| is_told), review.request.get_value())
        else {
            return;
        };
        if let Some(account) = &request.account
            && Some(account.as_str()) != proposal.account()
        {
            let why = match proposal.account() {
                Some(_) => text::OTHER_ACCOUNT.into(),
                None => text::account_not_known(account),
            };
            self.close_review();
            return self.refuse(why);
        }
        let number = begin_asking();
        review.is_asking.set(true);
        task::spawn(async move {
            let token = self.console.session.token.get_value();
            let confirmed = proposal.confirm(token.as_deref()).await;
            // The person may have gone back to the form.
            if is_over(number) {
                return self.withdraw_proposal(proposal);
            }
            review.is_asking.set(false);
            match confirmed {
                Ok(consent) => {
                    review.is_open.set(false);
                    review.proposal.set(None);
                    self.send(request, Some(consent));
                }
                Err(why) if needs_another(&why) => {
                    review.anew.set(Some(why));
                    self.propose(None);
                    self.check_reviewed();
                    // A second press must not confirm what nobody has read.
                    focus::soon(REVIEWED_ID);
                }
                Err(why) => {
                    let why = self.console.session.explained(why);
                    review.proposal.set(Some(Err(why)));
                    focus::soon(REVIEWED_ID);
                }
            }
        });
    }
}

later! {
    fn withdraw(proposal: Proposal, token: Option<String>) =
        task::spawn(async move { proposal.withdraw(token.as_deref()).await });
}

/// No two forms are reviewed at a time, and only the last answer counts.
static ASKED: AtomicU32 = AtomicU32::new(0);

fn begin_asking() -> u32 {
    ASKED.fetch_add(1, Relaxed) + 1
}

fn is_over(number: u32) -> bool {
    ASKED.load(Relaxed) != number
}

/// Is what the person saw no longer what would be done?
fn needs_another(why: &TransportFailure) -> bool {
    let TransportFailure::Proxy(why) = why else {
        return false;
    };
    matches!(
        why.known(),
        Some(Code::ConsentUnknown | Code::ConsentExpired | Code::IdentityChanged)
    )
}
