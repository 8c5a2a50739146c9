//! A newer build of the page, which the browser has fetched beside this one.

use super::Console;
use crate::watch::listen;
use formsmith_words as words;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::Event;

#[wasm_bindgen]
extern "C" {
    /// Has the newer build take over, and reloads this page; `offline.js` provides it before it tells of one.
    #[wasm_bindgen(js_name = formsmithTakeUpdate)]
    fn take();
}

/// Is there one?
pub(super) struct Update(RwSignal<bool>);

impl Update {
    pub fn new() -> Self {
        Self(RwSignal::new(false))
    }
}

impl Console {
    pub(super) fn hear_of_update(self) {
        listen(&window(), "formsmith-update", move |_: Event| {
            self.ways.update.0.set(true);
        });
    }

    pub fn has_update(self) -> bool {
        self.ways.update.0.get()
    }

    /// Says so, and counts it among the notices.
    pub fn note_update(self) {
        self.announce(words::spoken(
            words::update_ready(),
            words::update_ready_detail(),
        ));
        self.note(1);
    }

    /// The person wants it now. Otherwise it opens once all tabs of the page are closed.
    pub fn take_update(self) {
        take();
    }
}
