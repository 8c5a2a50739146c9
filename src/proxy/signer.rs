//! From an admitted request to the answer of its endpoint, in the name of one profile: credentials,
//! identity, signature, forwarding.
//!
//! Where AWS calls the credentials expired, nothing was done: they are renewed, and the request is
//! sent once more. A file is not: it is not kept.

use crate::audit::Line;
use crate::body::Response;
use crate::bound::BoundHeaders;
use crate::config::EndpointUrl;
use crate::consent::{Agreed, Attempt};
use crate::credentials::{Credentials, DEFAULT_REGION, expired};
use crate::destination::{Destination, Payload, place};
use crate::failure::{Failure, Sent};
use crate::http::StatusCode;
use crate::identity::{self, Identity};
use crate::limits;
use crate::panics;
use crate::permits::Permits;
use crate::profiles::Profile;
use crate::refusal;
use crate::sending::Unsigned;
use crate::signed::{Signing, not_sendable};
use formsmith_api::curated::{CLOCK, EXPIRED, SIGNATURE};
use formsmith_api::endpoint::regional_host;
use formsmith_wire::Code;
use std::sync::Arc;
use tokio::time::timeout;

/// Who signs a request.
#[derive(Debug, Clone)]
pub struct Signer<'a> {
    pub signing: &'a Signing,
    /// What whoever asks may have signed.
    pub permits: Arc<Permits>,
    pub profile: &'a Profile,
}

impl Signer<'_> {
    /// Signs for the destination and sends to it.
    /// What was reviewed in somebody's name is sent in no other. An attempt that the person agreed
    /// to is taken when the request is about to be sent, and given back only if nothing was.
    pub async fn answer(
        &self,
        destination: &Destination<'_>,
        request: &Unsigned,
        agreed: Option<&Agreed>,
        line: &mut Line,
    ) -> Result<Response, Failure> {
        line.detail(|details| details.endpoint = Some(destination.place.authority.clone()));
        let mut credentials = self.profile.credentials.get().await?;
        let (mut attempt, mut is_renewed, mut is_answered) = (None, false, false);
        loop {
            if agreed.is_some() || self.permits.named_accounts().is_some() {
                let identity = self.identity_of(&credentials, false).await?;
                self.permits.account(&identity)?;
                agreed.map_or(Ok(()), |agreed| agreed.in_the_name_of(&identity))?;
                line.detail(|details| details.identity = Some(identity));
            } else {
                line.detail(|details| {
                    details.identity = Some(self.profile.known.last(&credentials))
                });
            }
            line.intend().await?;
            // Made anew with other credentials, it is the same attempt.
            match agreed {
                Some(agreed) if is_renewed => agreed.still_holds()?,
                Some(agreed) => attempt = Some(agreed.take()?),
                None => {}
            }
            panics::handing_on();
            let sent = self
                .signing
                .send(destination, request, &credentials, &mut is_answered);
            let answer = match sent.await {
                Ok(answer) => answer,
                Err(failure) => {
                    // There was no connection to send it over.
                    if failure.sent == Sent::No && !is_answered && !request.has_begun() {
                        attempt.into_iter().for_each(Attempt::give_back);
                    }
                    return Err(failure);
                }
            };
            line.detail(|details| details.answer(&answer.headers));
            if request.is_sent_once() && answer.is_error(&[CLOCK, SIGNATURE]) {
                // What can't be sent again can't tell whether a correction helps. A question to
                // STS can, so that the next request is signed by the right time.
                let _ = Box::pin(self.ask_identity(&credentials)).await;
            }
            if !answer.is_error(&[EXPIRED]) {
                // One that is still on its way may break off, and then be asked for again.
                if answer.status.is_success() && answer.whole.is_some() {
                    attempt.into_iter().for_each(Attempt::succeeded);
                }
                return Ok(answer.into_response(destination.bound));
            }
            let renewed = match is_renewed {
                true => Err(expired()),
                false => Box::pin(self.profile.credentials.renew(&credentials)).await,
            };
            if let Err(failure) = renewed {
                self.profile.known.forget().await;
                return Err(failure);
            }
            if request.is_sent_once() {
                return Ok(answer.into_response(destination.bound));
            }
            is_renewed = true;
            credentials = self.profile.credentials.get().await?;
        }
    }

    /// In whose name requests would be signed now. What could not be learned is asked `anew`.
    pub async fn identity(&self, anew: bool) -> Result<Arc<Identity>, Failure> {
        let held = &self.profile.credentials;
        let credentials = held.get().await?;
        match self.identity_of(&credentials, anew).await {
            Err(failure) if failure.code == Code::CredentialsExpired => {
                Box::pin(held.renew(&credentials)).await?;
                self.identity_of(&held.get().await?, anew).await
            }
            told => told,
        }
    }

    async fn identity_of(
        &self,
        credentials: &Credentials,
        anew: bool,
    ) -> Result<Arc<Identity>, Failure> {
        let ask = async || self.ask_identity(credentials).await;
        self.profile.known.get(credentials, anew, ask).await
    }

    /// Fails only if the credentials are known to be of no use.
    async fn ask_identity(&self, credentials: &Credentials) -> Result<Identity, Failure> {
        let region = self.profile.region.as_deref().unwrap_or(DEFAULT_REGION);
        let question = identity::question();
        let none = BoundHeaders::default();
        let destination = Destination {
            place: self.sts(region)?,
            path: question.path.clone(),
            signing_region: region.to_owned(),
            signing_name: "sts".to_owned(),
            headers: Vec::new(),
            payload: Payload::Hash,
            is_path_literal: false,
            bound: &none,
        };
        let mut is_answered = false;
        let told = self
            .signing
            .send(&destination, &question, credentials, &mut is_answered);
        let why = match timeout(limits::STS_TIME, told).await {
            Err(_) => identity::told_nothing_in(limits::STS_TIME),
            Ok(Err(failure)) => failure,
            Ok(Ok(answer)) => {
                let body = answer.whole.unwrap_or_default();
                let code = refusal::name_in_xml(&body);
                match (answer.status, code.as_deref()) {
                    (StatusCode::OK, _) => match identity::read(&body) {
                        Some(identity) => return Ok(identity),
                        None => identity::not_told(None),
                    },
                    (_, Some(code)) if EXPIRED.contains(&code) => return Err(expired()),
                    (_, code) => identity::not_told(code),
                }
            }
        };
        Ok(Identity::unknown(credentials, why))
    }

    /// Where STS is asked.
    fn sts(&self, region: &str) -> Result<EndpointUrl, Failure> {
        let choices = self.signing.upstream.choices;
        let host = match &self.signing.sts {
            Some(rules) => {
                let none = serde_json::Value::Null;
                let found = rules.endpoint("GetCallerIdentity", &none, region, choices, None)?;
                found.authority().to_owned()
            }
            None => regional_host("sts", region).ok_or_else(not_sendable)?,
        };
        Ok(place(&self.signing.upstream, host))
    }
}
