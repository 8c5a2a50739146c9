//! What the page says of the last run, as far as it is known now.

use super::Form;
use super::run::Run;
use crate::text::{self, Verdict};
use crate::watch::watch;
use formsmith_api::outcome::Standing;
use leptos::prelude::*;

impl Form {
    /// What became of a run, up to what is known now of the thing it started.
    pub fn verdict(self, run: &Run) -> Verdict {
        let following = self.following().filter(|it| it.run == run.id);
        let progress = following.and_then(|following| following.progress(self));
        match progress.filter(|_| run.standing == Standing::Done) {
            Some(progress) => text::followed(self.operation, &progress),
            None => text::verdict(self.model, self.operation, run),
        }
    }

    /// The verdict to show, with the number of its run; of what is followed since another visit
    /// of the page no run is known, and its number is 0.
    pub fn verdict_now(self) -> Option<(u32, Verdict)> {
        self.verdict.get()
    }

    /// From now on there is something to tell.
    pub(super) fn tell_verdict(self) {
        if self.is_verdict_told.get_value() {
            return;
        }
        self.is_verdict_told.set_value(true);
        self.console.for_good(move || {
            watch(move || self.verdict.set(self.judged()));
        });
    }

    fn judged(self) -> Option<(u32, Verdict)> {
        if let Some(run) = self.run() {
            return Some((run.number, self.verdict(&run)));
        }
        if self.is_sending() {
            return None;
        }
        let progress = self.following()?.progress(self)?;
        Some((0, text::followed(self.operation, &progress)))
    }
}
