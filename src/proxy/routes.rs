//! Which address is answered by what.

use crate::config::{Config, Target};
use crate::failure::Failure;
use crate::guard::{Guard, single};
use crate::incoming;
use crate::log::{self, Subject};
use crate::policy::{self, Address, TARGET};
use crate::signed::Signing;
use crate::site::{Site, protect};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{any, get};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::{Model, Protocol, Service};
use formsmith_sandbox::{Call, Sandbox};
use serde_json::json;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

const TOKEN: HeaderName = HeaderName::from_static("x-formsmith-token");

/// Why a proxy can't be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

struct App {
    config: Config,
    guard: Guard,
    model: Arc<Model>,
    sandbox: Mutex<Sandbox>,
    /// There is one only if the target is AWS.
    signing: Option<Signing>,
    site: Option<Site>,
}

/// The whole proxy as a service.
pub fn app(config: Config) -> Result<Router, StartError> {
    let model = Model::embedded().map_err(|error| StartError(error.to_string()))?;
    let model = Arc::new(model);
    let signing = match &config.target {
        Target::Sandbox => None,
        Target::Aws(upstream) => {
            let signing = Signing::new(upstream.clone(), config.limits);
            Some(signing.map_err(|error| {
                StartError(format!(
                    "the system's root certificates can't be read: {error}; install them, such \
                     as with the package ca-certificates"
                ))
            })?)
        }
    };
    let app = Arc::new(App {
        guard: Guard::new(config.address),
        sandbox: Mutex::new(Sandbox::new(model.clone())),
        site: config.site.as_deref().map(Site::new),
        model,
        signing,
        config,
    });
    Ok(Router::new()
        .route("/api/status", get(status))
        .route("/api/{*rest}", any(api))
        .route("/sandbox", any(raw_sandbox))
        .route("/sandbox/", any(raw_sandbox))
        .route("/sandbox/{*rest}", any(raw_sandbox))
        .method_not_allowed_fallback(|| async { Failure::method_not_allowed() })
        .fallback(site)
        .layer(from_fn_with_state(app.clone(), around))
        .with_state(app))
}

/// What holds for every request: the guard before it, headers and a log line after it.
async fn around(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let method = parts.method.clone();
    let mut response = match app.guard.check(&parts) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(failure) => failure.into_response(),
    };
    protect(response.headers_mut());
    if app.config.log {
        log::answered(SystemTime::now(), &method, &response, started.elapsed());
    }
    response
}

async fn status(State(app): State<Arc<App>>) -> Response<Body> {
    let (target, writes) = match &app.signing {
        None => ("sandbox", true),
        Some(signing) => ("aws", signing.allow_write),
    };
    let status = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "targets": [target],
        "writes": writes,
    });
    let json = HeaderValue::from_static("application/json");
    ([(CONTENT_TYPE, json)], status.to_string()).into_response()
}

async fn site(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    match &app.site {
        Some(site) => site.answer(request).await,
        None if request.uri().path() == "/" => Failure::new(
            StatusCode::NOT_FOUND,
            "no-site",
            "This proxy serves no console. Start it with --site and the folder of a built one.",
        )
        .into_response(),
        None => Failure::not_found().into_response(),
    }
}

async fn api(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let mut subject = Subject::default();
    let mut response = app
        .api(&parts, body, &mut subject)
        .await
        .unwrap_or_else(IntoResponse::into_response);
    response.extensions_mut().insert(subject);
    response
}

/// The emulated services for any client: the whole request as it is, less the prefix.
async fn raw_sandbox(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = match incoming::body(body, &app.config.limits).await {
        Ok(body) => body,
        Err(failure) => return failure.into_response(),
    };
    let path = sent_path(&parts);
    let path = path.strip_prefix("/sandbox").unwrap_or(path);
    let slash = if path.starts_with('/') { "" } else { "/" };
    app.ask_sandbox(&HttpRequest {
        method: parts.method.to_string(),
        path: format!("{slash}{path}"),
        headers: parts
            .headers
            .iter()
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
            .collect(),
        body: body.into(),
    })
}

impl App {
    /// A request of the console: answered by the sandbox, or signed and sent.
    async fn api(
        &self,
        parts: &Parts,
        body: Body,
        subject: &mut Subject,
    ) -> Result<Response<Body>, Failure> {
        if self.signing.is_some() {
            self.check_token(&parts.headers)?;
        }
        let address = Address::read(sent_path(parts)).ok_or_else(Failure::not_found)?;
        let service = policy::service(&self.model, &address)?;
        subject.service = Some(service.endpoint_prefix.clone());
        let (method, path, headers) = (&parts.method, &address.path, &parts.headers);
        subject.operation = policy::operation(service, method, path, headers)
            .map(|operation| operation.name().to_owned());
        match &self.signing {
            Some(signing) => {
                policy::admit(service, method, path, headers, signing.allow_write)?;
            }
            // The sandbox has one address for all services, and would answer.
            None if policy::is_of_another(&self.model, service, method, path, headers) => {
                return Err(policy::not_listed(service));
            }
            None => {}
        }
        let body = incoming::body(body, &self.config.limits).await?;
        let request = HttpRequest {
            method: method.to_string(),
            path: path.clone(),
            headers: sent_up(service, headers),
            body: body.into(),
        };
        match &self.signing {
            Some(signing) => signing.answer(service, address.region, request).await,
            None => Ok(self.ask_sandbox(&request)),
        }
    }

    fn check_token(&self, headers: &HeaderMap) -> Result<(), Failure> {
        match single(headers, &TOKEN) {
            Ok(Some(token)) if self.config.token.matches(token.as_bytes()) => Ok(()),
            Ok(None) => Err(Failure::forbidden(
                "token-missing",
                "The request has no session token. Open the console by the address that the \
                 proxy printed at start.",
            )),
            _ => Err(Failure::forbidden(
                "token-wrong",
                "The session token is not that of this proxy. Open the console by the address \
                 that the proxy printed at its last start.",
            )),
        }
    }

    fn ask_sandbox(&self, request: &HttpRequest) -> Response<Body> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let call = Call {
            now_ms: now.map_or(0, |now| u64::try_from(now.as_millis()).unwrap_or(u64::MAX)),
            request_id: Uuid::new_v4().to_string(),
        };
        let mut sandbox = self.sandbox.lock().unwrap_or_else(PoisonError::into_inner);
        into_response(sandbox.handle(request, &call))
    }
}

/// Path and query just as they were sent.
fn sent_path(parts: &Parts) -> &str {
    parts.uri.path_and_query().map_or("/", |path| path.as_str())
}

/// The headers that go to a service: those its protocol has, and no others.
fn sent_up(service: &Service, headers: &HeaderMap) -> Vec<(String, String)> {
    let mut names = vec![("Content-Type", CONTENT_TYPE)];
    if service.protocol != Protocol::RestJson1 {
        names.push(("X-Amz-Target", TARGET));
    }
    names
        .into_iter()
        .filter_map(|(name, key)| {
            let value = headers.get(key)?.to_str().ok()?;
            Some((name.to_owned(), value.to_owned()))
        })
        .collect()
}

fn into_response(answer: HttpResponse) -> Response<Body> {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
