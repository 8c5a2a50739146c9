//! What the page's one status region says to who listens.

use super::Console;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(super) struct Announcement(RwSignal<String>);

impl Announcement {
    pub fn new() -> Self {
        Self(RwSignal::new(String::new()))
    }
}

impl Console {
    pub fn announced(self) -> String {
        self.announcement.0.get()
    }

    pub fn announce(self, sentence: impl Into<String>) {
        self.announcement.0.set(sentence.into());
    }

    /// What says something for a part that knows no console.
    pub fn announcer(self) -> Callback<&'static str> {
        Callback::new(move |sentence| self.announce(sentence))
    }
}
