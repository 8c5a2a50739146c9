//! The state of the service.

use super::entity::TYPES;
use crate::attempts::Attempts;
use crate::ledger::Effects;
use crate::state::{State, check_count};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many entities of one type an opportunity can be linked to.
pub const LIMIT: usize = 20;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    pub catalogs: BTreeMap<String, Catalog>,
    /// What has been tried, where the first attempt fails.
    pub attempts: Attempts,
    #[serde(skip)]
    pub effects: Effects,
}

/// Both by ID. The same ID can stand in both catalogs, for two different things.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    pub opportunities: BTreeMap<String, Opportunity>,
    pub solutions: BTreeMap<String, Solution>,
}

/// Moments and days are texts, as the service writes them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opportunity {
    pub title: String,
    pub problem: String,
    pub company: String,
    pub industry: String,
    pub country: String,
    pub opportunity_type: String,
    pub stage: String,
    pub review_status: String,
    /// What the customer may spend in a month, in US dollars.
    pub spend: u32,
    pub target_close: String,
    pub created: String,
    pub modified: String,
    pub trouble: Trouble,
    /// Identifiers by type.
    pub entities: BTreeMap<String, Vec<String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Solution {
    pub name: String,
    pub category: String,
    pub status: String,
    pub created: String,
    pub marketplace_arn: Option<String>,
    pub trouble: Trouble,
}

/// What changing or naming something meets with.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    No,
    IsDenied,
    FirstIsThrottled,
    FirstFailsInternally,
}

pub const CLOSED_LOST: &str = "Closed Lost";
pub const LAUNCHED: &str = "Launched";

impl Opportunity {
    pub fn is_closed(&self) -> bool {
        self.stage == CLOSED_LOST || self.stage == LAUNCHED
    }

    pub fn entities_of(&self, entity_type: &str) -> &[String] {
        let entities = self.entities.get(entity_type);
        entities.map_or(&[], Vec::as_slice)
    }

    pub fn is_linked(&self, entity_type: &str, identifier: &str) -> bool {
        let mut entities = self.entities_of(entity_type).iter();
        entities.any(|entity| entity == identifier)
    }
}

impl State for Store {
    fn effects(&mut self) -> &mut Effects {
        &mut self.effects
    }

    fn check(&self) -> Result<(), String> {
        check_count("attempts", self.attempts.len(), Attempts::MOST)?;
        check_count("catalogs", self.catalogs.len(), 2)?;
        self.catalogs.values().try_for_each(Catalog::check)
    }
}

impl Catalog {
    fn check(&self) -> Result<(), String> {
        check_count("opportunities", self.opportunities.len(), 200)?;
        check_count("solutions", self.solutions.len(), 1_000)?;
        for (id, opportunity) in &self.opportunities {
            for (entity_type, entities) in &opportunity.entities {
                if !TYPES.contains(&entity_type.as_str()) {
                    return Err(format!("{entity_type} of {id} is not a type of entity"));
                }
                check_count(&format!("{entity_type} of {id}"), entities.len(), LIMIT)?;
            }
        }
        Ok(())
    }
}
