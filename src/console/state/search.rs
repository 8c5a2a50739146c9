//! The search over all that the console has: whether it is open, and what was typed. All the rest is
//! in a part of the page of its own.

use super::{Console, route};
use crate::browser::{focus, page, storage};
use crate::watch::listen;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Set where `/` alone doesn't open search.
const WITHOUT_SLASH: &str = "formsmith.search-without-slash";

/// What was typed stays when it closes.
#[derive(Clone, Copy)]
pub(super) struct Search {
    is_open: RwSignal<bool>,
    text: RwSignal<String>,
    opens_with_slash: RwSignal<bool>,
}

impl Search {
    pub fn new() -> Self {
        Self {
            is_open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            opens_with_slash: RwSignal::new(storage::read(WITHOUT_SLASH).is_none()),
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

    /// A single key gets in the way of who dictates: it can be turned off.
    pub fn opens_search_with_slash(self) -> bool {
        self.search.opens_with_slash.get()
    }

    pub fn set_opens_search_with_slash(self, does: bool) {
        match does {
            true => storage::remove(WITHOUT_SLASH),
            false => drop(storage::write(WITHOUT_SLASH, "1")),
        }
        self.search.opens_with_slash.set(does);
    }

    /// Opens with `/`, where that is not what is being typed, and with Ctrl K, over no other dialog.
    pub(super) fn open_search_by_key(self) {
        // On Apple's machines Ctrl K deletes to the end of the line.
        let is_apple = page::is_apple_device();
        listen(&window(), "keydown", move |event: KeyboardEvent| {
            let is_held = match is_apple {
                true => event.meta_key(),
                false => event.ctrl_key(),
            };
            let has_others = event.alt_key() || event.ctrl_key() || event.meta_key();
            let is_asked = match &*event.key() {
                "/" => {
                    !has_others
                        && untrack(|| self.opens_search_with_slash())
                        && !focus::is_within("input, select, textarea")
                }
                "k" | "K" => is_held && !event.alt_key() && !event.shift_key(),
                _ => false,
            };
            // Search that is open already keeps the key from the browser.
            if is_asked && (untrack(|| self.is_searching()) || !focus::is_held_by_dialog()) {
                event.prevent_default();
                self.open_search();
            }
        });
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
