//! A look at the resources, where no answer told what became of them.

use super::Form;
use super::run::{ReadBack, Run};
use crate::browser::clock;
use crate::text;
use formsmith_api::outcome::Standing;
use formsmith_api::pages;
use formsmith_api::read_back::{Finding, Found, Read, found, plan};
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

/// More pages than this are not turned by themselves.
const MAX_PAGES: usize = 20;

/// What was lost on the way back gets this long to be carried out.
const PAUSE_MS: f64 = 1500.0;

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
        if run.last().is_some_and(|attempt| attempt.result.is_err()) {
            // It may still be on its way.
            clock::pause(PAUSE_MS).await;
        }
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
            let output = self
                .look(run.target, &run.region, read.operation, &input)
                .await?;
            next = pages::next(read.operation, &input, &output);
            outputs.push(output);
        }
        Ok(outputs)
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
        // That it is looked at is seen; to say it would cut off what was said before.
        let told = text::read_back_told(&run.read_back);
        if let Some(told) = told.filter(|_| run.read_back != ReadBack::Underway) {
            self.console.announce(told);
        }
        if run.read_back != ReadBack::Underway {
            self.keep_ended(&run);
        }
        self.run.set(Some(Arc::new(run)));
    }

    /// What a look showed of each row of the run that is shown.
    pub fn found(self) -> Vec<Option<Found>> {
        match self.run.get().as_ref().map(|run| &run.read_back) {
            Some(ReadBack::Done { found, .. }) => found.clone(),
            _ => Vec::new(),
        }
    }
}
