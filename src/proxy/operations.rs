//! Requests to services: admitted or refused by what is known before the body is read, then
//! answered by the sandbox, or signed and sent.

mod consents;
mod explained;
mod files;
mod sent;
mod sign_ins;
mod status;

use crate::audit::Line;
use crate::body::{Body, Bytes, Response};
use crate::config::{Config, Limits, Target};
use crate::consent::{self, Agreed, Attempt, Place, Presented, Store};
use crate::destination::Sight;
use crate::emulated::Emulated;
use crate::failure::Failure;
use crate::guard::is_forwarded;
use crate::hash::sha256_hex;
use crate::headers::texts;
use crate::http::request::Parts;
use crate::models::{Found, Models};
use crate::panics;
use crate::permits::Permits;
use crate::policy::{self, Address};
use crate::profiles;
use crate::rules::Choices;
use crate::sending::{Content, Unsigned};
use crate::sign_in::SignIns;
use crate::signed::{Signing, not_sendable};
use crate::signer::Signer;
use crate::team::{Person, person};
use crate::uri;
use files::Asked;
use formsmith_api::class::Class;
use formsmith_api::http::HttpRequest;
use http_body_util::BodyExt;
use sent::{as_pure, sent_up, text};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// Where the emulated services stand for clients other than the console.
pub const SANDBOX: &str = "/sandbox";

pub struct Operations {
    models: Models,
    sandbox: Emulated,
    /// There is one only if the target is AWS.
    signing: Option<Signing>,
    consents: Mutex<Store>,
    sign_ins: SignIns,
    /// A place for each request of the console that may be under way.
    places: Arc<Semaphore>,
    /// And for those of other clients, who need no token and must not take the console's.
    guests: Semaphore,
    limits: Limits,
}

/// A request that is answered as soon as its body is there.
pub struct Admitted<'a> {
    /// Who sends it, where people sign in.
    person: Option<&'a Arc<Person>>,
    /// Nobody signs for the sandbox.
    signer: Option<Signer<'a>>,
    found: Found<'a>,
    /// What it can do.
    class: Class,
    address: Address<'a>,
    /// The consent that it came with. There is one if it needs one.
    consent: Option<Presented>,
    /// What of it, or of its answer, is a file.
    files: Asked,
    place: OwnedSemaphorePermit,
}

impl Admitted<'_> {
    /// The hash of the file that is its body, as it was announced.
    pub fn file_hash(&self) -> Option<&str> {
        self.files.hash.as_deref()
    }

    fn place(&self) -> Place {
        let operation = self.found.operation;
        let profile = self.signer.as_ref().map(|signer| signer.profile);
        Place {
            person: self.person.map(|person| person.subject.clone()),
            profile: profile.and_then(|profile| profile.name.clone()),
            service: self.found.service.name.clone(),
            region: self.address.region.to_owned(),
            operation: operation.map(|it| it.name.to_string()).unwrap_or_default(),
            class: self.class,
        }
    }
}

impl Operations {
    /// The error is a sentence: TLS is needed and the system has no root certificates, or there are
    /// no models where they should be.
    pub fn new(config: &Config) -> Result<Self, String> {
        let models = Models::new(&config.model, config.models.as_deref())?;
        let signing = match &config.target {
            Target::Sandbox => None,
            Target::Aws(upstream) => {
                // Where it is asked otherwise is known without rules.
                let sts = match upstream.choices == Choices::default() {
                    true => None,
                    false => models.rules("sts").map_err(|failure| failure.message)?,
                };
                let signing = Signing::new(upstream.clone(), config.limits, sts.cloned());
                Some(signing.map_err(|error| no_certificates(&error))?)
            }
        };
        Ok(Self {
            models,
            sandbox: Emulated::new(config.model.clone(), config.sandbox_credentials.clone()),
            signing,
            consents: Mutex::new(Store::of_copy(
                config.team.as_ref().and_then(|team| team.copy.clone()),
            )),
            sign_ins: SignIns::default(),
            places: Arc::new(Semaphore::new(config.limits.requests)),
            guests: Semaphore::new(config.limits.requests),
            limits: config.limits,
        })
    }

    /// Who signs with the profile of this name for a person.
    fn signer(
        &self,
        profile: Option<&str>,
        person: Option<&Person>,
    ) -> Result<Option<Signer<'_>>, Failure> {
        let signing = self.signing.as_ref();
        signing
            .map(|signing| signing.signer(profile, person))
            .transpose()
    }

    /// A team's policy has changed.
    pub fn set_policy(&self, policy: Permits) {
        if let Some(signing) = &self.signing {
            signing.set_policy(policy);
        }
    }

    /// Refuses a region that nothing is signed for. The sandbox emulates any.
    fn region(&self, address: &Address<'_>, signer: Option<&Signer<'_>>) -> Result<(), Failure> {
        policy::region(address, |region| {
            signer.is_none() || self.models.has_region(region)
        })?;
        signer.map_or(Ok(()), |signer| {
            let profile = signer.profile.name.as_deref();
            signer.permits.region(profile, address.region)
        })
    }

    /// For one more request of another client, as long as it is under way.
    pub fn guest(&self, config: &Config) -> Result<SemaphorePermit<'_>, Failure> {
        self.guests.try_acquire().map_err(|_| busy(config))
    }

    /// Everything that can be said of a request of the console without its body.
    pub fn admit<'a>(
        &'a self,
        config: &Config,
        request: &'a Parts,
        line: &mut Line,
    ) -> Result<Admitted<'a>, Failure> {
        let headers = &request.headers;
        if let Some(signing) = &self.signing {
            config.check_session(request)?;
            policy::forwarded(is_forwarded(headers), signing.upstream.allow_forwarded)?;
        }
        let person = person(request);
        let sender = person.map(|person| &**person);
        let address = Address::read(sent_path(request)).ok_or_else(Failure::not_found)?;
        let signer = match &self.signing {
            Some(signing) => {
                let profile = profiles::asked(headers)?;
                Some(signing.signer(profile.as_deref(), sender)?)
            }
            None => None,
        };
        line.note(|subject| {
            let profile = signer.as_ref().map(|signer| signer.profile);
            subject.profile = profile.and_then(|profile| profile.name.clone());
        });
        self.region(&address, signer.as_ref())?;
        let (method, path) = (&request.method, &address.path);
        let found = self.models.find(address.service, method, path, headers)?;
        let Found {
            service, operation, ..
        } = found;
        line.note(|subject| {
            subject.service = Some(service.name.clone());
            subject.region = Some(address.region.to_owned());
            subject.operation = operation.map(|operation| operation.name.to_string());
        });
        // The sandbox sends nothing anywhere.
        let mut class = Class::Read;
        let needs_consent = match &signer {
            Some(signer) => {
                let admission = signer.signing.admit(&found, headers, &signer.permits)?;
                class = admission.class;
                line.note(|subject| subject.class = Some(class));
                class != Class::Read
            }
            // The sandbox has one address for all services, and would answer.
            None if operation.is_none()
                && policy::is_listed(self.models.built_in(), method, path, headers) =>
            {
                return Err(policy::not_listed(service));
            }
            None => false,
        };
        if let Some(operation) = operation.filter(|_| !service.is_built_in)
            && !uri::has_required(operation, path, headers)
        {
            return Err(not_sendable());
        }
        let files = files::asked(&found, headers, self.signing.is_some())?;
        let consent = Presented::read(headers, &self.consents(), Instant::now())?;
        match &consent {
            Some(consent) => {
                let name = self.consents().name(consent.id);
                line.detail(|details| details.consent = Some(name));
            }
            None if needs_consent => return Err(consent::missing()),
            None => {}
        }
        Ok(Admitted {
            person,
            signer,
            found,
            class,
            address,
            consent,
            files,
            place: (self.places.clone().try_acquire_owned()).map_err(|_| busy(config))?,
        })
    }

    pub async fn answer(
        &self,
        mut admitted: Admitted<'_>,
        parts: &Parts,
        body: Content,
        line: &mut Line,
    ) -> Result<Response, Failure> {
        let consent = admitted.consent.take();
        let Admitted { found, address, .. } = &admitted;
        if let Some(operation) = found.operation {
            policy::body_names(found.service, operation, body.bytes())?;
        }
        let request = Unsigned {
            method: parts.method.clone(),
            path: address.path.clone(),
            headers: sent_up(found, &parts.headers),
            body_hash: match admitted.file_hash() {
                Some(hash) => hash.to_owned(),
                None => sha256_hex(&[body.bytes()]),
            },
            body,
            wants_file: admitted.files.is_answer,
        };
        let headers = request.headers.iter();
        let headers = headers.map(|(name, value)| (name.as_str(), text(value)));
        let (method, body_hash) = (request.method.as_str(), &request.body_hash);
        let hash = consent::request_hash(method, sent_path(parts), headers, body_hash);
        line.note(|subject| subject.hash = Some(hex::encode(hash)));
        let agreed = match consent {
            Some(consent) => Some(consent.to(&hash, &admitted.place())?),
            None => None,
        };
        let Some(signer) = &admitted.signer else {
            // The sandbox needs no consent, but one that comes with a request is used up all the same.
            let attempt = agreed.as_ref().map(Agreed::take).transpose()?;
            panics::handing_on();
            let request = as_pure(request);
            let asked = formsmith_sandbox::Asked {
                protocol: found.service.protocol,
                operation: (found.operation)
                    .map_or_else(|| "this operation".to_owned(), |it| it.name.to_string()),
            };
            let answer = Box::pin(self.sandbox.answer(&request, asked, &self.limits)).await?;
            if answer.status().is_success() {
                attempt.into_iter().for_each(Attempt::succeeded);
            }
            return Ok(answer);
        };
        let operation = found.operation.ok_or_else(not_sendable)?;
        let sight = Sight {
            path: &request.path,
            headers: &parts.headers,
            body: Some(request.body.bytes()),
            is_whole: true,
        };
        let destination = signer
            .signing
            .destination(found, operation, address.region, &sight)?;
        let request = request.packed(operation);
        let answered = signer.answer(&destination, &request, agreed.as_ref(), line);
        let answer = answered.await?;
        Ok(match request.wants_file {
            true => holding(answer, admitted.place),
            false => answer,
        })
    }

    /// The emulated services for any client: the request as it is, less the prefix.
    pub async fn raw_sandbox(&self, parts: &Parts, body: Bytes) -> Response {
        let sent = HttpRequest {
            host_prefix: String::new(),
            method: parts.method.to_string(),
            path: sent_path(parts).to_owned(),
            headers: texts(&parts.headers),
            body: body.into(),
            file: None,
        };
        let path = sent.path.strip_prefix(SANDBOX).unwrap_or(&sent.path);
        let slash = if path.starts_with('/') { "" } else { "/" };
        let request = HttpRequest {
            path: format!("{slash}{path}"),
            ..sent.clone()
        };
        let mut services = self.models.built_in().iter();
        let asked = services.find(|service| {
            policy::operation(service, &parts.method, &request.path, &parts.headers).is_some()
        });
        let service = asked.map(|service| service.signing_name.as_str());
        panics::handing_on();
        self.sandbox.answer_signed(&sent, &request, service).await
    }
}

/// Path and query just as they were sent.
fn sent_path(parts: &Parts) -> &str {
    parts.uri.path_and_query().map_or("/", |path| path.as_str())
}

/// An answer that takes up a place as long as it goes on: there is no telling how long that is.
fn holding(answer: Response, place: OwnedSemaphorePermit) -> Response {
    answer.map(|body| match body {
        whole @ Body::Whole(_) => whole,
        streaming => Body::new(streaming.map_frame(move |frame| {
            let _ = &place;
            frame
        })),
    })
}

pub fn no_certificates(error: &io::Error) -> String {
    format!(
        "the system's root certificates can't be read: {error}; install them, such as with the \
         package ca-certificates"
    )
}

fn busy(config: &Config) -> Failure {
    Failure::busy(
        format!(
            "The proxy is already handling {} requests, the most it accepts.",
            config.limits.requests
        ),
        "Wait a moment, then send again.",
    )
}
