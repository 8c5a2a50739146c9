//! The person's look at what is about to change real resources, and their word on it.

use crate::WaitFor;
use crate::effects::Effects;
use crate::{Ask, Effect, Failure, Machine, Now, OperationRef, Place, Proposal, Refusal, Undoes};
use formsmith_api::http::HttpRequest;
use formsmith_wire::Code;
use serde_json::Value;

/// A request ready to be sent, with the input it was made of.
#[derive(Debug, Clone)]
pub struct Intent {
    pub op: OperationRef,
    pub place: Place,
    pub input: Value,
    pub http: HttpRequest,
    /// The rows of a batch that are sent; all where it says none.
    pub rows: Option<Vec<usize>>,
    /// The run of which this is a further attempt.
    pub of: Option<String>,
    /// The run that it takes back.
    pub undoes: Option<Undoes>,
    /// Whose resources the run has changed that this goes on with, or takes back.
    pub account: Option<String>,
    /// What is waited for with it.
    pub waits: Option<WaitFor>,
}

/// What a person looks at before it is sent.
#[derive(Debug, Clone)]
pub struct Review {
    /// Tells it from any other; another question to the proxy has another number.
    pub number: u32,
    /// This very request is what is confirmed, and what is sent then.
    pub intent: Intent,
    /// What the proxy makes of it, or why it would refuse it; nothing while it is asked, and for
    /// a sandbox, which is not asked.
    pub proposal: Option<Result<Proposal, Failure>>,
    /// Why there is another proposal than the one that was confirmed.
    pub renewed_for: Option<Failure>,
    /// Is the proxy's word awaited?
    pub is_asking: bool,
}

impl Machine {
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        self.review.as_ref()
    }

    pub(crate) fn ask(&mut self, now: &Now, ask: Ask, out: &mut Effects) {
        let http = match ask.op.request(&ask.input) {
            Ok(http) => http,
            Err(error) => return out.refuse(ask.op, Refusal::NotSendable(error.what)),
        };
        // What follows from an earlier run goes where that went, and meanwhile others may answer here.
        if let Some(why) = self.elsewhere(&ask.place) {
            return out.refuse(ask.op, why);
        }
        let undoes = self.checked_undoes(ask.op, &ask.input, ask.undoes);
        let intent = Intent {
            op: ask.op,
            place: ask.place,
            input: ask.input,
            http,
            rows: None,
            of: None,
            undoes,
            account: ask.account,
            waits: ask.waits,
        };
        self.send_or_review(now, intent, ask.is_reviewed, out);
    }

    /// What changes something in AWS is looked at first.
    pub(crate) fn send_or_review(
        &mut self,
        now: &Now,
        intent: Intent,
        is_reviewed: bool,
        out: &mut Effects,
    ) {
        let is_harmless = intent.op.is_readonly() || intent.place.target.is_sandbox();
        match is_harmless && !is_reviewed {
            true => self.send(now, intent, None, out),
            false => self.open_review(intent, out),
        }
    }

    fn open_review(&mut self, intent: Intent, out: &mut Effects) {
        self.close_review(out);
        let number = self.fresh_number();
        self.review = Some(Review {
            number,
            intent,
            proposal: None,
            renewed_for: None,
            is_asking: false,
        });
        self.renew_review(out);
    }

    /// Asks the proxy what it would do with the reviewed request, and in whose name.
    pub(crate) fn renew_review(&mut self, out: &mut Effects) {
        let number = self.fresh_number();
        let Some(review) = &mut self.review else {
            return self.ignore();
        };
        withdraw(review, out);
        if review.intent.place.target.is_sandbox() {
            return;
        }
        (review.number, review.is_asking) = (number, true);
        out.push(Effect::Propose {
            review: number,
            op: review.intent.op,
            place: review.intent.place.clone(),
            http: review.intent.http.clone(),
        });
    }

    pub(crate) fn take_proposal(
        &mut self,
        number: u32,
        result: Result<Proposal, Failure>,
        out: &mut Effects,
    ) {
        match &mut self.review {
            Some(review) if review.number == number && review.is_asking => {
                match &result {
                    Ok(proposal) => out.push(Effect::Learn {
                        profile: review.intent.place.profile.clone(),
                        identity: proposal.identity.clone(),
                    }),
                    // Why not may be that something has changed, which the page tells too.
                    Err(_) => out.push(Effect::CheckIdentity),
                }
                review.is_asking = false;
                review.proposal = Some(result);
            }
            // Nobody looks at it any more.
            _ => {
                if let Ok(proposal) = result {
                    let proposal = proposal.id;
                    out.push(Effect::Withdraw { proposal });
                }
            }
        }
    }

    /// Nothing of what is under review is sent.
    pub(crate) fn close_review(&mut self, out: &mut Effects) {
        if let Some(mut review) = self.review.take() {
            withdraw(&mut review, out);
        }
    }

    pub(crate) fn agree(&mut self, now: &Now, out: &mut Effects) {
        let Some(review) = &mut self.review else {
            return self.ignore();
        };
        if review.intent.place.target.is_sandbox() {
            if let Some(review) = self.review.take() {
                self.send(now, review.intent, None, out);
            }
            return;
        }
        let Some(Ok(proposal)) = review.proposal.as_ref().filter(|_| !review.is_asking) else {
            return self.ignore();
        };
        let refusal =
            review
                .intent
                .account
                .clone()
                .and_then(|account| match proposal.identity.account() {
                    Some(now) if now == account => None,
                    Some(_) => Some(Refusal::OtherAccount { account }),
                    None => Some(Refusal::AccountUnknown { account }),
                });
        if let Some(why) = refusal {
            let op = review.intent.op;
            self.close_review(out);
            return out.refuse(op, why);
        }
        review.is_asking = true;
        out.push(Effect::Confirm {
            review: review.number,
            proposal: proposal.id.clone(),
        });
    }

    pub(crate) fn take_confirmation(
        &mut self,
        now: &Now,
        number: u32,
        result: Result<(), Failure>,
        out: &mut Effects,
    ) {
        let review = self
            .review
            .take_if(|it| it.number == number && it.is_asking);
        let Some(mut review) = review else {
            // The person has gone back to the form, and the proposal is withdrawn.
            return self.ignore();
        };
        review.is_asking = false;
        match (result, &review.proposal) {
            (Ok(()), Some(Ok(proposal))) => {
                let consent = proposal.id.clone();
                let mut intent = review.intent;
                intent.place.account = proposal.identity.account().map(str::to_owned);
                self.send(now, intent, Some(consent), out);
            }
            (Ok(()), _) => self.ignore(),
            (Err(why), _) if needs_another(&why) => {
                review.renewed_for = Some(why);
                self.review = Some(review);
                self.renew_review(out);
            }
            (Err(why), _) => {
                review.proposal = Some(Err(why));
                self.review = Some(review);
            }
        }
    }
}

/// Nobody can confirm any more what stood in the review.
fn withdraw(review: &mut Review, out: &mut Effects) {
    if let Some(Ok(proposal)) = review.proposal.take() {
        let proposal = proposal.id;
        out.push(Effect::Withdraw { proposal });
    }
}

/// Is what the person saw no longer what would be done?
fn needs_another(why: &Failure) -> bool {
    let Failure::Proxy(why) = why else {
        return false;
    };
    matches!(
        why.known(),
        Some(Code::ConsentUnknown | Code::ConsentExpired | Code::IdentityChanged)
    )
}
