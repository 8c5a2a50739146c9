//! The region that requests go to, and those there are to choose from.

use super::Console;
use crate::browser::storage;
use leptos::prelude::*;

use formsmith_api::curated::REGION_NAMES;
/// Those of the partitions `aws`, `aws-cn` and `aws-us-gov`, the first being the default.
pub use formsmith_api::curated::REGIONS;

const REGION_KEY: &str = "formsmith.region";

#[derive(Clone, Copy)]
pub(super) struct Region {
    name: RwSignal<String>,
    /// Did the person ever choose one?
    is_chosen: RwSignal<bool>,
}

impl Region {
    pub fn new() -> Self {
        let stored = storage::read(REGION_KEY).filter(|it| REGIONS.contains(&it.as_str()));
        Self {
            is_chosen: RwSignal::new(stored.is_some()),
            name: RwSignal::new(stored.unwrap_or_else(|| REGIONS[0].to_owned())),
        }
    }

    pub fn get_untracked(self) -> String {
        self.name.get_untracked()
    }

    /// A region that the person chose, here or on another day, stays.
    pub fn propose(self, region: Option<String>) {
        let is_free = !self.is_chosen.get_untracked();
        if let Some(region) = region.filter(|it| is_free && REGIONS.contains(&it.as_str())) {
            self.name.set(region);
        }
    }
}

/// What AWS calls a region: `N. Virginia`; the region itself where it has no name here.
pub fn region_name(region: &str) -> &str {
    let mut named = REGIONS.iter().zip(REGION_NAMES.split('\n'));
    named
        .find(|(it, _)| **it == region)
        .map_or(region, |(_, name)| name)
}

impl Console {
    pub fn region(self) -> String {
        self.region.name.get()
    }

    pub fn choose_region(self, region: String) {
        storage::write(REGION_KEY, &region);
        self.region.is_chosen.set(true);
        self.region.name.set(region);
    }
}
