//! A look at the resources, where no answer told what became of them.

use super::Form;
use super::run::{ReadBack, Run};
use crate::text;
use formsmith_api::model::Operation;
use formsmith_api::outcome::{Outcome, Standing, outcome};
use formsmith_api::read_back::{Finding, Found, Read, found, plan};
use formsmith_api::{pages, protocol};
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

/// More pages than this are not turned by themselves.
const MAX_PAGES: usize = 20;

impl Form {
    /// Reads back what is not known of a run, if the model says how.
    pub(super) async fn read_back(self, run: Arc<Run>) {
        let unknown = run.unknown_rows();
        if run.standing != Standing::Unknown && unknown.is_empty() {
            return;
        }
        let reads = plan(
            self.model,
            self.service,
            self.operation,
            &run.input,
            &unknown,
        );
        if reads.is_empty() {
            return;
        }
        self.note(&run, ReadBack::Underway);
        let rows = run.rows.as_ref().map_or(1, |rows| rows.rows.len());
        let mut judged: Vec<Option<Found>> = vec![None; rows];
        let mut listed = Vec::new();
        for read in &reads {
            let outputs = match self.pages(&run, read).await {
                Ok(outputs) => outputs,
                Err(why) => return self.note(&run, ReadBack::Failed(why)),
            };
            match found(self.model, self.operation, &run.input, read, &outputs) {
                Finding::Entries(entries) => {
                    for (at, one) in entries {
                        judged[at] = Some(one);
                    }
                }
                Finding::Whole(one) => judged[0] = Some(one),
                Finding::Items(items) => listed.extend(items),
            }
        }
        let done = ReadBack::Done {
            found: judged,
            items: listed,
        };
        self.note(&run, done);
    }

    async fn pages(self, run: &Run, read: &Read<'_>) -> Result<Vec<Map<String, Value>>, String> {
        let mut outputs = Vec::new();
        let mut next = Some(read.input.clone());
        while let Some(input) = next.filter(|_| outputs.len() < MAX_PAGES) {
            let output = self.look(&run.region, read.operation, &input).await?;
            next = pages::next(read.operation, &input, &output);
            outputs.push(output);
        }
        Ok(outputs)
    }

    /// Asks an operation that only reads; why it has no output, if it hasn't.
    pub(super) async fn look(
        self,
        region: &str,
        operation: &Operation,
        input: &Value,
    ) -> Result<Map<String, Value>, String> {
        let (model, service) = (self.model, self.service);
        let request = protocol::request(model, service, operation, input);
        let request = request.map_err(|error| error.to_string())?;
        let transport = untrack(move || self.console.transport());
        let answer = transport
            .send(&service.endpoint_prefix, region, &request, None)
            .await;
        let response = answer.map_err(|failure| text::failure_title(&failure))?;
        match outcome(model, service, operation, input, &response) {
            Outcome::Empty => Ok(Map::new()),
            Outcome::Output(output) => Ok(output),
            Outcome::Error(error) => Err(text::refused(&error)),
            Outcome::Batch(_) | Outcome::NotUnderstood(_) => Err(text::NOT_UNDERSTOOD.into()),
        }
    }

    /// Puts what was seen beside the run, unless another has taken its place.
    fn note(self, run: &Arc<Run>, read_back: ReadBack) {
        let is_shown = |shown: &Option<Arc<Run>>| {
            let shown = shown.as_ref();
            shown.is_some_and(|it| it.number == run.number && it.id == run.id)
        };
        if !self.run.with_untracked(is_shown) {
            return;
        }
        let run = Run {
            read_back,
            ..(**run).clone()
        };
        if let Some(told) = text::read_back_told(&run.read_back) {
            self.console.announce(told);
        }
        self.run.set(Some(Arc::new(run)));
    }
}
