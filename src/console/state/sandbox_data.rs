//! The sandbox's state: reset, saved, loaded. All of it is in the later part.

use super::Console;
use crate::browser::{file, task};
use crate::transport::Offer;
use formsmith_run::Failure;
use formsmith_words as words;

/// The name of the file that a state is saved to.
const FILE: &str = "formsmith-sandbox.json";

impl Console {
    pub async fn sandbox_offer(self) -> Result<Offer, Failure> {
        self.sandbox().offer().await
    }

    pub fn reset_sandbox(self) {
        task::spawn(async move {
            let done = self.sandbox().reset_sandbox().await;
            self.tell_done(done.map(|()| Ok(words::sandbox_reset())));
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
            );
        });
    }

    pub fn load_sandbox(self, chosen: file::Chosen) {
        task::spawn(async move {
            let Some(state) = chosen.text().await else {
                return self.tell(Err(words::file_not_read().into()));
            };
            let done = self.sandbox().load_sandbox(&state).await;
            self.tell_done(done.map(|loaded| loaded.map(|()| words::sandbox_loaded())));
        });
    }

    /// What the sandbox did or refused, if it was reached.
    fn tell_done(self, done: Result<Result<&'static str, String>, Failure>) {
        match done {
            Ok(done) => self.tell(done.map(Into::into)),
            Err(failure) => self.tell_failure(&failure),
        }
    }
}
