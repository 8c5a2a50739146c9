//! Which address is answered by what.

mod asked;

use crate::allowed_origin;
use crate::audit::{Line, Step};
use crate::body::{self, Body, Request, Response};
use crate::config::{Config, Target};
use crate::failure::Failure;
use crate::guard::{Guard, is_endpoint, is_forwarded};
use crate::http::{Method, StatusCode};
use crate::incoming;
use crate::limits;
use crate::moving::Moving;
use crate::operations::{Admitted, Operations, SANDBOX};
use crate::panics;
use crate::permits::{Classes, Permits};
use crate::policy;
use crate::sending::Content;
use crate::session::{SESSION, Sessions, TICKET};
use crate::site::{Kind, Site, protect};
use crate::team::{READY, person};
use crate::upload;
use formsmith_api::class::Class;
use formsmith_wire::Code;
use hyper::http::request::Parts;
use serde_json::{Value, json};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::{Instant, SystemTime};

/// Where the console proposes what a person is to agree to, and below, confirms or withdraws it.
const CONSENTS: &str = "/api/consents";

/// Beneath it stands an operation that the console asks about.
const EXPLAIN: &str = "/api/explain/";

/// Where the console begins to sign in, and below, goes on with that.
const SIGN_INS: &str = "/api/sign-in";

/// Where the sandbox's state is saved and restored.
const SANDBOX_STATE: &str = "/sandbox/_state";

/// Why a proxy can't be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

/// The whole proxy: a request in, an answer out.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    config: Config,
    guard: Guard,
    operations: Operations,
    sessions: Sessions,
    site: Option<Site>,
    moving: Option<Moving>,
}

pub fn app(config: Config) -> Result<App, StartError> {
    let operations = Operations::new(&config).map_err(StartError)?;
    Ok(App(Arc::new(Inner {
        guard: match &config.team {
            Some(team) => Guard::at(&team.url),
            None => Guard::new(config.address, config.origin.as_ref())
                .with_allowed(config.allowed_origins.clone()),
        },
        operations,
        sessions: Sessions::new(config.token.clone(), config.limits, config.team.clone()),
        site: {
            let page = config.site.as_ref();
            page.map(|page| Site::new(page, config.models.as_deref()))
        },
        moving: config.origin.as_ref().map(Moving::new),
        config,
    })))
}

impl App {
    /// An address that hands the session token to the console that is opened with it, once; where
    /// people sign in, that of all of them. A fragment is not sent to any server. A proxy that listens at every address of its machine
    /// is opened by that of the machine itself.
    pub fn console_address(&self) -> Result<String, getrandom::Error> {
        if let Some(team) = &self.0.config.team {
            return Ok(format!("{}/", team.url));
        }
        let mut address = self.0.config.address;
        if address.ip().is_unspecified() {
            address.set_ip(match address.ip() {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        Ok(format!(
            "http://{address}/#code={}",
            self.0.sessions.code(Instant::now())?
        ))
    }

    /// What holds for every request: the guard before it, headers and a line in the audit after
    /// it.
    pub async fn answer(&self, request: Request) -> Response {
        let app = &*self.0;
        let (mut parts, body) = request.into_parts();
        // A load balancer asks for itself, and has no sign-in.
        if parts.uri.path() == READY && app.config.team.is_some() {
            return ready();
        }
        let kind = match is_endpoint(parts.uri.path()) {
            true => Kind::Endpoint,
            false => Kind::Site,
        };
        let mut line = app.config.audit.line(&parts.method);
        let mut reader = None;
        // Boxed, as what is large and handed on is copied each time.
        let routed = panics::caught(Box::pin(async {
            match app.admit(&mut parts, &mut line).await {
                Ok(()) => {
                    reader = app.guard.allowed_origin(&parts).cloned();
                    app.route(parts, body, &mut line).await
                }
                Err(failure) => Box::pin(app.refuse(failure, body)).await,
            }
        }));
        let mut response = routed.await.unwrap_or_else(Failure::into_response);
        protect(response.headers_mut(), kind);
        if let Some(origin) = &reader {
            allowed_origin::let_read(response.headers_mut(), origin);
        }
        line.answered(response)
    }

    /// What is said where there is no request that could be answered, with its line in the audit.
    pub fn decline(&self, method: Method, failure: Failure) -> Response {
        let line = self.0.config.audit.line(&method);
        let mut response = failure.into_response();
        protect(response.headers_mut(), Kind::Endpoint);
        line.answered(response)
    }

    /// From now on a team's policy says this.
    pub fn set_policy(&self, policy: Permits) {
        self.0.operations.set_policy(policy);
    }

    /// What is under way now ends without an answer.
    pub fn cut_off(&self) {
        self.0.config.audit.cut_off();
    }
}

impl Inner {
    /// Who may speak to the proxy at all: of several people, those who have signed in.
    async fn admit(&self, parts: &mut Parts, line: &mut Line) -> Result<(), Failure> {
        let Some(team) = &self.config.team else {
            return self.guard.check(parts);
        };
        let met = team.meet(parts, SystemTime::now()).await;
        self.guard.check(parts)?;
        let person = met?;
        line.note(|subject| subject.person = Some(person));
        Ok(())
    }

    async fn route(&self, parts: Parts, body: Body, line: &mut Line) -> Response {
        if let Some(moving) = &self.moving
            && moving.is_asked(&self.guard, &parts)
        {
            let is_own = self.guard.is_own_name(&parts.headers);
            let limits = &self.config.limits;
            return Box::pin(moving.answer(is_own, &parts, body, limits)).await;
        }
        if allowed_origin::is_preflight(&parts) {
            return Box::pin(async {
                incoming::discard(body, &self.config.limits).await;
                allowed_origin::preflight(&parts)
            })
            .await;
        }
        match parts.uri.path() {
            "/api/status" if [Method::GET, Method::HEAD].contains(&parts.method) => {
                match Box::pin(self.status(&parts)).await {
                    Ok(status) => body::json(&status),
                    Err(failure) => self.refuse(failure, body).await,
                }
            }
            "/api/status" => Box::pin(self.refuse(Failure::method_not_allowed(), body)).await,
            path if path == CONSENTS || path.starts_with("/api/consents/") => {
                Box::pin(self.consents(&parts, body, line)).await
            }
            path if path.starts_with(EXPLAIN) => {
                let asked = path.strip_prefix(EXPLAIN).unwrap_or_default();
                Box::pin(self.explained(&parts, asked, body)).await
            }
            path if path == SIGN_INS || path.starts_with("/api/sign-in/") => {
                Box::pin(self.sign_in(&parts, body, line)).await
            }
            READY => ready(),
            SESSION => {
                line.note(|subject| subject.step = Step::Session);
                Box::pin(self.session(&parts, body)).await
            }
            TICKET => Box::pin(self.session(&parts, body)).await,
            path if path.starts_with("/api/") => self.api(&parts, body, line).await,
            path if path == SANDBOX || path.starts_with("/sandbox/") => {
                Box::pin(self.raw_sandbox(&parts, body)).await
            }
            _ => Box::pin(self.site(Request::from_parts(parts, body))).await,
        }
    }

    /// Answers with a failure, once the rest of the request was read and thrown away.
    async fn refuse(&self, failure: Failure, body: Body) -> Response {
        incoming::discard(body, &self.config.limits).await;
        failure.into_response()
    }

    /// What the console asks first. Who has no token learns nothing about the credentials. Of
    /// several profiles, one is told of at a time, so that none that is slow holds up the others.
    async fn status(&self, parts: &Parts) -> Result<Value, Failure> {
        let headers = &parts.headers;
        let mut status = json!({
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "targets": ["sandbox"],
            "writes": true,
            "classes": Classes::all().words(),
            "warnings": self.config.audit.warnings(),
        });
        if self.config.team.is_some() {
            status["signedIn"] = true.into();
        }
        if let Some(origin) = &self.config.origin {
            status["origin"] = origin.url().into();
            status["ephemeral"] = origin.is_ephemeral.into();
        }
        if let Target::Aws(upstream) = &self.config.target {
            let may_sign = upstream.allow_forwarded || !is_forwarded(headers);
            status["targets"] = if may_sign { json!(["aws"]) } else { json!([]) };
            let classes = upstream.permits.allowed();
            status["writes"] = classes.has(Class::Write).into();
            status["classes"] = classes.words().into();
            match self.config.check_session(parts) {
                _ if !may_sign => {}
                Ok(()) => {
                    let person = person(parts).map(|person| &**person);
                    let query = parts.uri.query();
                    self.operations.tell(query, person, &mut status).await?;
                }
                Err(failure) => {
                    status["identity"] = json!({ "error": failure.to_json() });
                    status["region"] = Value::Null;
                }
            }
        }
        Ok(status)
    }

    /// The way to the token, for the same pages as what it is for.
    async fn session(&self, parts: &Parts, body: Body) -> Response {
        let may_sign = match &self.config.target {
            Target::Sandbox => Ok(()),
            Target::Aws(upstream) => {
                policy::forwarded(is_forwarded(&parts.headers), upstream.allow_forwarded)
            }
        };
        match may_sign {
            Ok(()) => self.sessions.answer(parts, body).await,
            Err(failure) => self.refuse(failure, body).await,
        }
    }

    async fn site(&self, request: Request) -> Response {
        match &self.site {
            Some(site) => site.answer(request).await,
            None if request.uri().path() == "/" => Failure::new(
                StatusCode::NOT_FOUND,
                Code::NoSite,
                "This proxy serves no console.",
                "Build one with make site, and start the proxy with --site dist; or take a release, which has \
                 it in its program.",
            )
            .into_response(),
            None => Failure::not_found().into_response(),
        }
    }

    async fn api(&self, parts: &Parts, body: Body, line: &mut Line) -> Response {
        let config = &self.config;
        let admitted = match self.operations.admit(config, parts, line) {
            Ok(admitted) => admitted,
            Err(failure) => return self.refuse(failure, body).await,
        };
        if admitted.file_hash().is_some() {
            return Box::pin(self.file(admitted, parts, body, line)).await;
        }
        let answered = match incoming::body(body, &config.limits).await {
            Ok(body) => {
                let body = Content::Whole(body);
                self.operations.answer(admitted, parts, body, line).await
            }
            Err(failure) => Err(failure),
        };
        answered.unwrap_or_else(Failure::into_response)
    }

    /// A request whose body is a file. What the service did not get of it is read and thrown away.
    async fn file(
        &self,
        admitted: Admitted<'_>,
        parts: &Parts,
        body: Body,
        line: &mut Line,
    ) -> Response {
        let hash = admitted.file_hash().unwrap_or_default();
        let answered = match upload::content(hash, body, &self.config.limits).await {
            Ok(content) => {
                let file = content.file().cloned();
                let answered = self.operations.answer(admitted, parts, content, line).await;
                if let Some(file) = file {
                    file.end().await;
                }
                answered
            }
            Err(failure) => Err(failure),
        };
        answered.unwrap_or_else(Failure::into_response)
    }

    /// The emulated services for any client.
    async fn raw_sandbox(&self, parts: &Parts, body: Body) -> Response {
        let mut limits = self.config.limits;
        // Who needs no token must not keep a proxy busy that signs.
        if matches!(self.config.target, Target::Aws(_)) {
            return self.refuse(Failure::not_found(), body).await;
        }
        let _place = match self.operations.guest(&self.config) {
            Ok(place) => place,
            Err(failure) => return self.refuse(failure, body).await,
        };
        if parts.uri.path() == SANDBOX_STATE {
            limits.request_bytes = limits::SANDBOX_STATE_BYTES;
        }
        match incoming::body(body, &limits).await {
            Ok(body) => self.operations.raw_sandbox(parts, body).await,
            Err(failure) => failure.into_response(),
        }
    }
}

fn ready() -> Response {
    body::json(&json!({ "ready": true }))
}
