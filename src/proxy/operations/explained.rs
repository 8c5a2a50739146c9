//! What the console asks before a person fills a form: whether this proxy would sign it.

use super::Operations;
use crate::body::{self, Response};
use crate::explain::explain;
use crate::failure::Failure;
use crate::profiles::asked_in_query;
use crate::team::Person;

impl Operations {
    /// `asked` is `service/operation/region`, for the profile in the query, if there is one. A proxy
    /// that signs nothing has nothing to say.
    pub fn explained(
        &self,
        query: Option<&str>,
        asked: &str,
        person: Option<&Person>,
    ) -> Result<Response, Failure> {
        let signing = self.signing.as_ref().ok_or_else(Failure::not_found)?;
        let profile = asked_in_query(query)?;
        let permits = signing.permits().of_person(person, profile.as_deref())?;
        let mut parts = asked.split('/');
        let (Some(service), Some(operation), Some(region), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Failure::not_found());
        };
        let explanation = explain(
            service,
            operation,
            profile.as_deref(),
            Some(region),
            &self.models,
            &signing.upstream,
            &permits,
        )?;
        Ok(body::json(&explanation.to_json()))
    }
}
