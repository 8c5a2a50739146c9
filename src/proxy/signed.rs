//! What all profiles share: which operations are signed, where they go, by which clock, and the way
//! there and back.
//!
//! A request is sent once. The one exception here is a refusal of the signature itself for its
//! time, when nothing was done: the clock is corrected, and it is sent once more. A file is never
//! sent once more: it is not kept.

use crate::clock::{Clock, Correction, clock_is_wrong, no_such_time};
use crate::config::{Limits, Upstream};
use crate::credentials::Credentials;
use crate::date::can_be_signed;
use crate::destination::{Destination, Payload, Sight};
use crate::failure::Failure;
use crate::forward::{Answer, Forwarder};
use crate::http::header::{AUTHORIZATION, CONTENT_LENGTH, HOST};
use crate::http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use crate::models::Found;
use crate::outline::Operation;
use crate::permits::Permits;
use crate::policy::{self, Admission};
use crate::pool::Outgoing as Signed;
use crate::profiles::{Profile, Profiles};
use crate::rules::Rules;
use crate::sending::Unsigned;
use crate::sign::{Keys, Signable};
use crate::signer::Signer;
use crate::team::Person;
use formsmith_api::curated::{CLOCK, HASH_IN_HEADER, SIGNATURE};
use formsmith_wire::Code;
use hyper::body::Body as _;
use std::borrow::Cow;
use std::io;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const CONTENT_SHA256: &str = "x-amz-content-sha256";
/// What stands for the hash of a body that the signature leaves out.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

#[derive(Debug)]
pub struct Signing {
    pub upstream: Upstream,
    pub profiles: Profiles,
    /// What the upstream's permits have become since: a team's policy may change.
    permits: RwLock<Arc<Permits>>,
    clock: Clock,
    keys: Keys,
    forwarder: Forwarder,
    /// Where STS is asked, if a choice was made and AWS's rules are at hand.
    pub sts: Option<Arc<Rules>>,
}

impl Signing {
    pub fn new(upstream: Upstream, limits: Limits, sts: Option<Arc<Rules>>) -> io::Result<Self> {
        let with_tls = upstream
            .endpoint
            .as_ref()
            .is_none_or(|endpoint| endpoint.scheme == "https");
        Ok(Self {
            profiles: Profiles::new(&upstream.profiles),
            clock: Clock::default(),
            keys: Keys::default(),
            forwarder: Forwarder::new(limits, with_tls)?,
            sts,
            permits: RwLock::new(Arc::new(upstream.permits.clone())),
            upstream,
        })
    }

    /// In the name of the profile that a request, a proposal or a question names, if the person may
    /// use it.
    pub fn signer(
        &self,
        profile: Option<&str>,
        person: Option<&Person>,
    ) -> Result<Signer<'_>, Failure> {
        self.signer_of(self.profiles.named(profile)?, person)
    }

    pub fn signer_of<'a>(
        &'a self,
        profile: &'a Profile,
        person: Option<&Person>,
    ) -> Result<Signer<'a>, Failure> {
        Ok(Signer {
            signing: self,
            permits: self.permits().of_person(person, profile.name.as_deref())?,
            profile,
        })
    }

    /// What may be signed now, whoever asks.
    pub fn permits(&self) -> Arc<Permits> {
        let permits = self.permits.read();
        permits.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on a team's policy says this.
    pub fn set_policy(&self, policy: Permits) {
        let permits = Permits {
            most: Some(Box::new(policy)),
            ..self.upstream.permits.clone()
        };
        *self.permits.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(permits);
    }

    /// The operation of a request, if it may be signed. Services of somebody's own have no endpoint:
    /// they are sent to the one that was given.
    pub fn admit<'m>(
        &self,
        found: &Found<'m>,
        headers: &HeaderMap,
        permits: &Permits,
    ) -> Result<Admission<'m>, Failure> {
        let admission = policy::admit(found, headers, permits)?;
        let operation = admission.operation;
        let has_endpoint = found.service.is_built_in || found.rules.is_some();
        if !has_endpoint && self.upstream.endpoint.is_none() {
            return Err(Failure::forbidden(
                Code::ServiceNotAllowed,
                format!(
                    "AWS has no endpoint for this service: the proxy sends {} only to one that it \
                     was given.",
                    operation.name
                ),
                "Start the proxy with --endpoint to send this.",
            ));
        }
        if let Some(lack) = &operation.lacks {
            return Err(Failure::forbidden(
                Code::OperationNotAllowed,
                format!("{} can't be sent: it needs {lack}.", operation.name),
                "Use AWS's own tools for this operation.",
            ));
        }
        Ok(admission)
    }

    /// Where a request goes that was admitted, as far as it is known.
    pub fn destination<'m>(
        &self,
        found: &Found<'_>,
        operation: &'m Operation,
        region: &str,
        sight: &Sight<'_>,
    ) -> Result<Destination<'m>, Failure> {
        Destination::of(found, operation, region, sight, &self.upstream)
    }

    /// Tells also whether anything was answered, be it a refusal of the signature.
    pub async fn send(
        &self,
        destination: &Destination<'_>,
        request: &Unsigned,
        credentials: &Credentials,
        is_answered: &mut bool,
    ) -> Result<Answer, Failure> {
        let mut tried = None;
        loop {
            let now = self.clock.time(tried, SystemTime::now());
            if !can_be_signed(now) {
                return Err(no_such_time());
            }
            let signed = self.signed(destination, request, credentials, now);
            let signed = signed.ok_or_else(not_sendable)?;
            let Destination { place, bound, .. } = destination;
            let sent = self.forwarder.send(place, signed, request.files(), bound);
            let answer = sent.await?;
            *is_answered = true;
            if request.is_sent_once() || !answer.is_error(&[CLOCK, SIGNATURE]) {
                // Of a failing service nobody knows what it made of the signature.
                if let Some(correction) = tried.filter(|_| !answer.status.is_server_error()) {
                    self.clock.keep(correction);
                }
                return Ok(answer);
            }
            match (
                tried,
                Correction::of(&answer.headers, now, SystemTime::now()),
            ) {
                (_, None) => return Ok(answer),
                (Some(_), Some(_)) => return Err(clock_is_wrong()),
                (None, correction) => tried = correction,
            }
        }
    }

    /// What goes out: the request, the headers that signing added, and nothing else.
    fn signed(
        &self,
        destination: &Destination<'_>,
        request: &Unsigned,
        credentials: &Credentials,
        now: SystemTime,
    ) -> Option<Signed> {
        let Destination { place, payload, .. } = destination;
        let is_of_rules = |name: &HeaderName| {
            let mut names = destination.headers.iter().map(|(name, _)| name);
            names.any(|own| own == name)
        };
        let own = request.headers.iter();
        let own = own.filter(|(name, _)| !is_of_rules(name));
        let sent: Vec<_> = own.chain(&destination.headers).collect();
        let own = sent.iter();
        let own = own.map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let mut own: Vec<_> = own.collect::<Option<_>>()?;
        let body_hash = match payload {
            Payload::Unsigned => UNSIGNED_PAYLOAD,
            _ => request.body_hash.as_str(),
        };
        let is_told = matches!(payload, Payload::HashInHeader | Payload::Unsigned);
        let scope = destination.scope();
        let content_hash = (is_told || HASH_IN_HEADER.contains(&scope.service))
            .then_some((CONTENT_SHA256, body_hash));
        own.extend(content_hash);
        let path = match place.base.is_empty() {
            true => Cow::Borrowed(&destination.path),
            false => Cow::Owned(format!("{}{}", place.base, destination.path)),
        };
        let signable = Signable {
            method: request.method.as_str(),
            path: &path,
            host: &place.authority,
            headers: &own,
            body_hash,
            is_path_literal: destination.is_path_literal,
        };
        let added = self.keys.sign(&signable, scope, credentials, now).ok()?;
        let body = request.body.sending();
        let is_empty = body.is_end_stream();
        let mut out = Request::builder()
            .method(request.method.clone())
            .uri(path.as_str())
            .body(body)
            .ok()?;
        let headers = out.headers_mut();
        headers.insert(HOST, HeaderValue::from_str(&place.authority).ok()?);
        // Whoever awaits a body wants to be told that there is none, as S3 does.
        if is_empty && [Method::PUT, Method::POST, Method::PATCH].contains(&request.method) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        headers.extend(sent.into_iter().cloned());
        if *payload == Payload::NoSignature {
            return Some(out);
        }
        if let Some((name, hash)) = content_hash {
            headers.insert(name, HeaderValue::from_str(hash).ok()?);
        }
        let mut secret = |name, value: &str| {
            let mut value = HeaderValue::from_str(value).ok()?;
            // Keeps signature and session token out of whatever prints headers.
            value.set_sensitive(true);
            headers.insert(name, value);
            Some(())
        };
        secret(DATE, &added.date)?;
        secret(AUTHORIZATION, &added.authorization)?;
        if let Some(token) = credentials.session_token() {
            secret(SECURITY_TOKEN, token)?;
        }
        Some(out)
    }
}

pub fn not_sendable() -> Failure {
    Failure::bad_request(
        Code::NotSendable,
        "This request can't be signed.",
        "Send what the console would send.",
    )
}
