//! Asking the service whether it would carry out what is under review.

use super::effects::destination;
use crate::browser::task;
use crate::state::Console;
use crate::transport::{self, Files};
use formsmith_api::dry_run::{self, DryRun};
use formsmith_run::{Failure, Intent, Target};
use leptos::prelude::*;
use serde_json::Value;

/// What is known of the dry run of the request under review.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    Underway,
    Ended(Result<DryRun, Failure>),
}

/// The number of the review that was asked about, and how far that has come.
#[derive(Clone, Copy)]
pub(super) struct DryRuns(RwSignal<Option<(u32, Check)>>);

impl DryRuns {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }
}

/// The input of the dry run; none where there is none. A sandbox asks for no permission.
fn input(intent: &Intent) -> Option<Value> {
    let op = intent.op;
    let is_aws = intent.place.target == Target::ProxyAws;
    let input = dry_run::input(op.model, op.service, op.operation, &intent.input);
    input.filter(|_| is_aws)
}

impl Console {
    /// Can the service be asked whether it would carry out what is under review?
    pub fn has_dry_run(self) -> bool {
        let review = self.review();
        review.is_some_and(|review| input(&review.intent).is_some())
    }

    /// What it says of what is under review, once it is asked.
    pub fn dry_run(self) -> Option<Check> {
        let number = self.review()?.number;
        let asked = self.runs().dry_runs.0.get();
        asked
            .filter(|(of, _)| *of == number)
            .map(|(_, check)| check)
    }

    /// Asks it. The person's press is the consent to this one request.
    pub fn check_permission(self) {
        let Some(review) = untrack(|| self.review()) else {
            return;
        };
        let Some(input) = input(&review.intent) else {
            return;
        };
        let (asked, of) = (self.runs().dry_runs.0, review.number);
        asked.set(Some((of, Check::Underway)));
        task::spawn(async move {
            let told = self.send_dry_run(&review.intent, &input).await;
            let told = told.map_err(|why| self.session.explained(why));
            // Another review may be asked about by now.
            if asked.with_untracked(|it| matches!(it, Some((now, _)) if *now == of)) {
                asked.set(Some((of, Check::Ended(told))));
            }
        });
    }

    async fn send_dry_run(self, intent: &Intent, input: &Value) -> Result<DryRun, Failure> {
        let (op, place) = (intent.op, &intent.place);
        let Ok(http) = op.request(input) else {
            return Ok(DryRun::NotUnderstood);
        };
        self.session.opened().await;
        let token = self.session.token();
        let proposal = transport::propose(token.as_deref(), destination(op, place), &http, 1);
        let proposal = proposal.await?.id;
        transport::confirm(token.as_deref(), &proposal).await?;
        let files = Files::default();
        let answer = self.exchange(op, place, &http, Some(&proposal), &files);
        Ok(dry_run::said(&op.outcome(input, &answer.await?)))
    }
}
