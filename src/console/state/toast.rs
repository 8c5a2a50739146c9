//! What a press, or an address, came to that nothing else on the page shows.

use super::Console;
use crate::browser::{clock, focus};
use formsmith_run::Tone;
use leptos::prelude::*;
use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

#[derive(Debug, Clone)]
pub enum Toast {
    Done(String),
    /// It was done but for something that is left to the person.
    Partly(String),
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

/// Tells one toast from another of the same words.
static TOLD: AtomicU32 = AtomicU32::new(0);

/// How long a toast stays that needs nothing done.
const TOAST_MS: f64 = 8000.0;
const STEP_MS: f64 = 500.0;

/// A toast that the pointer or the focus is at; a verdict stands deeper.
const AT_TOAST: &str = ".flash-now > .flash:is(:hover, :focus-within)";

/// So many are listed among the notices.
const MOST: usize = 20;

#[derive(Clone, Copy)]
pub(super) struct ShownToast {
    now: RwSignal<Option<Toast>>,
    /// How many notices have come since they were last listed.
    unread: RwSignal<usize>,
}

/// What a person may have missed, each with its time in epoch milliseconds; the newest last.
type Told = RwSignal<Vec<(f64, Toast)>>;

thread_local! {
    static NOTED: Cell<Option<Told>> = const { Cell::new(None) };
}

impl ShownToast {
    pub fn new() -> Self {
        Self {
            now: RwSignal::new(None),
            unread: RwSignal::new(0),
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

    /// Says what was taken from a file, and what is left to the person, if anything is.
    pub(super) fn tell_import(self, said: String, is_whole: bool) {
        self.show_toast(match is_whole {
            true => Toast::Done(said),
            false => Toast::Partly(said),
        });
    }

    pub(super) fn show_toast(self, toast: Toast) {
        let (Toast::Done(said)
        | Toast::Partly(said)
        | Toast::Undone(said)
        | Toast::Needless(said)
        | Toast::OfRun { said, .. }) = &toast;
        self.announce(said.as_str());
        TOLD.fetch_add(1, Relaxed);
        self.toast.now.set(Some(toast));
    }

    /// Takes the toast that is shown now away after a while, unless another has taken its place or somebody is at it.
    pub async fn end_toast(self) {
        let number = TOLD.load(Relaxed);
        let mut rest_ms = TOAST_MS;
        while rest_ms > 0.0 {
            clock::pause(STEP_MS).await;
            if TOLD.load(Relaxed) != number {
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
        self.toast.now.get()
    }

    /// It no longer holds, or the person has gone elsewhere.
    pub(super) fn take_toast_away(self) {
        self.toast.now.set(None);
    }

    pub fn dismiss_toast(self) {
        self.take_toast_away();
        // The button goes with its press.
        focus::soon_on_heading();
    }

    /// Keeps what a toast says among the notices. This and what follows is in the later part.
    pub fn note_toast(self, toast: &Toast) {
        if let Toast::Undone(_) | Toast::OfRun { .. } = toast {
            let entry = (clock::now_ms(), toast.clone());
            self.noted().update(|told| told.push(entry));
            self.note(1);
        }
    }

    fn noted(self) -> Told {
        NOTED.get().unwrap_or_else(|| {
            let told = self.permanent(|| RwSignal::new(Vec::new()));
            NOTED.set(Some(told));
            told
        })
    }

    /// So many notices have come.
    pub(super) fn note(self, count: usize) {
        self.toast.unread.update(|unread| *unread += count);
    }

    /// What may have been missed, with its time in epoch milliseconds; the newest first.
    pub fn told(self) -> Vec<(f64, Toast)> {
        let told = self.noted().get();
        told.into_iter().rev().take(MOST).collect()
    }

    /// All that there are now have been listed.
    pub fn read_notices(self) {
        self.toast.unread.set(0);
    }

    /// How many notices have come since they were last listed.
    pub fn unread(self) -> usize {
        self.toast.unread.get()
    }
}
