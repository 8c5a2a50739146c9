//! Answers to requests for operations that the sandbox doesn't play, in the protocol of their service.

use crate::answer::ServiceError;
use crate::{Asked, Sandbox, response, route, unmodeled};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::Protocol;
use std::fmt::Write;

const CBOR_MAP: u8 = 0xa0;
const CBOR_TEXT: u8 = 0x60;
/// In the place of a length: it follows in two bytes.
const CBOR_TWO_BYTES: u8 = 25;

const FORM: &str = "application/x-www-form-urlencoded";

/// EC2's version, which all of its requests have. No other service speaks its protocol.
const EC2: &str = "Version=2016-11-15";

/// `guess` is the protocol that the address speaks for.
pub fn answer(
    sandbox: &Sandbox,
    request: &HttpRequest,
    asked: Option<&Asked>,
    guess: Protocol,
) -> HttpResponse {
    let Some(Asked {
        protocol,
        operation,
    }) = asked
    else {
        let error = unmodeled::unknown_operation(&played(sandbox));
        let protocol = of_bytes(request).unwrap_or(guess);
        let mut response = written(sandbox, protocol, error);
        if protocol.is_rest() {
            response.status = 404;
        }
        return response;
    };
    let error = unmodeled::not_played(operation, &played(sandbox));
    written(sandbox, *protocol, error)
}

/// Clients that speak CBOR say so, and forms have a content type of their own.
fn of_bytes(request: &HttpRequest) -> Option<Protocol> {
    let speaks = request.header("smithy-protocol");
    if speaks.is_some_and(|name| name.trim() == "rpc-v2-cbor") {
        return Some(Protocol::RpcV2Cbor);
    }
    let is_form = route::content_type(request).as_deref() == Some(FORM);
    let of_ec2 = || {
        request
            .body
            .split(|byte| *byte == b'&')
            .any(|pair| pair == EC2.as_bytes())
    };
    is_form.then(|| match of_ec2() {
        true => Protocol::Ec2Query,
        false => Protocol::AwsQuery,
    })
}

/// What the sandbox does play, as a sentence ends with it.
pub fn played(sandbox: &Sandbox) -> String {
    let count: usize = sandbox.emulations.iter().map(|it| it.count()).sum();
    let services = sandbox.model.services().iter();
    let is_played = |name: &str| {
        sandbox
            .emulations
            .iter()
            .any(|it| it.service_name() == name)
    };
    let titles: Vec<&str> = services
        .filter(|service| is_played(&service.name))
        .map(|service| service.title.as_str())
        .collect();
    match titles.split_last() {
        None => format!("{count} operations"),
        Some((last, [])) => format!("{count} operations of {last}"),
        Some((last, others)) => format!("{count} operations of {} and {last}", others.join(", ")),
    }
}

fn written(sandbox: &Sandbox, protocol: Protocol, error: ServiceError) -> HttpResponse {
    if protocol.is_json() {
        return response::error(&sandbox.model, protocol, None, error);
    }
    let (_, status) = unmodeled::origin(&error.shape, protocol);
    let mut headers = vec![("Content-Type".to_owned(), media_type(protocol).to_owned())];
    let body = match protocol {
        Protocol::RpcV2Cbor => {
            headers.push(("Smithy-Protocol".to_owned(), "rpc-v2-cbor".to_owned()));
            cbor(&[("__type", &error.shape), ("message", &error.message)])
        }
        _ => xml(protocol, &error).into_bytes(),
    };
    HttpResponse {
        status,
        headers,
        body,
        file: None,
    }
}

fn media_type(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::RpcV2Cbor => "application/cbor",
        _ => "text/xml",
    }
}

fn xml(protocol: Protocol, error: &ServiceError) -> String {
    let mut text = String::new();
    let mut tags = vec!["ErrorResponse", "Error"];
    if protocol == Protocol::Ec2Query {
        tags = vec!["Response", "Errors", "Error"];
    }
    for tag in &tags {
        let _ = write!(text, "<{tag}>");
    }
    for (tag, value) in [("Code", &*error.shape), ("Message", &error.message)] {
        let value = value
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let _ = write!(text, "<{tag}>{value}</{tag}>");
    }
    for tag in tags.iter().rev() {
        let _ = write!(text, "</{tag}>");
    }
    text
}

/// A map of texts.
fn cbor(members: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = vec![CBOR_MAP | members.len() as u8];
    for text in members.iter().flat_map(|(name, value)| [name, value]) {
        // With its length in two bytes, however short.
        bytes.push(CBOR_TEXT | CBOR_TWO_BYTES);
        bytes.extend((text.len() as u16).to_be_bytes());
        bytes.extend(text.as_bytes());
    }
    bytes
}
