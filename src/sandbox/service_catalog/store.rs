//! The state of the service.

use super::record::Record;
use crate::attempts::Attempts;
use crate::input::Input;
use serde_json::Value;

pub struct Store {
    pub service_actions: Vec<(String, ServiceAction)>,
    pub versions: Vec<Version>,
    pub provisioned_products: Vec<ProvisionedProduct>,
    /// Associations somebody has tried to remove, where the first attempt fails.
    pub attempts: Attempts,
    /// What was associated under an idempotency token.
    pub associated: Vec<(String, Association)>,
    pub executed: Vec<Executed>,
    pub records: Vec<Record>,
}

/// What removing an action from a version in a batch meets with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    Plain,
    FirstIsThrottled,
    FirstFailsInternally,
    IsLimited,
}

#[derive(Clone, Copy)]
pub struct ServiceAction {
    pub removal: Removal,
    /// Its targets are EC2 instances.
    pub runs_on_instances: bool,
}

/// A version of a product, which AWS calls a provisioning artifact.
pub struct Version {
    pub product: &'static str,
    pub id: &'static str,
    pub service_actions: Vec<String>,
}

#[derive(Clone, Copy)]
pub struct ProvisionedProduct {
    pub id: &'static str,
    pub name: &'static str,
    pub kind: &'static str,
    pub product: &'static str,
    pub version: &'static str,
    pub environment: &'static str,
    pub is_under_change: bool,
    pub runs_fail: bool,
}

/// A service action, a product and one of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Association {
    pub service_action: String,
    pub product: String,
    pub version: String,
}

/// What makes two requests to run an action the same request.
#[derive(PartialEq)]
pub struct Execution {
    pub provisioned_product: String,
    pub service_action: String,
    pub parameters: Option<Value>,
}

/// What was run under an execute token.
pub struct Executed {
    pub token: String,
    pub execution: Execution,
    /// The place of its record.
    pub record: usize,
}

impl Version {
    pub fn offers(&self, service_action: &str) -> bool {
        self.service_actions.iter().any(|id| id == service_action)
    }
}

impl Association {
    pub fn of(input: Input<'_>) -> Self {
        Self {
            service_action: input.text("ServiceActionId").into(),
            product: input.text("ProductId").into(),
            version: input.text("ProvisioningArtifactId").into(),
        }
    }
}

impl Store {
    pub fn service_action(&self, id: &str) -> Result<ServiceAction, String> {
        let found = self.service_actions.iter().find(|(own, _)| own == id);
        found
            .map(|(_, action)| *action)
            .ok_or_else(|| format!("ServiceAction {id} not found."))
    }

    /// The version, or the sentence that says what of the two is not there.
    pub fn version(&mut self, product: &str, id: &str) -> Result<&mut Version, String> {
        if !self
            .versions
            .iter()
            .any(|version| version.product == product)
        {
            return Err(format!("Product {product} not found."));
        }
        let mut versions = self.versions.iter_mut();
        versions
            .find(|version| version.product == product && version.id == id)
            .ok_or_else(|| format!("ProvisioningArtifact {id} not found in product {product}."))
    }
}

/// The sentence for an action that exists and that the version doesn't offer.
pub fn not_associated(service_action: &str, version: &str) -> String {
    format!("ServiceAction {service_action} is not associated with ProvisioningArtifact {version}.")
}
