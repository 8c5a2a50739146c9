//! Keys that do something wherever the person is.

use super::{Console, Form};
use crate::browser::{focus, page, storage, task};
use crate::lazy::lazy;
use crate::watch::listen;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Set where no single key does anything.
const WITHOUT_SINGLE: &str = "formsmith.search-without-slash";

/// What somebody who presses a key wants.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    Search,
    List,
    Send,
}

#[derive(Clone, Copy)]
pub(super) struct Shortcuts {
    has_single: RwSignal<bool>,
    is_listed: RwSignal<bool>,
}

impl Shortcuts {
    pub fn new() -> Self {
        Self {
            has_single: RwSignal::new(storage::read(WITHOUT_SINGLE).is_none()),
            is_listed: RwSignal::new(false),
        }
    }
}

impl Console {
    /// A single key gets in the way of who dictates: such keys can be turned off.
    pub fn has_single_keys(self) -> bool {
        self.ways.shortcuts.has_single.get()
    }

    pub fn set_has_single_keys(self, has: bool) {
        match has {
            true => storage::remove(WITHOUT_SINGLE),
            false => drop(storage::write(WITHOUT_SINGLE, "1")),
        }
        self.ways.shortcuts.has_single.set(has);
    }

    /// Are all keys listed just now?
    pub fn lists_shortcuts(self) -> bool {
        self.ways.shortcuts.is_listed.get()
    }

    pub fn list_shortcuts(self, are_listed: bool) {
        self.ways.shortcuts.is_listed.set(are_listed);
    }

    /// `/` and Ctrl K open search, `?` the list of keys, Ctrl Enter sends the form; none of them over
    /// a dialog, and single keys only where they are not what is being typed.
    pub(super) fn hear_shortcuts(self) {
        // On Apple's machines Ctrl K deletes to the end of the line.
        let is_apple = page::is_apple_device();
        listen(&window(), "keydown", move |event: KeyboardEvent| {
            let is_held = match is_apple {
                true => event.meta_key(),
                false => event.ctrl_key(),
            };
            let has_others = event.alt_key() || event.ctrl_key() || event.meta_key();
            let is_single = || {
                !has_others
                    && untrack(|| self.has_single_keys())
                    && !focus::is_within("input, select, textarea")
            };
            let key = event.key();
            let meant = match &*key {
                "/" if is_single() => Meant::Search,
                "k" | "K" if is_held && !event.alt_key() && !event.shift_key() => Meant::Search,
                "?" if is_single() => Meant::List,
                // Who holds it down has sent once.
                "Enter" if is_held && !event.repeat() => Meant::Send,
                // What is typed into search while that is still on its way is not lost.
                _ if !has_others && untrack(|| self.awaits_search()) => {
                    if self.seek_also(&key) {
                        event.prevent_default();
                    }
                    return;
                }
                _ => return,
            };
            // Search that is open already keeps its keys from the browser.
            let is_open = meant == Meant::Search && untrack(|| self.is_searching());
            if focus::is_held_by_dialog() && !is_open {
                return;
            }
            event.prevent_default();
            match meant {
                Meant::Search => self.open_search(),
                Meant::List => self.list_shortcuts(true),
                Meant::Send => self.submit_form(),
            }
        });
    }

    /// As its button does.
    fn submit_form(self) {
        if let Some(form) = untrack(|| self.form()).filter(|_| !untrack(|| self.awaits_search())) {
            // What the form came with is there.
            task::spawn(async move { _ = submit(form).await });
        }
    }
}

lazy! { in form: fn submit(form: Form) = form.submit(false); }
