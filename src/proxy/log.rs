//! One line a request: when, what, how it ended. Nothing a client wrote is printed, so no
//! secret and no control character can get in.

use crate::failure::ERROR_HEADER;
use axum::http::Method;
use axum::response::Response;
use formsmith_api::protocol::to_iso_8601;
use std::io::{Write, stderr};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What a request was about, in the model's words.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    pub service: Option<String>,
    pub operation: Option<String>,
}

/// Writes the line of an answered request. A log nobody can read any more is not worth a
/// failed request.
pub fn answered(now: SystemTime, method: &Method, response: &Response, took: Duration) {
    let _ = writeln!(stderr(), "{}", line(now, method, response, took));
}

fn line(now: SystemTime, method: &Method, response: &Response, took: Duration) -> String {
    let subject = response.extensions().get::<Subject>();
    let word = |read: fn(&Subject) -> &Option<String>| {
        subject
            .and_then(|subject| read(subject).as_deref())
            .unwrap_or("-")
    };
    let mut line = format!(
        "{} {} {} {} {} {}ms",
        time(now),
        known(method),
        word(|subject| &subject.service),
        word(|subject| &subject.operation),
        response.status().as_u16(),
        took.as_millis()
    );
    let code = response.headers().get(ERROR_HEADER);
    if let Some(code) = code.and_then(|code| code.to_str().ok()) {
        line.push(' ');
        line.push_str(code);
    }
    line
}

fn time(now: SystemTime) -> String {
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    to_iso_8601(since.as_secs_f64()).unwrap_or_default()
}

/// A method may be any word; only the usual ones are repeated.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS
        | Method::TRACE
        | Method::CONNECT => method.as_str(),
        _ => "-",
    }
}
