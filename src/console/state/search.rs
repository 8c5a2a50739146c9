//! The search over all that the console has: whether it is open, and what was typed. All the rest is
//! in a part of the page of its own.

use super::{Console, route};
use crate::browser::page;
use leptos::prelude::*;

/// What was typed stays when it closes.
#[derive(Clone, Copy)]
pub(super) struct Search {
    is_open: RwSignal<bool>,
    pub(super) text: RwSignal<String>,
}

impl Search {
    pub fn new() -> Self {
        Self {
            is_open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
        }
    }
}

impl Console {
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
