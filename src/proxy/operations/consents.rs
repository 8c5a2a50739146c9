//! What the console asks before and after a review.

use super::Operations;
use crate::audit::{Line, Step};
use crate::body::{self, Response};
use crate::config::Config;
use crate::consent::{self, Asked, Id, Kind, Place, Proposal, Store};
use crate::destination::Sight;
use crate::failure::Failure;
use crate::guard::is_forwarded;
use crate::http::header::CONTENT_TYPE;
use crate::http::{HeaderMap, HeaderValue};
use crate::models::Found;
use crate::permits::Permits;
use crate::policy::{self, Address, Admission};
use crate::signed::not_sendable;
use formsmith_api::endpoint::endpoint;
use serde_json::json;
use std::sync::{MutexGuard, PoisonError};
use std::time::Instant;

impl Operations {
    /// May who sends this propose and confirm?
    pub fn may_agree(&self, config: &Config, headers: &HeaderMap) -> Result<(), Failure> {
        config.token.check(headers)?;
        let signing = self.signing.as_ref();
        let allow_forwarded = signing.is_none_or(|signing| signing.upstream.allow_forwarded);
        policy::forwarded(is_forwarded(headers), allow_forwarded)
    }

    /// Answers where requests would go and who would sign them, and remembers that.
    pub async fn propose(&self, body: &[u8], line: &mut Line) -> Result<Response, Failure> {
        let asked = Asked::read(body)?;
        let signer = self.signer(asked.profile.as_deref())?;
        let address = asked.address();
        self.region(&address, signer.as_ref())?;
        let (found, admission) = self.proposed(&asked, &address)?;
        let Admission { operation, class } = admission;
        let service = found.service;
        let place = Place {
            profile: signer.and_then(|signer| signer.profile.name.clone()),
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
                signing.upstream.permits.account(&identity)?;
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
        line.detail(|details| details.consent = Some(id.to_string()));
        let label = identity
            .as_ref()
            .map(|identity| identity.label().to_owned());
        let proposal = Proposal::new(asked.kind, place, label, now);
        let answer = json!({
            "id": id.to_string(),
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
    pub async fn confirm(&self, id: &str, line: &mut Line) -> Result<Response, Failure> {
        let id = Id::read(id).ok_or_else(consent::unknown)?;
        let proposal = self.consents().find(id, Instant::now())?;
        note(line, Step::Confirmation, &proposal.place, &proposal.kind);
        line.detail(|details| details.consent = Some(id.to_string()));
        if let Some(signer) = self.signer(proposal.place.profile.as_deref())? {
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
    pub fn withdraw(&self, id: &str, line: &mut Line) -> Result<Response, Failure> {
        let id = Id::read(id).ok_or_else(consent::unknown)?;
        line.note(|subject| subject.step = Step::Withdrawal);
        line.detail(|details| details.consent = Some(id.to_string()));
        self.consents().withdraw(id)?;
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
    ) -> Result<(Found<'a>, Admission<'a>), Failure> {
        let mut headers = asked.headers();
        let (method, path) = (&asked.method, &address.path);
        let found = self.models.find(address.service, method, path, &headers)?;
        let content_type = HeaderValue::from_str(found.service.protocol.content_type());
        headers.insert(CONTENT_TYPE, content_type.map_err(|_| not_sendable())?);
        let admission = match &self.signing {
            Some(signing) => signing.admit(&found, &headers)?,
            None => policy::admit(&found, &headers, &Permits::all())?,
        };
        Ok((found, admission))
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
