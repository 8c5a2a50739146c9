//! The state of the service. Products, versions, actions and what was provisioned stay as they
//! are; which actions the versions offer, and the records, change.

use super::associations::{Association, Associations};
use super::records::Records;
use super::token::Tokens;
use crate::attempts::Attempts;
use crate::ledger::Effects;
use crate::state::{State, check_count};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Service actions a version can offer.
const LIMIT: usize = 25;

/// All by their IDs.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    pub products: BTreeMap<String, Product>,
    pub versions: BTreeMap<String, Version>,
    pub service_actions: BTreeMap<String, ServiceAction>,
    pub provisioned_products: BTreeMap<String, ProvisionedProduct>,
    pub associations: Associations,
    pub records: Records,
    /// Changes to associations somebody has tried, where the first attempt fails.
    pub attempts: Attempts,
    /// The tokens of the three operations that take one.
    pub associated: Tokens,
    pub disassociated: Tokens,
    pub executed: Tokens,
    #[serde(skip)]
    pub effects: Effects,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    pub view: String,
    pub name: String,
    pub owner: String,
    pub description: String,
    pub kind: String,
    pub portfolio: Option<String>,
    pub created_ms: u64,
}

/// A version of a product, which AWS calls a provisioning artifact.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    pub product: String,
    pub name: String,
    pub description: String,
    pub is_deprecated: bool,
    pub created_ms: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceAction {
    pub name: String,
    pub description: String,
    pub change: Change,
    /// Its targets are EC2 instances.
    pub runs_on_instances: bool,
}

/// What a batch that adds or removes an association of an action meets with.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Plain,
    FirstIsThrottled,
    FirstFailsInternally,
    IsLimited,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvisionedProduct {
    pub name: String,
    pub kind: String,
    pub product: String,
    pub version: String,
    pub environment: String,
    /// The EC2 instance it consists of.
    pub instance: Option<String>,
    /// The records of its last provisioning, and of the last that succeeded.
    pub provisioning_record: String,
    pub successful_record: String,
    pub created_ms: u64,
    pub runs_fail: bool,
}

/// Why an association can't be added, with the sentence that says so.
pub enum Refusal {
    NotFound(String),
    Exists(String),
    IsFull(String),
}

impl Store {
    pub fn service_action(&self, id: &str) -> Result<&ServiceAction, String> {
        let found = self.service_actions.get(id);
        found.ok_or_else(|| format!("ServiceAction {id} not found."))
    }

    pub fn product(&self, id: &str) -> Result<&Product, String> {
        let found = self.products.get(id);
        found.ok_or_else(|| format!("Product {id} not found."))
    }

    /// The version, or the sentence that says what of the two is not there.
    pub fn version(&self, product: &str, id: &str) -> Result<&Version, String> {
        self.product(product)?;
        let found = self.versions.get(id);
        found
            .filter(|version| version.product == product)
            .ok_or_else(|| format!("ProvisioningArtifact {id} not found in product {product}."))
    }

    /// The action, if it can be added to the version.
    pub fn addable(&self, association: &Association) -> Result<&ServiceAction, Refusal> {
        let (action, version) = (&association.service_action, &association.version);
        self.version(&association.product, version)
            .map_err(Refusal::NotFound)?;
        let found = self.service_action(action).map_err(Refusal::NotFound)?;
        if self.associations.contains(version, action) {
            return Err(Refusal::Exists(format!(
                "ServiceAction {action} is already associated with ProvisioningArtifact {version}."
            )));
        }
        if self.associations.count(version) >= LIMIT {
            return Err(Refusal::IsFull(format!(
                "ProvisioningArtifact {version} already has {LIMIT} associated service actions, \
                 which is the limit."
            )));
        }
        Ok(found)
    }

    /// The `RecordDetail` structure of a record as it is now.
    pub fn record_detail(&self, id: &str, now_ms: u64) -> Option<Value> {
        let record = self.records.get(id)?;
        let product = self.provisioned_products.get(&record.provisioned_product);
        Some(record.detail(id, product, now_ms))
    }

    pub fn add(&mut self, association: &Association) {
        let (action, version) = (&association.service_action, &association.version);
        self.associations.insert(version, action);
        self.effects.add(&association.key());
    }

    /// The action, if the version offers it.
    pub fn removable(&self, association: &Association) -> Result<&ServiceAction, String> {
        let (action, version) = (&association.service_action, &association.version);
        let found = self.service_action(action)?;
        self.version(&association.product, version)?;
        self.associations.check(version, action)?;
        Ok(found)
    }

    pub fn remove(&mut self, association: &Association) {
        let (action, version) = (&association.service_action, &association.version);
        self.associations.remove(version, action);
        self.effects.add(&association.key());
    }
}

impl State for Store {
    fn effects(&mut self) -> &mut Effects {
        &mut self.effects
    }

    fn check(&self) -> Result<(), String> {
        check_count("products", self.products.len(), 20_000)?;
        check_count("versions", self.versions.len(), 20_000)?;
        check_count("service_actions", self.service_actions.len(), 20_000)?;
        check_count(
            "provisioned_products",
            self.provisioned_products.len(),
            20_000,
        )?;
        check_count("associations", self.associations.len(), 20_000)?;
        check_count("attempts", self.attempts.len(), Attempts::MOST)
    }
}
