//! Addresses of the sandbox's own, which no service has: what was done, the state of all
//! services, their clock, the faults that are to strike, and the scenarios.

use crate::answer::object;
use crate::faults::Plan;
use crate::{Call, Sandbox, scenario, state};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::json;
use serde_json::Value;

/// Bytes that a state has at most: a larger document is not read.
pub const STATE_BYTES: usize = 16 * 1024 * 1024;

/// The answer to a request for one of these addresses.
pub fn answer(sandbox: &mut Sandbox, request: &HttpRequest, call: &Call) -> Option<HttpResponse> {
    let path = request.path.split('?').next().unwrap_or_default();
    let answer = match (path, request.method.as_str()) {
        ("/_ledger", "GET") => document(200, &sandbox.ledger.to_value()),
        ("/_state", "GET") => document(200, &state::save(&sandbox.emulations)),
        ("/_state", "PUT") => load(sandbox, &request.body),
        ("/_reset", "POST") => {
            sandbox.reset();
            done()
        }
        ("/_faults", "GET") => document(200, &sandbox.plan.to_value()),
        ("/_faults", "PUT") => plan(sandbox, &request.body),
        ("/_faults", _) => wrong_method("GET, PUT"),
        ("/_clock", "GET") => document(200, &object(vec![("nowMs", call.now_ms.into())])),
        ("/_clock", "PUT") => stop_clock(sandbox, &request.body),
        ("/_clock", "DELETE") => {
            sandbox.stopped_ms = None;
            done()
        }
        ("/_clock", _) => wrong_method("GET, PUT, DELETE"),
        ("/_ledger", _) => wrong_method("GET"),
        ("/_state", _) => wrong_method("GET, PUT"),
        ("/_reset", _) => wrong_method("POST"),
        ("/_scenarios", "GET") => document(200, &scenario::list(&sandbox.model)),
        ("/_scenarios", _) => wrong_method("GET"),
        (path, method) => {
            let id = path.strip_prefix("/_scenarios/")?;
            match method {
                "POST" if sandbox.begin(id, call) => done(),
                "POST" => refused(
                    404,
                    "no-such-scenario",
                    format!("There is no scenario {id:?}."),
                ),
                _ => wrong_method("POST"),
            }
        }
    };
    Some(answer)
}

/// All services go on with the state of the document, or none does.
fn load(sandbox: &mut Sandbox, body: &[u8]) -> HttpResponse {
    if body.len() > STATE_BYTES {
        let message = format!("A state has at most {STATE_BYTES} bytes.");
        return refused(413, "state-too-large", message);
    }
    let loaded = json::parse(body)
        .map_err(|_| "it is not JSON".to_owned())
        .and_then(|document| state::load(&sandbox.emulations, &document));
    match loaded {
        Ok(emulations) => {
            sandbox.go_on_with(emulations);
            done()
        }
        Err(why) => {
            let message = format!("The state can't be loaded, and nothing has changed: {why}.");
            refused(400, "state-not-understood", message)
        }
    }
}

/// Faults are to strike as the document says, and no others.
fn plan(sandbox: &mut Sandbox, body: &[u8]) -> HttpResponse {
    let read = json::parse(body)
        .map_err(|_| "it is not JSON".to_owned())
        .and_then(|document| Plan::read(&document));
    match read {
        Ok(plan) => {
            sandbox.plan = plan;
            done()
        }
        Err(why) => {
            let message = format!("The faults can't be planned, and nothing has changed: {why}.");
            refused(400, "faults-not-understood", message)
        }
    }
}

/// Time stands still for the services, at this moment, until it is let go on.
fn stop_clock(sandbox: &mut Sandbox, body: &[u8]) -> HttpResponse {
    let document = json::parse(body).unwrap_or_default();
    match document["nowMs"].as_u64() {
        Some(now_ms) => {
            sandbox.stopped_ms = Some(now_ms);
            done()
        }
        None => {
            let message = "nowMs has to be a number of milliseconds since 1970.".to_owned();
            refused(400, "clock-not-understood", message)
        }
    }
}

fn wrong_method(allowed: &str) -> HttpResponse {
    let message = format!("This address takes {allowed}.");
    let mut response = refused(405, "method-not-allowed", message);
    let allow = ("Allow".to_owned(), allowed.to_owned());
    response.headers.push(allow);
    response
}

fn refused(status: u16, code: &str, message: String) -> HttpResponse {
    let members = vec![("code", code.into()), ("message", message.into())];
    document(status, &object(members))
}

fn document(status: u16, value: &Value) -> HttpResponse {
    HttpResponse {
        status,
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: json::compact(value).into_bytes(),
        file: None,
    }
}

fn done() -> HttpResponse {
    HttpResponse {
        status: 204,
        headers: Vec::new(),
        body: Vec::new(),
        file: None,
    }
}
