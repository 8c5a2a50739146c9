//! The state of the service.

use crate::attempts::Attempts;

pub const CATALOGS: [&str; 2] = ["AWS", "Sandbox"];

pub struct Store {
    pub opportunities: Vec<Opportunity>,
    /// Opportunities somebody has tried to change, where the first attempt fails.
    pub attempts: Attempts,
}

pub struct Opportunity {
    /// The same ID can stand in both catalogs, for two different opportunities.
    pub catalog: &'static str,
    pub id: &'static str,
    pub change: Change,
    /// Types and identifiers.
    pub entities: Vec<(&'static str, String)>,
}

/// What changing an opportunity meets with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Plain,
    IsClosed,
    IsDenied,
    FirstIsThrottled,
    FirstFailsInternally,
}
