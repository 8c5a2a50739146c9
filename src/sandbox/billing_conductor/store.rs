//! The state of the service. Deleted custom line items are not in it.

use super::period::Period;
use super::reference::{Kind, Reference};
use crate::attempts::Attempts;

pub struct Store {
    pub line_items: Vec<LineItem>,
    /// What has been tried, where the first attempt fails.
    pub attempts: Attempts,
}

pub struct LineItem {
    pub id: &'static str,
    pub charge: Charge,
    pub change: Change,
    pub resources: Vec<Resource>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    Percentage,
    Flat,
}

/// What changing a custom line item meets with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Plain,
    IsDenied,
    FirstConflicts,
    FirstIsThrottled,
    FirstFailsInternally,
}

/// What a percentage custom line item is calculated from.
pub struct Resource {
    pub kind: Kind,
    pub id: String,
    pub since: Period,
    pub removal: Removal,
}

/// What taking a resource out meets with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    Plain,
    IsLimited,
    FirstFailsInternally,
}

impl LineItem {
    /// Where among its resources the one of this name stands.
    pub fn position(&self, reference: Reference<'_>) -> Option<usize> {
        self.resources.iter().position(|resource| {
            Some(resource.kind) == reference.kind && resource.id == reference.id
        })
    }
}
