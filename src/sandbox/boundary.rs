//! From the bytes of a request to a handler, and back.
//!
//! The order of the checks is the order in which AWS's front ends make them: address, body,
//! types, constraints; only then the operation itself.

use crate::answer::{Answer, ServiceError};
use crate::constraint::{self, Finding};
use crate::emulation::Emulation;
use crate::input::Input;
use crate::route::{self, Route};
use crate::{Call, response, unmodeled};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::json;
use formsmith_api::model::{Model, Operation, Protocol, Service};
use serde_json::{Map, Value};

pub fn answer(
    model: &Model,
    emulations: &mut [Box<dyn Emulation>],
    request: &HttpRequest,
    call: &Call,
) -> HttpResponse {
    let (service, operation) = match route::route(model, request) {
        Route::To(service, operation) => (service, operation),
        Route::NotJsonProtocol => return response::not_json_protocol(),
        Route::UnknownTarget(protocol) => {
            return response::error(model, protocol, None, unmodeled::unknown_operation());
        }
        Route::UnknownPath => {
            let error = unmodeled::unknown_operation();
            let mut response = response::error(model, Protocol::RestJson1, None, error);
            response.status = 404;
            return response;
        }
    };
    let emulation = emulations.iter_mut().find(|emulation| {
        emulation.endpoint_prefix() == service.endpoint_prefix
            && emulation.emulates(operation.name())
    });
    let answer = match emulation {
        Some(emulation) => handle(model, service, operation, emulation.as_mut(), request, call),
        None => Err(unmodeled::not_implemented(operation.name())),
    };
    match answer {
        Ok(answer) => response::output(service.protocol, operation, answer),
        Err(error) => response::error(model, service.protocol, Some(operation), error),
    }
}

fn handle(
    model: &Model,
    service: &Service,
    operation: &Operation,
    emulation: &mut dyn Emulation,
    request: &HttpRequest,
    call: &Call,
) -> Result<Answer, ServiceError> {
    let input = body(service.protocol, request)?;
    let place = operation.input.as_ref().and_then(|id| model.root(id));
    if let Some(place) = place {
        match constraint::check(model, place, &input) {
            Some(Finding::WrongType(reason)) => return Err(unmodeled::serialization(reason)),
            Some(Finding::Broken(broken)) => return Err(emulation.refuse(&broken)),
            None => {}
        }
    }
    let empty = Map::new();
    let members = input.as_object().unwrap_or(&empty);
    emulation
        .answer(operation.name(), Input::new(members), call)
        .unwrap_or_else(|| Err(unmodeled::not_implemented(operation.name())))
}

fn body(protocol: Protocol, request: &HttpRequest) -> Result<Value, ServiceError> {
    if protocol == Protocol::RestJson1 {
        if request.body.is_empty() {
            return Ok(Value::Object(Map::new()));
        }
        let expected = protocol.content_type();
        if route::content_type(request).as_deref() != Some(expected) {
            return Err(unmodeled::media_type(expected));
        }
    }
    json::parse(&request.body)
        .map_err(|_| unmodeled::serialization("The body of the request is not JSON."))
}
