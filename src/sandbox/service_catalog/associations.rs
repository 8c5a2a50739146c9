//! Which version offers which service action, looked up from either side.

use crate::input::Input;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// A service action, a product and one of its versions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Association {
    pub service_action: String,
    pub product: String,
    pub version: String,
}

/// Written as pairs of a version and an action.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<(String, String)>")]
pub struct Associations {
    service_actions: BTreeMap<String, BTreeSet<String>>,
    versions: BTreeMap<String, BTreeSet<String>>,
}

impl Association {
    pub fn of(input: Input<'_>) -> Self {
        Self {
            service_action: input.text("ServiceActionId").into(),
            product: input.text("ProductId").into(),
            version: input.text("ProvisioningArtifactId").into(),
        }
    }

    /// What tells it from others.
    pub fn key(&self) -> [&str; 3] {
        [&self.service_action, &self.product, &self.version]
    }
}

impl Associations {
    pub fn insert(&mut self, version: &str, service_action: &str) {
        let (action, id) = (service_action.to_owned(), version.to_owned());
        let actions = self.service_actions.entry(id.clone());
        actions.or_default().insert(action.clone());
        self.versions.entry(action).or_default().insert(id);
    }

    pub fn remove(&mut self, version: &str, service_action: &str) {
        if let Some(actions) = self.service_actions.get_mut(version) {
            actions.remove(service_action);
        }
        if let Some(versions) = self.versions.get_mut(service_action) {
            versions.remove(version);
        }
    }

    pub fn contains(&self, version: &str, service_action: &str) -> bool {
        let actions = self.service_actions.get(version);
        actions.is_some_and(|actions| actions.contains(service_action))
    }

    /// Whether a version offers an action, or the sentence that says it doesn't.
    pub fn check(&self, version: &str, action: &str) -> Result<(), String> {
        if self.contains(version, action) {
            return Ok(());
        }
        Err(format!(
            "ServiceAction {action} is not associated with ProvisioningArtifact {version}."
        ))
    }

    /// How many there are of all versions.
    pub fn len(&self) -> usize {
        self.service_actions.values().map(BTreeSet::len).sum()
    }

    /// How many service actions a version offers.
    pub fn count(&self, version: &str) -> usize {
        self.service_actions.get(version).map_or(0, BTreeSet::len)
    }

    pub fn service_actions_of(&self, version: &str) -> impl Iterator<Item = &str> {
        let actions = self.service_actions.get(version).into_iter().flatten();
        actions.map(String::as_str)
    }

    pub fn versions_with(&self, service_action: &str) -> impl Iterator<Item = &str> {
        let versions = self.versions.get(service_action).into_iter().flatten();
        versions.map(String::as_str)
    }
}

impl From<Vec<(String, String)>> for Associations {
    fn from(pairs: Vec<(String, String)>) -> Self {
        let mut associations = Self::default();
        for (version, service_action) in pairs {
            associations.insert(&version, &service_action);
        }
        associations
    }
}

impl Serialize for Associations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pairs = self.service_actions.iter();
        serializer.collect_seq(pairs.flat_map(|(version, actions)| {
            let pair = move |action| (version.as_str(), action);
            actions.iter().map(String::as_str).map(pair)
        }))
    }
}
