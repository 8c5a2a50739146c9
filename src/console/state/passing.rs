//! What a press came to that nothing else on the page shows.

use super::Console;
use crate::browser::focus;
use leptos::prelude::*;

/// That it was done, or why it wasn't.
pub type Passing = Result<String, String>;

impl Console {
    /// Says it, and shows it until it is dismissed or the person goes to another page.
    pub(super) fn tell(self, passing: Passing) {
        let (Ok(sentence) | Err(sentence)) = &passing;
        self.announce(sentence.as_str());
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
