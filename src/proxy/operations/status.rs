//! What the console learns of the profiles.

use super::Operations;
use crate::failure::Failure;
use crate::profiles::asked_in_query;
use crate::signer::Signer;
use crate::team::Person;
use formsmith_api::class::Class;
use serde_json::{Value, json};

impl Operations {
    /// Tells of the profiles and, for the one in the query or else the first, what belongs to it, and
    /// in whose name requests would be signed now.
    pub async fn tell(
        &self,
        query: Option<&str>,
        person: Option<&Person>,
        status: &mut Value,
    ) -> Result<(), Failure> {
        let Some(signing) = &self.signing else {
            return Ok(());
        };
        let asked = asked_in_query(query)?;
        // Those that the person may use: of the others, nothing is told.
        let all = signing.profiles.all().iter();
        let theirs: Vec<_> = all
            .filter_map(|profile| signing.signer_of(profile, person).ok())
            .collect();
        let signer = match (&asked, theirs.first()) {
            (Some(name), _) => signing.signer(Some(name), person),
            (None, Some(first)) => Ok(first.clone()),
            (None, None) => signing.signer_of(signing.profiles.first(), person),
        };
        let regions = |signer: &Signer<'_>| {
            let name = signer.profile.name.as_deref();
            json!(signer.permits.named_regions(name))
        };
        let profiles = theirs.iter().map(|signer| {
            json!({
                "name": signer.profile.name,
                "region": signer.profile.region,
                "regions": regions(signer),
            })
        });
        status["profiles"] = profiles.collect();
        let endpoint = signing.upstream.endpoint.as_ref();
        status["endpoint"] = json!(endpoint.map(|endpoint| endpoint.authority.as_str()));
        let signer = match signer {
            Ok(signer) => signer,
            Err(failure) if asked.is_some() && person.is_none() => return Err(failure),
            Err(failure) => {
                status["identity"] = json!({ "error": failure.to_json() });
                status["region"] = Value::Null;
                return Ok(());
            }
        };
        let classes = signer.permits.allowed();
        status["writes"] = classes.has(Class::Write).into();
        status["classes"] = classes.words().into();
        status["region"] = json!(signer.profile.region);
        status["regions"] = regions(&signer);
        status["accounts"] = json!(signer.permits.named_accounts());
        status["identity"] = match signer.identity(true).await {
            Ok(identity) => identity.to_json(),
            Err(failure) => json!({ "error": failure.to_json() }),
        };
        Ok(())
    }
}
