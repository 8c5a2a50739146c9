//! The search over all that the console has: whether it is open, and what was typed. All the rest is
//! in a part of the page of its own.

use super::{Console, route};
use crate::browser::{focus, page, storage};
use leptos::prelude::*;

/// What was typed stays when it closes.
#[derive(Clone, Copy)]
pub(super) struct Search {
    is_open: RwSignal<bool>,
    pub(super) text: RwSignal<String>,
    /// The part that searches could not be fetched.
    has_failed: StoredValue<bool>,
}

impl Search {
    pub fn new() -> Self {
        Self {
            is_open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            has_failed: StoredValue::new(false),
        }
    }
}

/// How many operations and services a page of this browser has last seen, as people read numbers:
/// `20,027 445`.
pub(super) const COUNTS_KEY: &str = "formsmith.counts";

impl Console {
    /// How many operations and services there are, if the index has ever been read.
    pub fn counted(self) -> Option<(String, String)> {
        let stored = storage::read(COUNTS_KEY)?;
        let (operations, services) = stored.split_once(' ')?;
        Some((operations.to_owned(), services.to_owned()))
    }

    pub fn is_searching(self) -> bool {
        self.search.is_open.get()
    }

    pub fn sought(self) -> Signal<String> {
        self.search.text.into()
    }

    pub fn seek(self, text: String) {
        self.search.text.set(text);
    }

    pub fn open_search(self) {
        self.search.is_open.set(true);
    }

    pub fn close_search(self) {
        self.search.is_open.set(false);
    }

    /// The part that searches is asked for, or has not come.
    pub fn note_search(self, has_failed: bool) {
        self.search.has_failed.set_value(has_failed);
        if has_failed {
            self.close_search();
        }
    }

    /// Is search opening?
    pub(super) fn awaits_search(self) -> bool {
        let may_come = !self.search.has_failed.get_value();
        self.is_searching() && may_come && !focus::is_held_by_dialog()
    }

    /// A key typed while search opens; false where it is none that writes.
    pub(super) fn seek_also(self, key: &str) -> bool {
        let mut text = self.search.text.get_untracked();
        match key {
            "Backspace" => drop(text.pop()),
            _ if key.chars().count() == 1 => text.push_str(key),
            _ => return false,
        }
        self.seek(text);
        true
    }

    /// What the address `#/search?q=…` looks for. It is no page: search opens over the start page.
    pub(super) fn take_search(self, fragment: String) -> (String, Option<String>) {
        if fragment.split('?').next() != Some("/search") {
            return (fragment, None);
        }
        page::replace_fragment("/");
        let asked = route::take(&fragment, "q=").and_then(|(text, _)| page::decoded(&text));
        ("/".into(), Some(asked.unwrap_or_default()))
    }
}
