//! Scenarios for demos, and the sandbox's state: begun, reset, saved, loaded.

use super::{Console, Replacement};
use crate::browser::{file, task};
use crate::text;
use crate::transport::{Offer, Scenario, Transport, TransportFailure};
use leptos::prelude::*;

/// The name of the file that a state is saved to.
const FILE: &str = "formsmith-sandbox.json";

impl Console {
    pub async fn sandbox_offer(self) -> Result<Offer, TransportFailure> {
        self.sandbox().offer().await
    }

    /// Sets the sandbox up, fills the form and goes there.
    pub fn begin(self, scenario: Scenario) {
        task::spawn(async move {
            if let Err(failure) = self.sandbox().begin(&scenario).await {
                return self.announce(text::failure_title(&failure));
            }
            let Scenario {
                service, operation, ..
            } = &scenario;
            if let Some(form) = self.open(service, operation).await {
                form.forget_result();
                form.load_input(
                    &scenario.input,
                    Replacement::Scenario {
                        title: scenario.title,
                        story: scenario.story,
                    },
                    None,
                );
            }
        });
    }

    pub fn reset_sandbox(self) {
        task::spawn(async move {
            self.tell(self.sandbox().reset_sandbox().await, text::SANDBOX_RESET);
        });
    }

    pub fn save_sandbox(self) {
        task::spawn(async move {
            match self.sandbox().saved_sandbox().await {
                Ok(state) if file::save(FILE, &state, "application/json") => {
                    self.announce(text::SANDBOX_SAVED)
                }
                Ok(_) => self.announce(text::FILE_NOT_SAVED),
                Err(failure) => self.announce(text::failure_title(&failure)),
            }
        });
    }

    pub fn load_sandbox(self, chosen: file::Chosen) {
        task::spawn(async move {
            let Some(state) = chosen.text().await else {
                return self.announce(text::FILE_NOT_READ);
            };
            match self.sandbox().load_sandbox(&state).await {
                Ok(Err(why)) => self.announce(why),
                Ok(Ok(())) => self.announce(text::SANDBOX_LOADED),
                Err(failure) => self.announce(text::failure_title(&failure)),
            }
        });
    }

    fn sandbox(self) -> Transport {
        untrack(move || self.transport())
    }

    fn tell(self, done: Result<(), TransportFailure>, sentence: &'static str) {
        match done {
            Ok(()) => self.announce(sentence),
            Err(failure) => self.announce(text::failure_title(&failure)),
        }
    }
}
