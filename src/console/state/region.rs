//! The region that requests go to, and those there are to choose from.

use super::Console;
use crate::browser::storage;
use leptos::prelude::*;

/// Regions of the partitions `aws`, `aws-cn` and `aws-us-gov`, the first being the default.
pub const REGIONS: [&str; 38] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "cn-north-1",
    "cn-northwest-1",
    "us-gov-east-1",
    "us-gov-west-1",
];

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
