//! Sending again what was not done, as the person chooses.

use super::run::{ReadBack, Run};
use super::{Form, Replacement, Request};
use crate::browser::{random, task};
use crate::text;
use formsmith_api::inverse::{inverse, inverse_input};
use formsmith_api::outcome::{RowResult, Standing};
use formsmith_api::protocol;
use formsmith_api::read_back::Found;
use formsmith_api::retry;
use leptos::prelude::*;
use serde_json::Value;

impl Form {
    /// Is sending the same again a thing to offer? Rows of a batch are chosen one by one.
    pub fn may_send_again(self, run: &Run) -> bool {
        let Some(last) = run.last().filter(|_| run.rows.is_none()) else {
            return false;
        };
        let can_pass = retry::can_pass(self.model, self.operation, &last.arrival());
        let is_open = matches!(run.standing, Standing::Unknown | Standing::NotSent);
        let is_there = match &run.read_back {
            ReadBack::Done { found, .. } => found.first() == Some(&Some(Found::Done)),
            _ => false,
        };
        run.standing != Standing::Done && !is_there && (is_open || can_pass)
    }

    /// Was something done, and does the model name an operation that takes it back?
    pub fn may_undo(self, run: &Run) -> bool {
        let is_done = match &run.rows {
            Some(rows) => rows.count(|result| *result == RowResult::Done) > 0,
            None => run.standing == Standing::Done,
        };
        is_done && inverse(self.service, self.operation).is_some()
    }

    fn inverse_of(self, run: &Run) -> Option<(String, Value)> {
        let rows = run.rows.as_ref();
        let done = rows.map(|rows| rows.places(|result| *result == RowResult::Done));
        let done = done.unwrap_or_default();
        let inverse = inverse_input(self.model, self.service, self.operation, &run.input, &done);
        let (operation, input) = inverse.filter(|_| self.may_undo(run))?;
        Some((operation.name().to_owned(), input))
    }

    /// Fills the form of the inverse with what the run that is shown has done, and opens its
    /// review. Nothing is sent.
    pub fn undo_run(self) {
        let Some(run) = self.run.get_untracked() else {
            return;
        };
        let Some((operation, input)) = self.inverse_of(&run) else {
            return;
        };
        if untrack(move || self.console.target()) != run.target {
            return self.refuse(text::other_target(run.target));
        }
        let account = run.account.clone();
        let region = run.region.clone();
        task::spawn(async move {
            let service = &self.service.endpoint_prefix;
            if let Some(form) = self.console.open(service, &operation).await {
                form.forget_result();
                let before = self.console.region.get_untracked();
                self.console.choose_region(region);
                let by = Replacement::Inverse(self.operation.title());
                form.load_input(&input, by, Some(before));
                form.review_input(account);
            }
        });
    }

    /// Sends these rows of a batch again, or the whole of another operation, as a further
    /// attempt of the run that is shown; after a review like any change.
    pub fn send_again(self, rows: Vec<usize>) {
        let Some(run) = self.run.get_untracked() else {
            return;
        };
        if untrack(move || self.is_sending()) {
            return;
        }
        self.notice.set(None);
        let input = match &run.rows {
            Some(all) if rows.len() < all.rows.len() => {
                let rows = rows.iter().filter_map(|&at| all.rows.get(at));
                self.of_rows(&run.input, rows.map(|row| row.sent.clone()).collect())
            }
            // The same input, and so the same token.
            _ => run.input.clone(),
        };
        let request = match protocol::request(self.model, self.service, self.operation, &input) {
            Ok(http) => Request {
                input,
                region: run.region.clone(),
                http,
                rows: run.rows.is_some().then_some(rows),
                account: run.account.clone(),
                of: Some(run),
            },
            Err(error) => return self.refuse(error.to_string()),
        };
        self.send_or_review(request);
    }

    /// The input with other entries, and with new tokens: another input than before.
    fn of_rows(self, input: &Value, entries: Vec<Value>) -> Value {
        let mut input = input.clone();
        if let Some(batch) = &self.operation.traits.batch {
            input[&batch.entries] = entries.into();
        }
        let shape = self
            .operation
            .input
            .as_ref()
            .and_then(|id| self.model.shape(id));
        let members = shape.map(|shape| shape.members()).unwrap_or_default();
        for member in members.iter().filter(|it| it.traits.idempotency_token) {
            if input.get(&member.name).is_some() {
                input[&member.name] = random::uuid().into();
            }
        }
        input
    }
}
