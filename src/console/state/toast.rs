//! What a press, or an address, came to that nothing else on the page shows.

use super::Console;
use crate::browser::focus;
use formsmith_run::Tone;
use leptos::prelude::*;

#[derive(Debug, Clone)]
pub enum Toast {
    Done(String),
    /// Why it wasn't done.
    Undone(String),
    /// It wasn't done, and need not be.
    Needless(String),
    /// What became of a run while the person was elsewhere.
    OfRun {
        said: String,
        tone: Tone,
        /// Where it is shown.
        href: String,
    },
}

#[derive(Clone, Copy)]
pub(super) struct ShownToast(RwSignal<Option<Toast>>);

impl ShownToast {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }
}

impl Console {
    /// Says that it was done, or why it wasn't, and shows it until it is dismissed or the person
    /// goes to another page.
    pub fn tell(self, done: Result<String, String>) {
        self.show_toast(match done {
            Ok(done) => Toast::Done(done),
            Err(why) => Toast::Undone(why),
        });
    }

    pub(super) fn show_toast(self, toast: Toast) {
        let (Toast::Done(said)
        | Toast::Undone(said)
        | Toast::Needless(said)
        | Toast::OfRun { said, .. }) = &toast;
        self.announce(said.as_str());
        self.toast.0.set(Some(toast));
    }

    pub fn toast(self) -> Option<Toast> {
        self.toast.0.get()
    }

    /// It no longer holds, or the person has gone elsewhere.
    pub(super) fn take_toast_away(self) {
        self.toast.0.set(None);
    }

    pub fn dismiss_toast(self) {
        self.take_toast_away();
        // The button goes with its press.
        focus::soon_on_heading();
    }
}
