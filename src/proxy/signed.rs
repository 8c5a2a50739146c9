//! From an admitted request to the answer of its endpoint: credentials, identity, signature,
//! forwarding.
//!
//! A request is sent once. The two exceptions are refusals of the signature itself, when nothing
//! was done: a wrong clock is corrected, and credentials that AWS calls expired are renewed;
//! then it is sent once more.

use crate::body::{Bytes, Response};
use crate::clock::Clock;
use crate::config::{EndpointUrl, Limits, Upstream};
use crate::consent::{Agreed, Attempt};
use crate::credentials::{Credentials, DEFAULT_REGION, Held, expired};
use crate::failure::{Failure, Sent};
use crate::forward::{Answer, Forwarder};
use crate::headers::texts;
use crate::http::header::HOST;
use crate::http::{HeaderName, HeaderValue, Request, StatusCode};
use crate::identity::{self, Identity, Known};
use crate::sign::{Scope, sign};
use formsmith_api::endpoint::{endpoint, regional_host};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::Service;
use formsmith_api::protocol::error_name;
use http_body_util::Full;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::time::timeout;

/// How AWS's services refuse a signature for its time, or for other reasons.
const ABOUT_TIME: [&str; 6] = [
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
    "RequestTimeTooSkewed",
    "RequestExpired",
    "RequestInTheFuture",
];
/// How they refuse credentials whose time is over.
const EXPIRED: [&str; 3] = [
    "ExpiredTokenException",
    "ExpiredToken",
    "TokenRefreshRequired",
];

/// A person waits for STS before the review, and a request before it is sent.
const STS: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub struct Signing {
    pub upstream: Upstream,
    credentials: Held,
    known: Known,
    clock: Clock,
    forwarder: Forwarder,
}

/// A request that may be signed.
pub struct Outgoing {
    pub request: HttpRequest,
    /// SHA-256 of its body in lower-case hexadecimal, which the signature has as well.
    #[expect(dead_code, reason = "the signature still makes its own")]
    pub body_hash: String,
    /// What the person agreed to, where that was asked for.
    pub agreed: Option<Agreed>,
}

/// Where a request goes, and what it is signed for.
struct Destination<'a> {
    place: EndpointUrl,
    scope: Scope<'a>,
}

impl Destination<'_> {
    fn at_its_path(&self, mut request: HttpRequest) -> Arc<HttpRequest> {
        request.path.insert_str(0, &self.place.base);
        Arc::new(request)
    }
}

impl Signing {
    pub fn new(upstream: Upstream, limits: Limits) -> io::Result<Self> {
        let with_tls = upstream
            .endpoint
            .as_ref()
            .is_none_or(|endpoint| endpoint.scheme == "https");
        Ok(Self {
            credentials: Held::new(upstream.credentials.clone(), upstream.profile.clone()),
            known: Known::default(),
            clock: Clock::default(),
            forwarder: Forwarder::new(limits, with_tls)?,
            upstream,
        })
    }

    /// Signs for the service in the region, and sends to its endpoint or the one given instead.
    /// What was reviewed in somebody's name is sent in no other. An attempt that the person agreed
    /// to is taken when the request is about to be sent, and given back only if nothing was.
    pub async fn answer(
        &self,
        service: &Service,
        region: &str,
        outgoing: Outgoing,
    ) -> Result<Response, Failure> {
        let own = endpoint(service, region).ok_or_else(not_sendable)?;
        let destination = Destination {
            place: self.place(own.host),
            scope: Scope {
                region: &own.signing_region,
                service: &service.signing_name,
            },
        };
        let request = destination.at_its_path(outgoing.request);
        let mut credentials = self.credentials.get().await?;
        let (mut attempt, mut is_renewed, mut is_answered) = (None, false, false);
        loop {
            if let Some(agreed) = &outgoing.agreed {
                let identity = self.identity_of(&credentials, false).await?;
                agreed.in_the_name_of(&identity)?;
                if !is_renewed {
                    attempt = Some(agreed.take()?);
                }
            }
            let sent = self.send(&destination, &request, &credentials, &mut is_answered);
            let answer = match sent.await {
                Ok(answer) => answer,
                Err(failure) => {
                    // There was no connection to send it over.
                    if failure.sent == Sent::No && !is_answered {
                        attempt.into_iter().for_each(Attempt::give_back);
                    }
                    return Err(failure);
                }
            };
            if !is_error(&answer, &EXPIRED) {
                return Ok(answer.into_response());
            }
            if is_renewed || !self.credentials.has_others_than(&credentials).await {
                self.known.forget().await;
                return Err(expired());
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
        let ask = self.ask_identity(credentials);
        self.known.get(credentials, anew, ask).await
    }

    /// Fails only if the credentials are known to be of no use.
    async fn ask_identity(&self, credentials: &Credentials) -> Result<Identity, Failure> {
        let region = self.upstream.region.as_deref().unwrap_or(DEFAULT_REGION);
        let host = regional_host("sts", region).ok_or_else(not_sendable)?;
        let destination = Destination {
            place: self.place(host),
            scope: Scope {
                region,
                service: "sts",
            },
        };
        let question = destination.at_its_path(identity::question());
        let mut is_answered = false;
        let told = self.send(&destination, &question, credentials, &mut is_answered);
        let why = match timeout(STS, told).await {
            Err(_) => identity::told_nothing_in(STS),
            Ok(Err(failure)) => failure,
            Ok(Ok(answer)) => {
                let body = answer.whole.unwrap_or_default();
                let code = identity::error_code(&body);
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

    fn place(&self, host: String) -> EndpointUrl {
        self.upstream.endpoint.clone().unwrap_or(EndpointUrl {
            scheme: "https".into(),
            authority: host,
            base: String::new(),
        })
    }

    /// Tells also whether anything was answered, be it a refusal of the signature.
    async fn send(
        &self,
        destination: &Destination<'_>,
        request: &Arc<HttpRequest>,
        credentials: &Credentials,
        is_answered: &mut bool,
    ) -> Result<Answer, Failure> {
        let mut is_corrected = false;
        loop {
            let now = self.clock.now();
            let signed = signed(destination, request, credentials, now);
            let signed = signed.ok_or_else(not_sendable)?;
            let answer = self.forwarder.send(signed).await?;
            *is_answered = true;
            if !is_error(&answer, &ABOUT_TIME) || !self.clock.correct(&answer.headers, now) {
                return Ok(answer);
            }
            if is_corrected {
                return Err(clock_is_wrong());
            }
            is_corrected = true;
        }
    }
}

/// What goes out: the request, the headers that signing added, and nothing else.
fn signed(
    destination: &Destination<'_>,
    request: &Arc<HttpRequest>,
    credentials: &Credentials,
    now: SystemTime,
) -> Option<Request<Full<Bytes>>> {
    let Destination { place, scope } = destination;
    let added = sign(request, &place.authority, *scope, credentials, now).ok()?;
    let mut out = Request::builder()
        .method(request.method.as_str())
        .uri(format!(
            "{}://{}{}",
            place.scheme, place.authority, request.path
        ))
        .body(Full::new(Bytes::from_owner(BodyOf(request.clone()))))
        .ok()?;
    let headers = out.headers_mut();
    headers.insert(HOST, HeaderValue::from_str(&place.authority).ok()?);
    for (name, value) in &request.headers {
        headers.insert(header_name(name)?, HeaderValue::from_str(value).ok()?);
    }
    for (name, value) in added {
        let mut value = HeaderValue::try_from(value).ok()?;
        // Keeps signature and session token out of whatever prints headers.
        value.set_sensitive(true);
        headers.insert(header_name(&name)?, value);
    }
    Some(out)
}

fn header_name(name: &str) -> Option<HeaderName> {
    HeaderName::from_bytes(name.as_bytes()).ok()
}

/// A body that is sent twice is held once.
struct BodyOf(Arc<HttpRequest>);

impl AsRef<[u8]> for BodyOf {
    fn as_ref(&self) -> &[u8] {
        &self.0.body
    }
}

/// Is the answer an error of one of these names?
fn is_error(answer: &Answer, names: &[&str]) -> bool {
    let Some(body) = answer
        .whole
        .as_ref()
        .filter(|_| answer.status.is_client_error())
    else {
        return false;
    };
    let response = HttpResponse {
        status: answer.status.as_u16(),
        headers: texts(&answer.headers),
        body: body.to_vec(),
    };
    let name = error_name(&response).or_else(|| identity::error_code(body));
    name.is_some_and(|name| names.contains(&name.as_str()))
}

pub fn not_sendable() -> Failure {
    Failure::bad_request(
        "not-sendable",
        "No request that can be signed could be made of this one.",
        "Send what the console would send.",
    )
}

fn clock_is_wrong() -> Failure {
    Failure::upstream(
        "clock-skew",
        "AWS refused the signature for its time, which was taken from AWS's own answer.",
        "Set this computer's clock right, then send again.",
    )
}
