//! Light or dark, whatever the system says.

use super::Console;
use crate::browser::{page, storage};
use crate::watch::watch;
use leptos::prelude::*;

const KEY: &str = "formsmith.appearance";

/// `light`, `dark`, or empty for what the system says.
#[derive(Clone, Copy)]
pub(super) struct Appearance(RwSignal<String>);

impl Appearance {
    pub fn new() -> Self {
        let chosen = RwSignal::new(storage::read(KEY).unwrap_or_default());
        watch(move || page::set_theme(&chosen.get()));
        Self(chosen)
    }
}

impl Console {
    pub fn appearance(self) -> Signal<String> {
        self.ways.appearance.0.into()
    }

    pub fn choose_appearance(self, appearance: String) {
        storage::write(KEY, &appearance);
        self.ways.appearance.0.set(appearance);
    }
}
