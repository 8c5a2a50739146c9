//! From an admitted request to the answer of its endpoint: credentials, identity, signature,
//! forwarding.
//!
//! A request is sent once. The two exceptions are refusals of the signature itself, when nothing
//! was done: a wrong clock is corrected, and credentials that AWS calls expired are renewed;
//! then it is sent once more. A file is never sent once more: it is not kept.

use crate::audit::Line;
use crate::body::Response;
use crate::bound::BoundHeaders;
use crate::clock::{Clock, Correction, clock_is_wrong, no_such_time};
use crate::config::{EndpointUrl, Limits, Upstream};
use crate::consent::{Agreed, Attempt};
use crate::credentials::{Credentials, DEFAULT_REGION, Held, expired};
use crate::date::can_be_signed;
use crate::destination::{Destination, Payload, Sight, place};
use crate::failure::{Failure, Sent};
use crate::forward::{Answer, Forwarder};
use crate::http::header::{AUTHORIZATION, CONTENT_LENGTH, HOST};
use crate::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode};
use crate::identity::{self, Identity, Known};
use crate::limits;
use crate::models::Found;
use crate::outline::Operation;
use crate::panics;
use crate::policy::{self, Admission};
use crate::pool::Outgoing as Signed;
use crate::refusal;
use crate::rules::{Choices, Rules};
use crate::sending::Unsigned;
use crate::sign::{Keys, Signable};
use formsmith_api::curated::{CLOCK, EXPIRED, HASH_IN_HEADER, SIGNATURE};
use formsmith_api::endpoint::regional_host;
use formsmith_wire::Code;
use hyper::body::Body as _;
use std::borrow::Cow;
use std::io;
use std::sync::Arc;
use std::time::SystemTime;
use tokio::time::timeout;

const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const CONTENT_SHA256: &str = "x-amz-content-sha256";
/// What stands for the hash of a body that the signature leaves out.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

#[derive(Debug)]
pub struct Signing {
    pub upstream: Upstream,
    credentials: Held,
    known: Known,
    clock: Clock,
    keys: Keys,
    forwarder: Forwarder,
    /// Where STS is asked, if AWS's rules are at hand.
    sts: Option<Arc<Rules>>,
}

impl Signing {
    pub fn new(upstream: Upstream, limits: Limits, sts: Option<Arc<Rules>>) -> io::Result<Self> {
        let with_tls = upstream
            .endpoint
            .as_ref()
            .is_none_or(|endpoint| endpoint.scheme == "https");
        Ok(Self {
            credentials: Held::new(upstream.credentials.clone(), upstream.profile.clone()),
            known: Known::default(),
            clock: Clock::default(),
            keys: Keys::default(),
            forwarder: Forwarder::new(limits, with_tls)?,
            sts,
            upstream,
        })
    }

    /// The operation of a request, if it may be signed. Services of somebody's own have no endpoint:
    /// they are sent to the one that was given.
    pub fn admit<'m>(
        &self,
        found: &Found<'m>,
        headers: &HeaderMap,
    ) -> Result<Admission<'m>, Failure> {
        let admission = policy::admit(found, headers, &self.upstream.permits)?;
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
        let mut credentials = self.credentials.get().await?;
        let (mut attempt, mut is_renewed, mut is_answered) = (None, false, false);
        loop {
            if agreed.is_some() || self.upstream.permits.named_accounts().is_some() {
                let identity = self.identity_of(&credentials, false).await?;
                self.upstream.permits.account(&identity)?;
                agreed.map_or(Ok(()), |agreed| agreed.in_the_name_of(&identity))?;
                line.detail(|details| details.identity = Some(identity));
            } else {
                line.detail(|details| details.identity = Some(self.known.last(&credentials)));
            }
            line.intend().await?;
            // Made anew with other credentials, it is the same attempt.
            match agreed {
                Some(agreed) if is_renewed => agreed.still_holds()?,
                Some(agreed) => attempt = Some(agreed.take()?),
                None => {}
            }
            panics::handing_on();
            let sent = self.send(destination, request, &credentials, &mut is_answered);
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
            if is_renewed || !Box::pin(self.credentials.has_others_than(&credentials)).await {
                self.known.forget().await;
                return Err(expired());
            }
            if request.is_sent_once() {
                return Ok(answer.into_response(destination.bound));
            }
            is_renewed = true;
            credentials = self.credentials.get().await?;
        }
    }

    /// In whose name requests would be signed now. What could not be learned is asked `anew`.
    pub async fn identity(&self, anew: bool) -> Result<Arc<Identity>, Failure> {
        let credentials = self.credentials.get().await?;
        self.identity_of(&credentials, anew).await
    }

    async fn identity_of(
        &self,
        credentials: &Credentials,
        anew: bool,
    ) -> Result<Arc<Identity>, Failure> {
        let ask = async || self.ask_identity(credentials).await;
        self.known.get(credentials, anew, ask).await
    }

    /// Fails only if the credentials are known to be of no use.
    async fn ask_identity(&self, credentials: &Credentials) -> Result<Identity, Failure> {
        let region = self.upstream.region.as_deref().unwrap_or(DEFAULT_REGION);
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
        let told = self.send(&destination, &question, credentials, &mut is_answered);
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
        let choices = self.upstream.choices;
        let host = match &self.sts {
            Some(rules) if choices != Choices::default() => {
                let none = serde_json::Value::Null;
                let found = rules.endpoint("GetCallerIdentity", &none, region, choices, None)?;
                found.authority().to_owned()
            }
            _ => regional_host("sts", region).ok_or_else(not_sendable)?,
        };
        Ok(place(&self.upstream, host))
    }

    /// Tells also whether anything was answered, be it a refusal of the signature.
    async fn send(
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
