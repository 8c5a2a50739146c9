//! What a press, or an address, came to that nothing else on the page shows.

use super::Console;
use crate::browser::focus;
use leptos::prelude::*;

#[derive(Debug, Clone)]
pub enum Passing {
    Done(String),
    /// Why it wasn't done.
    Undone(String),
    /// It wasn't done, and need not be.
    Needless(String),
}

impl Console {
    /// Says that it was done, or why it wasn't, and shows it until it is dismissed or the person
    /// goes to another page.
    pub(super) fn tell(self, done: Result<String, String>) {
        self.pass(match done {
            Ok(done) => Passing::Done(done),
            Err(why) => Passing::Undone(why),
        });
    }

    pub(super) fn pass(self, passing: Passing) {
        let (Passing::Done(said) | Passing::Undone(said) | Passing::Needless(said)) = &passing;
        self.announce(said.as_str());
        self.passing.set(Some(passing));
    }

    pub fn passing(self) -> Option<Passing> {
        self.passing.get()
    }

    pub fn dismiss_passing(self) {
        self.passing.set(None);
        // The button goes with its press.
        focus::soon_selected("h1".to_owned(), String::new());
    }
}
