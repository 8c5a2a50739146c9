//! What the console asks before and after a review.

use super::Operations;
use crate::audit::{Line, Step};
use crate::body::{self, Response};
use crate::config::Config;
use crate::consent::{self, Asked, Id, Kind, Place, Proposal, Store};
use crate::destination::Sight;
use crate::failure::Failure;
use crate::guard::is_forwarded;
use crate::http::HeaderValue;
use crate::http::header::CONTENT_TYPE;
use crate::http::request::Parts;
use crate::models::Found;
use crate::permits::Permits;
use crate::policy::{self, Address, Admission};
use crate::signed::not_sendable;
use crate::signer::Signer;
use crate::team::Person;
use formsmith_api::endpoint::endpoint;
use serde_json::json;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Instant;

impl Operations {
    /// May who sends this propose and confirm?
    pub fn may_agree(&self, config: &Config, parts: &Parts) -> Result<(), Failure> {
        config.check_session(parts)?;
        let signing = self.signing.as_ref();
        let allow_forwarded = signing.is_none_or(|signing| signing.upstream.allow_forwarded);
        policy::forwarded(is_forwarded(&parts.headers), allow_forwarded)
    }

    /// Answers where requests would go and who would sign them, and remembers that.
    pub async fn propose(
        &self,
        body: &[u8],
        person: Option<&Arc<Person>>,
        line: &mut Line,
    ) -> Result<Response, Failure> {
        let asked = Asked::read(body)?;
        let sender = person.map(|person| &**person);
        let signer = self.signer(asked.profile.as_deref(), sender)?;
        let address = asked.address();
        self.region(&address, signer.as_ref())?;
        let (found, admission) = self.proposed(&asked, &address, signer.as_ref())?;
        let Admission { operation, class } = admission;
        let service = found.service;
        let profile = signer.as_ref().map(|signer| signer.profile);
        let place = Place {
            person: person.map(|person| person.subject.clone()),
            profile: profile.and_then(|profile| profile.name.clone()),
            service: service.name.clone(),
            region: address.region.to_owned(),
            operation: operation.name.to_string(),
            class,
        };
        note(line, Step::Proposal, &place, &asked.kind);
        let (host, signing_region, signing_name, identity) = match signer {
            Some(signer) => {
                let signing = signer.signing;
                let sight = Sight {
                    path: &address.path,
                    headers: &asked.headers(),
                    body: None,
                    is_whole: asked.has_headers(),
                };
                let to = signing.destination(&found, operation, address.region, &sight)?;
                let identity = signer.identity(true).await?;
                line.detail(|details| details.identity = Some(identity.clone()));
                signer.permits.account(&identity)?;
                let host = to.place.authority;
                (host, to.signing_region, to.signing_name, Some(identity))
            }
            None => {
                let own = endpoint(&service.endpoint, address.region).ok_or_else(not_sendable)?;
                let name = service.signing_name.clone();
                (own.host, own.signing_region, name, None)
            }
        };
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|_| Failure::no_randomness())?;
        let (id, now) = (Id::new(random), Instant::now());
        let name = self.consents().name(id);
        line.detail(|details| details.consent = Some(name.clone()));
        let label = identity
            .as_ref()
            .map(|identity| identity.label().to_owned());
        let proposal = Proposal::new(asked.kind, place, label, now);
        let answer = json!({
            "id": name,
            "kind": proposal.kind.name(),
            "profile": proposal.place.profile,
            "host": host,
            "service": proposal.place.service,
            "region": proposal.place.region,
            "signingRegion": signing_region,
            "signingName": signing_name,
            "operation": proposal.place.operation,
            "class": class.word(),
            "attempts": proposal.kind.attempts(),
            "identity": identity.map(|identity| identity.to_json()),
            "expiresInSeconds": proposal.expires_in(now).as_secs(),
        });
        self.consents().add(id, proposal, now)?;
        Ok(body::json(&answer))
    }

    /// The person has agreed to what was proposed.
    pub async fn confirm(
        &self,
        name: &str,
        person: Option<&Arc<Person>>,
        line: &mut Line,
    ) -> Result<Response, Failure> {
        let (id, proposal) = {
            let consents = self.consents();
            let id = consents.read(name, consent::unknown)?;
            (id, consents.find(id, Instant::now())?)
        };
        is_theirs(&proposal, person)?;
        note(line, Step::Confirmation, &proposal.place, &proposal.kind);
        line.detail(|details| details.consent = Some(name.to_owned()));
        let sender = person.map(|person| &**person);
        if let Some(signer) = self.signer(proposal.place.profile.as_deref(), sender)? {
            let identity = signer.identity(false).await?;
            consent::same_identity(proposal.identity.as_deref(), &identity)?;
            line.detail(|details| details.identity = Some(identity));
        }
        let now = Instant::now();
        let proposal = self.consents().confirm(id, now)?;
        Ok(body::json(&json!({
            "confirmed": true,
            "expiresInSeconds": proposal.expires_in(now).as_secs(),
        })))
    }

    /// The person no longer agrees, or has closed the review.
    pub fn withdraw(
        &self,
        name: &str,
        person: Option<&Arc<Person>>,
        line: &mut Line,
    ) -> Result<Response, Failure> {
        let mut consents = self.consents();
        let id = consents.read(name, consent::unknown)?;
        line.note(|subject| subject.step = Step::Withdrawal);
        line.detail(|details| details.consent = Some(name.to_owned()));
        if person.is_some() {
            is_theirs(&*consents.find(id, Instant::now())?, person)?;
        }
        consents.withdraw(id)?;
        Ok(body::json(&json!({ "withdrawn": true })))
    }

    pub(super) fn consents(&self) -> MutexGuard<'_, Store> {
        self.consents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The operation that is proposed, refused where a request would be.
    fn proposed<'a>(
        &'a self,
        asked: &Asked,
        address: &Address<'_>,
        signer: Option<&Signer<'_>>,
    ) -> Result<(Found<'a>, Admission<'a>), Failure> {
        let mut headers = asked.headers();
        let (method, path) = (&asked.method, &address.path);
        let found = self.models.find(address.service, method, path, &headers)?;
        let content_type = HeaderValue::from_str(found.service.protocol.content_type());
        headers.insert(CONTENT_TYPE, content_type.map_err(|_| not_sendable())?);
        let admission = match signer {
            Some(signer) => signer.signing.admit(&found, &headers, &signer.permits)?,
            None => policy::admit(&found, &headers, &Permits::all())?,
        };
        Ok((found, admission))
    }
}

/// What one person was asked is nothing that another can answer.
fn is_theirs(proposal: &Proposal, person: Option<&Arc<Person>>) -> Result<(), Failure> {
    let person = person.map(|person| &person.subject);
    match proposal.place.person.as_ref() == person {
        true => Ok(()),
        false => Err(consent::unknown()),
    }
}

fn note(line: &mut Line, step: Step, place: &Place, kind: &Kind) {
    line.note(|subject| {
        subject.step = step;
        subject.profile = place.profile.clone();
        subject.service = Some(place.service.clone());
        subject.region = Some(place.region.clone());
        subject.operation = Some(place.operation.clone());
        subject.class = Some(place.class);
        subject.hash = Some(hex::encode(kind.hash()));
    });
}
