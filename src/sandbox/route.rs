//! Which operation of which service a request is addressed to.

use formsmith_api::http::HttpRequest;
use formsmith_api::model::{Model, Operation, Protocol, Service};

/// Where a request goes.
pub enum Route<'a> {
    To(&'a Service, &'a Operation),
    /// A JSON target that names nothing there is, in the protocol its client speaks.
    UnknownTarget(Protocol),
    /// A JSON target, sent in a way the JSON protocols don't have.
    NotJsonProtocol,
    /// No operation has this method and path.
    UnknownPath,
}

pub fn route<'a>(model: &'a Model, request: &HttpRequest) -> Route<'a> {
    let path = request.path.split('?').next().unwrap_or_default();
    match request.header("x-amz-target") {
        Some(target) if path.is_empty() || path == "/" => json(model, request, target.trim()),
        _ => rest(model, &request.method, path),
    }
}

fn json<'a>(model: &'a Model, request: &HttpRequest, target: &str) -> Route<'a> {
    let sent = content_type(request);
    let spoken = [Protocol::AwsJson1_0, Protocol::AwsJson1_1]
        .into_iter()
        .find(|protocol| sent.as_deref() == Some(protocol.content_type()));
    let Some(spoken) = spoken.filter(|_| request.method == "POST") else {
        return Route::NotJsonProtocol;
    };
    let found = model.services().iter().find_map(|service| {
        let is_target =
            |operation: &&Operation| service.target(operation).as_deref() == Some(target);
        Some((service, service.operations.iter().find(is_target)?))
    });
    match found {
        Some((service, _)) if service.protocol != spoken => Route::NotJsonProtocol,
        Some((service, operation)) => Route::To(service, operation),
        None => Route::UnknownTarget(spoken),
    }
}

fn rest<'a>(model: &'a Model, method: &str, path: &str) -> Route<'a> {
    let mut services = model.services().iter();
    let found = services.find_map(|service| {
        let is_rest = service.protocol == Protocol::RestJson1;
        let is_here = |operation: &&Operation| {
            let http = operation.traits.http.as_ref();
            is_rest && http.is_some_and(|http| http.method == method && http.uri == path)
        };
        Some((service, service.operations.iter().find(is_here)?))
    });
    match found {
        Some((service, operation)) => Route::To(service, operation),
        None => Route::UnknownPath,
    }
}

/// The content type without its parameters, in lower case.
pub fn content_type(request: &HttpRequest) -> Option<String> {
    let value = request.header("content-type")?;
    let media_type = value.split(';').next().unwrap_or_default();
    Some(media_type.trim().to_ascii_lowercase())
}
