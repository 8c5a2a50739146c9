//! Scenarios for demos, and the sandbox's state: begun, reset, saved, loaded.

use super::{Console, Form, Replacement};
use crate::browser::{file, task};
use crate::lazy::{NotLoaded, lazy};
use crate::transport::{Offer, Scenario, Transport};
use formsmith_run::Failure;
use formsmith_words as words;
use leptos::prelude::*;

/// The name of the file that a state is saved to.
const FILE: &str = "formsmith-sandbox.json";

impl Console {
    pub async fn sandbox_offer(self) -> Result<Offer, Failure> {
        self.sandbox().offer().await
    }

    /// Sets the sandbox up, fills the form and goes there.
    pub fn begin(self, scenario: Scenario) {
        task::spawn(async move {
            if let Err(failure) = self.sandbox().begin(&scenario).await {
                return self.tell_failure(failure).await;
            }
            if let Some(form) = self.open(&scenario.service, &scenario.operation).await {
                // The part that fills it came with the form.
                let _ = play(form, scenario).await;
            }
        });
    }

    pub fn reset_sandbox(self) {
        task::spawn(async move {
            let done = self.sandbox().reset_sandbox().await;
            self.tell_done(done.map(|()| Ok(words::sandbox_reset())))
                .await;
        });
    }

    pub fn save_sandbox(self) {
        task::spawn(async move {
            let done = self.sandbox().saved_sandbox().await;
            self.tell_done(
                done.map(|state| match file::save(FILE, &state, "application/json") {
                    true => Ok(words::sandbox_saved()),
                    false => Err(words::file_not_saved().into()),
                }),
            )
            .await;
        });
    }

    pub fn load_sandbox(self, chosen: file::Chosen) {
        task::spawn(async move {
            let Some(state) = chosen.text().await else {
                return self.tell(Err(words::file_not_read().into()));
            };
            let done = self.sandbox().load_sandbox(&state).await;
            self.tell_done(done.map(|loaded| loaded.map(|()| words::sandbox_loaded())))
                .await;
        });
    }

    fn sandbox(self) -> Transport {
        untrack(move || self.transport())
    }

    /// What the sandbox did or refused, if it was reached.
    async fn tell_done(self, done: Result<Result<&'static str, String>, Failure>) {
        match done {
            Ok(done) => self.tell(done.map(Into::into)),
            Err(failure) => self.tell_failure(failure).await,
        }
    }

    async fn tell_failure(self, failure: Failure) {
        let title = in_words(failure).await;
        self.tell(Err(
            title.unwrap_or_else(|NotLoaded| words::part_missing().into())
        ));
    }
}

lazy! {
    in form: fn play(form: Form, scenario: Scenario) = {
        form.forget_result();
        let Scenario { title, story, input, .. } = scenario;
        form.load_input(&input, Replacement::Scenario { title, story }, None);
    };
}
lazy! { fn in_words(failure: Failure) -> String = words::failure_title(&failure); }
