//! What the console learns of the profiles.

use super::Operations;
use crate::failure::Failure;
use crate::profiles::{Profile, asked_in_query};
use crate::signer::Signer;
use serde_json::{Value, json};

impl Operations {
    /// Tells of the profiles and, for the one in the query or else the first, what belongs to it, and
    /// in whose name requests would be signed now.
    pub async fn tell(&self, query: Option<&str>, status: &mut Value) -> Result<(), Failure> {
        let Some(signing) = &self.signing else {
            return Ok(());
        };
        let asked = asked_in_query(query)?;
        let profile = match &asked {
            Some(name) => signing.profiles.named(Some(name))?,
            None => signing.profiles.first(),
        };
        let permits = &signing.upstream.permits;
        let regions = |profile: &Profile| json!(permits.named_regions(profile.name.as_deref()));
        let all = signing.profiles.all().iter();
        let all = all.map(|profile| {
            json!({
                "name": profile.name,
                "region": profile.region,
                "regions": regions(profile),
            })
        });
        status["profiles"] = all.collect();
        let endpoint = signing.upstream.endpoint.as_ref();
        status["endpoint"] = json!(endpoint.map(|endpoint| endpoint.authority.as_str()));
        status["region"] = json!(profile.region);
        status["regions"] = regions(profile);
        status["accounts"] = json!(permits.named_accounts());
        status["identity"] = match (Signer { signing, profile }).identity(true).await {
            Ok(identity) => identity.to_json(),
            Err(failure) => json!({ "error": failure.to_json() }),
        };
        Ok(())
    }
}
