//! The state of the service. Deleted custom line items are not in it.

use super::period::Period;
use super::reference::{Kind, Reference};
use crate::attempts::Attempts;
use crate::ledger::Effects;
use crate::state::{State, check_count};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most resources that a custom line item can have.
pub const LIMIT: usize = 10_000;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// By primary account.
    pub billing_groups: BTreeMap<String, BillingGroup>,
    pub line_items: BTreeMap<String, LineItem>,
    /// What has been tried, where the first attempt fails.
    pub attempts: Attempts,
    #[serde(skip)]
    pub effects: Effects,
}

/// Times are seconds since 1970.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BillingGroup {
    pub name: String,
    pub description: String,
    /// The name of a plan of AWS's, or the ID of one of the account's own.
    pub pricing_plan: String,
    pub accounts: u32,
    pub takes_in_new_accounts: bool,
    pub primary_account_is_missing: bool,
    pub created: u64,
    pub modified: u64,
    pub trouble: Trouble,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineItem {
    pub name: String,
    pub description: String,
    /// The primary account of the billing group that is charged.
    pub billing_group: String,
    /// The account that is charged, where it is not the primary one.
    pub account: Option<String>,
    pub charge: Charge,
    pub is_credit: bool,
    pub created: u64,
    pub modified: u64,
    pub trouble: Trouble,
    pub limit: usize,
    /// What it is calculated from, by the ends of ARNs: `billinggroup/123456789012`.
    pub resources: BTreeMap<String, Association>,
}

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Charge {
    Percentage(f64),
    Flat(f64),
}

/// What changing or naming something meets with.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    No,
    IsDenied,
    IsLimited,
    FirstConflicts,
    FirstIsThrottled,
    FirstFailsInternally,
}

/// From a month on and, where there is an end, up to the month before it.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Association {
    pub since: Period,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Period>,
}

impl Association {
    pub fn holds_in(&self, period: Period) -> bool {
        self.since <= period && !self.has_ended_by(period)
    }

    pub fn has_ended_by(&self, period: Period) -> bool {
        self.until.is_some_and(|until| until <= period)
    }
}

impl Store {
    /// What changing the association of a resource meets with.
    pub fn trouble_of(&self, reference: Reference<'_>) -> Trouble {
        match reference.kind {
            Some(Kind::BillingGroup) => {
                let group = self.billing_groups.get(reference.id);
                group.map_or(Trouble::No, |group| group.trouble)
            }
            _ => Trouble::No,
        }
    }
}

impl State for Store {
    fn effects(&mut self) -> &mut Effects {
        &mut self.effects
    }

    fn check(&self) -> Result<(), String> {
        check_count("billing_groups", self.billing_groups.len(), 20_000)?;
        check_count("line_items", self.line_items.len(), 20)?;
        check_count("attempts", self.attempts.len(), Attempts::MOST)?;
        for (id, item) in &self.line_items {
            check_count(&format!("limit of {id}"), item.limit, LIMIT)?;
            let count = item.resources.len();
            check_count(&format!("resources of {id}"), count, item.limit)?;
        }
        Ok(())
    }
}
