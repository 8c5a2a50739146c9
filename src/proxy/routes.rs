//! Which address is answered by what.

use crate::audit::{Line, Pending};
use crate::config::{Config, Target};
use crate::failure::Failure;
use crate::guard::{Guard, is_forwarded};
use crate::incoming;
use crate::operations::Operations;
use crate::site::{Site, protect};
use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{any, get};
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;

/// A saved state of the sandbox may be larger than any request to a service.
const SANDBOX_STATE: &str = "/sandbox/_state";
const STATE_BYTES: usize = 16 * 1024 * 1024;

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
    operations: Operations,
    site: Option<Site>,
}

/// The whole proxy as a service.
pub fn app(config: Config) -> Result<Router, StartError> {
    let operations = Operations::new(&config).map_err(|error| {
        StartError(format!(
            "the system's root certificates can't be read: {error}; install them, such as with \
             the package ca-certificates"
        ))
    })?;
    let app = Arc::new(App {
        guard: Guard::new(config.address),
        operations,
        site: config.site.as_deref().map(Site::new),
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

/// What holds for every request: the guard before it, headers and a line in the audit after it.
async fn around(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    let line = Line::default();
    let pending = Pending::new(app.config.audit.clone(), parts.method.clone(), line.clone());
    parts.extensions.insert(line);
    let mut response = match app.guard.check(&parts) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(failure) => {
            incoming::discard(body, &app.config.limits).await;
            failure.into_response()
        }
    };
    protect(response.headers_mut());
    pending.answered(&response);
    response
}

/// What the console asks first. Who has no token learns nothing about the credentials.
async fn status(State(app): State<Arc<App>>, headers: HeaderMap) -> Response<Body> {
    let mut status = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "targets": ["sandbox"],
        "writes": true,
    });
    if let Target::Aws(upstream) = &app.config.target {
        let may_sign = upstream.allow_forwarded || !is_forwarded(&headers);
        status["targets"] = if may_sign { json!(["aws"]) } else { json!([]) };
        status["writes"] = upstream.allow_write.into();
        if may_sign {
            let is_trusted = app.config.token.check(&headers);
            status["identity"] = match &is_trusted {
                Ok(()) => app.operations.identity().await,
                Err(failure) => json!({ "error": failure.to_json() }),
            };
            status["region"] = match is_trusted {
                Ok(()) => json!(upstream.region),
                Err(_) => Value::Null,
            };
        }
    }
    let json = HeaderValue::from_static("application/json");
    ([(CONTENT_TYPE, json)], status.to_string()).into_response()
}

async fn site(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    match &app.site {
        Some(site) => site.answer(request).await,
        None if request.uri().path() == "/" => Failure::new(
            StatusCode::NOT_FOUND,
            "no-site",
            "This proxy serves no console.",
            "Start it with --site and the folder of a built one.",
        )
        .into_response(),
        None => Failure::not_found().into_response(),
    }
}

async fn api(
    State(app): State<Arc<App>>,
    Extension(line): Extension<Line>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let config = &app.config;
    let admitted = match app.operations.admit(config, &parts, &line) {
        Ok(admitted) => admitted,
        Err(failure) => {
            incoming::discard(body, &config.limits).await;
            return failure.into_response();
        }
    };
    let answered = match incoming::body(body, &config.limits).await {
        Ok(body) => app.operations.answer(admitted, &parts, body, &line).await,
        Err(failure) => Err(failure),
    };
    answered.unwrap_or_else(IntoResponse::into_response)
}

/// The emulated services for any client.
async fn raw_sandbox(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let mut limits = app.config.limits;
    // Who needs no token must not keep a proxy busy that signs.
    if matches!(app.config.target, Target::Aws(_)) {
        incoming::discard(body, &limits).await;
        return Failure::not_found().into_response();
    }
    let _place = match app.operations.guest(&app.config) {
        Ok(place) => place,
        Err(failure) => {
            incoming::discard(body, &limits).await;
            return failure.into_response();
        }
    };
    if parts.uri.path() == SANDBOX_STATE {
        limits.request_bytes = STATE_BYTES;
    }
    match incoming::body(body, &limits).await {
        Ok(body) => app.operations.raw_sandbox(&parts, body).await,
        Err(failure) => failure.into_response(),
    }
}
