//! Scenarios for demos: which one is played, and how one begins.

use super::{Console, Form, Replacement, Route};
use crate::browser::{storage, task};
use crate::lazy::{NotLoaded, lazy};
use crate::transport::{Scenario, Transport};
use formsmith_run::{Failure, Target};
use formsmith_words as words;
use leptos::prelude::*;
use std::pin::Pin;

/// Where a reload finds what is played in its tab: id, address, and whether the target was switched.
const KEY: &str = "formsmith.scenario";

/// The scenario that is played, as it is stored.
pub(super) struct Played(RwSignal<Option<String>>);

impl Played {
    pub fn new() -> Self {
        Self(RwSignal::new(storage::tab::read(KEY)))
    }
}

/// How far the person has come with the scenario of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The form is filled, and nothing is sent.
    Filled,
    Waiting,
    Answered,
    /// What failed was sent again as far as that may help, or what was done was taken back.
    Done,
}

impl Console {
    /// Begins a scenario by its id: switches to a sandbox, sets it up, fills the form and goes there.
    pub fn begin(self, id: &'static str) {
        task::spawn(async move {
            match begin(self, id).await {
                Ok(beginning) => beginning.await,
                Err(NotLoaded) => self.tell(Err(words::part_missing().into())),
            }
        });
    }

    async fn play(self, id: &'static str) {
        let is_switched = !untrack(move || self.target()).is_sandbox();
        if is_switched {
            self.choose_target(Target::PageSandbox.key());
        }
        let sandbox = self.sandbox();
        let offered = match sandbox.offer().await {
            Ok(offer) => offer.scenarios.into_iter().find(|it| it.id == id),
            Err(failure) => return self.tell_failure(&failure),
        };
        let Some(scenario) = offered else {
            return self.tell(Err(words::scenario_unknown().into()));
        };
        if let Err(failure) = sandbox.begin(&scenario).await {
            return self.tell_failure(&failure);
        }
        let address = Route::of_operation(&scenario.service, &scenario.operation);
        if let Some(form) = self.open(&scenario.service, &scenario.operation).await {
            let switched = if is_switched { " switched" } else { "" };
            self.set_played(Some([id, " ", &address, switched].concat()));
            // The part that fills it came with the form.
            let _ = fill(form, scenario).await;
            let (title, _) = words::scenario_card(id).unwrap_or_default();
            self.announce(words::scenario(title));
        }
    }

    pub fn plays_scenario(self) -> bool {
        self.ways.played.0.with(Option::is_some)
    }

    pub fn end_scenario(self) {
        self.set_played(None);
    }

    fn set_played(self, played: Option<String>) {
        storage::tab::write(KEY, played.as_deref());
        self.ways.played.0.set(played);
    }

    pub(super) fn sandbox(self) -> Transport {
        untrack(move || self.transport())
    }

    pub(super) fn tell_failure(self, failure: &Failure) {
        self.tell(Err(words::failure_title(failure)));
    }
}

impl Form {
    /// The id of the scenario that plays in this form, and whether the target was switched for it.
    pub fn scenario(self) -> Option<(String, bool)> {
        let address = Route::of_operation(&self.service.name, self.operation.name());
        let played = self.console.ways.played.0.get()?;
        let mut parts = played.split(' ');
        let id = parts.next()?.to_owned();
        (parts.next()? == address).then(|| (id, parts.next().is_some()))
    }

    pub fn stage(self) -> Stage {
        if self.is_sending() {
            return Stage::Waiting;
        }
        match self.result_key() {
            Some(_) if self.has_gone_on() => Stage::Done,
            Some(_) => Stage::Answered,
            None => Stage::Filled,
        }
    }

    /// Has the person done with the answer what there was to do?
    fn has_gone_on(self) -> bool {
        self.run().is_some_and(|run| {
            let rows = run.rows.as_ref();
            let may_retry =
                rows.is_some_and(|rows| !rows.places(|it| it.is_retryable()).is_empty());
            !may_retry && (run.attempts.len() > 1 || !run.undone.is_empty())
        })
    }
}

type Beginning = Pin<Box<dyn Future<Output = ()>>>;

lazy! { fn begin(console: Console, id: &'static str) -> Beginning = Box::pin(console.play(id)); }
lazy! {
    in form: fn fill(form: Form, scenario: Scenario) = {
        form.forget_result();
        form.load_input(&scenario.input, Replacement::Scenario, None);
    };
}
