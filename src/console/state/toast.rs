//! What a press, or an address, came to that nothing else on the page shows.

use super::Console;
use crate::browser::{clock, focus, task};
use crate::lazy::lazy;
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

impl Toast {
    fn said(&self) -> &str {
        let (Self::Done(said)
        | Self::Undone(said)
        | Self::Needless(said)
        | Self::OfRun { said, .. }) = self;
        said
    }
}

/// How long a toast stays that needs nothing done.
const TOAST_MS: f64 = 8000.0;
const STEP_MS: f64 = 500.0;

/// A toast that the pointer or the focus is at; a verdict stands deeper.
const AT_TOAST: &str = ".flash-now > .flash:is(:hover, :focus-within)";

lazy! { fn end_soon(console: Console, number: u32) = task::spawn(console.end_toast(number)); }

#[derive(Clone, Copy)]
pub(super) struct ShownToast {
    shown: RwSignal<Option<Toast>>,
    /// Tells one from another of the same words.
    number: StoredValue<u32>,
}

impl ShownToast {
    pub fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            number: StoredValue::new(0),
        }
    }
}

impl Console {
    /// Says that it was done, or why it wasn't, and shows it until it is dismissed or the person
    /// goes to another page; what was done, and needs nothing more, for some seconds.
    pub fn tell(self, done: Result<String, String>) {
        self.show_toast(match done {
            Ok(done) => Toast::Done(done),
            Err(why) => Toast::Undone(why),
        });
    }

    pub(super) fn show_toast(self, toast: Toast) {
        self.announce(toast.said());
        let needs_nothing = matches!(toast, Toast::Done(_) | Toast::Needless(_));
        self.toast.shown.set(Some(toast));
        let number = self.toast.number.get_value() + 1;
        self.toast.number.set_value(number);
        if needs_nothing {
            task::spawn(async move {
                // Without the later part it stays until it is dismissed.
                let _ = end_soon(self, number).await;
            });
        }
    }

    /// Takes a toast away after a while, unless another has taken its place or somebody is at it.
    async fn end_toast(self, number: u32) {
        let mut rest_ms = TOAST_MS;
        while rest_ms > 0.0 {
            clock::pause(STEP_MS).await;
            if self.toast.number.get_value() != number {
                return;
            }
            // Who reads it has all the time from then on.
            rest_ms = match focus::is_there(AT_TOAST) {
                true => TOAST_MS,
                false => rest_ms - STEP_MS,
            };
        }
        self.take_toast_away();
    }

    pub fn toast(self) -> Option<Toast> {
        self.toast.shown.get()
    }

    /// It no longer holds, or the person has gone elsewhere.
    pub(super) fn take_toast_away(self) {
        self.toast.shown.set(None);
    }

    pub fn dismiss_toast(self) {
        self.take_toast_away();
        // The button goes with its press.
        focus::soon_on_heading();
    }
}
