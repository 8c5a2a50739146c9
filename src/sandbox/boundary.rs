//! From the bytes of a request to a handler, and back.
//!
//! The order of the checks is the order in which AWS's front ends make them: body, address,
//! signature, types, constraints; only then the operation itself. A fault that was asked for
//! strikes where its service would.

use crate::answer::{Answer, ServiceError};
use crate::constraint::{self, Finding};
use crate::faults::{self, Fault};
use crate::input::Input;
use crate::route::{self, Route};
use crate::{Call, Delivery, Reply, Sandbox, elsewhere, response, signature, unmodeled};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::json;
use formsmith_api::model::{Model, Operation, Protocol, Service};
use serde_json::{Map, Value};

pub fn answer(sandbox: &mut Sandbox, request: &HttpRequest, call: &Call) -> Reply {
    let model = sandbox.model.clone();
    let (service, operation) = match route::route(&model, request) {
        Route::To(service, operation) => (service, operation),
        Route::NotJsonProtocol => return response::not_json_protocol().into(),
        Route::UnknownTarget(protocol) if json::parse(&request.body).is_err() => {
            return response::error(&model, protocol, None, not_json()).into();
        }
        Route::UnknownTarget(protocol) => {
            return elsewhere::answer(sandbox, request, call.asked.as_ref(), protocol).into();
        }
        Route::UnknownPath => {
            let guess = Protocol::RestJson1;
            return elsewhere::answer(sandbox, request, call.asked.as_ref(), guess).into();
        }
    };
    let input = match body(service.protocol, request) {
        Ok(input) => input,
        Err(error) => {
            return response::error(&model, service.protocol, Some(operation), error).into();
        }
    };
    let mut struck = sandbox.plan.strike(operation.name());
    struck.extend(faults::of_input(&input, entries(operation)));
    let answer = match struck.contains(&Fault::Hang) {
        true => Ok(Answer::NoBody),
        false => handle(sandbox, &model, service, operation, &input, &struck, call),
    };
    let response = match answer {
        Ok(_) if struck.contains(&Fault::FailAfter) => {
            let error = faults::internal(&model, operation);
            response::error(&model, service.protocol, Some(operation), error)
        }
        Ok(_) if struck.contains(&Fault::Garbage) => faults::garbage(),
        Ok(answer) => response::output(service.protocol, operation, answer),
        Err(error) => response::error(&model, service.protocol, Some(operation), error),
    };
    delivered(response, &struck)
}

fn handle(
    sandbox: &mut Sandbox,
    model: &Model,
    service: &Service,
    operation: &Operation,
    input: &Value,
    struck: &[Fault],
    call: &Call,
) -> Result<Answer, ServiceError> {
    if let Some(error) = struck.iter().find_map(faults::at_the_front) {
        return Err(error);
    }
    signature::check(call.signature)?;
    let found = sandbox.emulations.iter().position(|emulation| {
        emulation.service_name() == service.name && emulation.emulates(operation.name())
    });
    let Some(at) = found else {
        let played = elsewhere::played(sandbox);
        return Err(unmodeled::not_played(operation.name(), &played));
    };
    let emulation = sandbox.emulations[at].as_mut();
    let place = operation.input.as_ref().and_then(|id| model.root(id));
    if let Some(place) = place {
        match constraint::check(model, place, input) {
            Some(Finding::WrongType(reason)) => return Err(unmodeled::serialization(reason)),
            Some(Finding::Broken(broken)) => return Err(emulation.refuse(&broken)),
            None => {}
        }
    }
    let refusal = |fault| faults::before(fault, model, operation);
    if let Some(error) = struck.iter().find_map(refusal) {
        return Err(error);
    }
    let empty = Map::new();
    let members = input.as_object().unwrap_or(&empty);
    let answer = faults::fail_entries(struck, operation, members, |members| {
        emulation
            .answer(operation.name(), Input::new(members), call)
            .unwrap_or_else(|| Err(faults::internal(model, operation)))
    });
    let (service, effects) = (emulation.service_name(), emulation.take_effects());
    let ledger = &mut sandbox.ledger;
    ledger.enter(service, operation.name(), &call.request_id, effects);
    answer
}

fn delivered(response: HttpResponse, struck: &[Fault]) -> Reply {
    let is_struck = |fault| struck.contains(&fault);
    let delays = struck.iter().map(|fault| match fault {
        Fault::Delay { ms } => *ms,
        _ => 0,
    });
    Reply {
        delay_ms: delays.fold(0, u64::saturating_add),
        delivery: if is_struck(Fault::Hang) {
            Delivery::Never
        } else if is_struck(Fault::Lost) {
            Delivery::Lost
        } else if is_struck(Fault::CutOff) {
            Delivery::CutOff
        } else {
            Delivery::Whole
        },
        response,
    }
}

/// The member that lists the entries of a batch.
fn entries(operation: &Operation) -> Option<&str> {
    let batch = operation.traits.batch.as_ref()?;
    Some(&batch.entries)
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
    json::parse(&request.body).map_err(|_| not_json())
}

fn not_json() -> ServiceError {
    unmodeled::serialization("The body of the request is not JSON.")
}
