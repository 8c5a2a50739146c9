//! The tour: offered until it was opened once, and opened again from the settings.

use super::Console;
use crate::browser::storage;
use leptos::prelude::*;

/// Set once it was opened.
const SEEN: &str = "formsmith.tour-seen";

#[derive(Clone, Copy)]
pub(super) struct Tour {
    is_offered: bool,
    is_open: RwSignal<bool>,
}

impl Tour {
    pub fn new() -> Self {
        Self {
            is_offered: storage::read(SEEN).is_none(),
            is_open: RwSignal::new(false),
        }
    }
}

impl Console {
    /// Had it never been opened when the page was?
    pub fn offers_tour(self) -> bool {
        self.ways.tour.is_offered
    }

    pub fn is_on_tour(self) -> bool {
        self.ways.tour.is_open.get()
    }

    pub fn open_tour(self) {
        storage::write(SEEN, "1");
        self.ways.tour.is_open.set(true);
    }

    pub fn close_tour(self) {
        self.ways.tour.is_open.set(false);
    }
}
