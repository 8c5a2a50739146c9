//! Where a request goes.

use crate::json::{place_from_json, place_to_json};
use serde_json::{Value, json};

/// Who answers, as a person chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    PageSandbox,
    ProxySandbox,
    ProxyAws,
}

impl Target {
    pub const ALL: [Self; 3] = [Self::PageSandbox, Self::ProxySandbox, Self::ProxyAws];

    /// The name that is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::PageSandbox => "page",
            Self::ProxySandbox => "proxy-sandbox",
            Self::ProxyAws => "proxy-aws",
        }
    }

    /// The target of a key, whether it can be chosen now or not.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.key() == key)
    }

    /// Nothing that is sent to a sandbox lasts.
    #[must_use]
    pub fn is_sandbox(self) -> bool {
        self != Self::ProxyAws
    }
}

/// Where a run goes, with everything that tells one such place from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub target: Target,
    pub region: String,
    /// Whose resources it changes, where that is known.
    pub account: Option<String>,
    /// The one of the proxy's profiles that signs, where it is named.
    pub profile: Option<String>,
    /// What the proxy sends to in the place of AWS, by its host, if it was told to.
    pub endpoint: Option<String>,
}

impl Place {
    /// As it is stored.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut value = json!({});
        place_to_json(self, &mut value);
        value
    }

    /// None for what is no place of this version.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        place_from_json(value)
    }
}
