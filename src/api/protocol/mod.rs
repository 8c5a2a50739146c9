//! From an input to the request AWS's own client would send, and from a response to what the
//! service says with it.
//!
//! A protocol is a file of its name. Those that bind members to parts of HTTP share [`http`];
//! what a body is written in is a codec: [`json`], `form`, `xml` and `cbor`.

mod aws_json;
#[cfg(feature = "xml")]
mod aws_query;
pub mod base64;
#[cfg(feature = "cbor")]
mod cbor;
mod checksum;
mod clients;
mod codec;
#[cfg(feature = "gzip")]
mod compression;
#[cfg(feature = "xml")]
mod ec2_query;
mod error;
mod error_name;
#[cfg(feature = "xml")]
mod form;
mod http;
mod json;
mod number;
mod rest_json;
#[cfg(feature = "xml")]
mod rest_xml;
#[cfg(feature = "cbor")]
mod rpc_v2_cbor;
mod timestamp;
#[cfg(feature = "xml")]
mod xml;

pub use codec::{Codec, Codecs};
#[cfg(feature = "gzip")]
pub use compression::{Packed, packed};
pub use error::{Answer, Format, NotUnderstood, ServiceError};
pub use error_name::{error_name, shape_name};
pub use http::host_prefix;
pub use timestamp::{Moment, to_iso_8601};

use crate::http::{HttpRequest, HttpResponse};
use crate::model::{Member, Model, Operation, Service, ShapeId, ShapeKind, Stops, Unsupported};
use serde_json::Value;
use std::fmt;

/// Why a request can't be written: the model asks for something this client doesn't do, or the
/// input has nothing, or nothing fitting, where the request needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSendable {
    pub what: String,
}

impl fmt::Display for NotSendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the request can't be written: {}", self.what)
    }
}

impl std::error::Error for NotSendable {}

/// Why a request can't be written, from its two halves: `no label` and a name.
fn not_sendable(why: &str, at: &str) -> NotSendable {
    NotSendable {
        what: [why, at].join(" "),
    }
}

/// Has an input a value for a member?
fn is_given(input: &Value, member: &Member) -> bool {
    let value = input.get(&member.name);
    value.is_some_and(|value| !value.is_null())
}

/// An operation, with the service and model it is of.
#[derive(Clone, Copy)]
struct Call<'a> {
    model: &'a Model,
    service: &'a Service,
    operation: &'a Operation,
}

/// The request for an input. Members absent from the input are absent from the request; order
/// and values stay as they are, so that what is shown is what is sent. Members whose value is
/// `null` count as absent. Blobs are texts in base64, moments seconds since 1970 or RFC 3339.
pub fn request(
    model: &Model,
    service: &Service,
    operation: &Operation,
    input: &Value,
) -> Result<HttpRequest, NotSendable> {
    match model.refusal(operation) {
        Some(unsupported) => Err(refused(unsupported)),
        None => write(model, service, operation, input),
    }
}

fn refused(unsupported: &Unsupported) -> NotSendable {
    not_sendable(&unsupported.what, &unsupported.at)
}

/// The same for operations that nothing here can sign, or whose output nothing here reads, too:
/// what [`request`] would give if it could be sent.
pub fn write(
    model: &Model,
    service: &Service,
    operation: &Operation,
    input: &Value,
) -> Result<HttpRequest, NotSendable> {
    let mut refusals = model.refusals(operation);
    if let Some(unsupported) = refusals.find(|it| it.stops == Some(Stops::Writing)) {
        return Err(refused(unsupported));
    }
    let call = Call {
        model,
        service,
        operation,
    };
    let amended = codec::amend(call, input);
    let input = amended.as_ref().unwrap_or(input);
    let mut request = codec::request(call, input)?;
    let prefix = operation.traits.wire.host_prefix.as_deref();
    request.host_prefix = host_prefix(prefix, |name| input.get(name)?.as_str())?;
    codec::finish(call, input, &mut request)?;
    match &request.file {
        Some(file) if file.digest("SHA256").is_none() => {
            Err(not_sendable("this file was not read yet:", file.name()))
        }
        _ => Ok(request),
    }
}

/// The member of the input whose blob is the whole body of a request, so that it may be a file.
pub fn file_member<'a>(
    model: &'a Model,
    service: &Service,
    operation: &Operation,
) -> Option<&'a Member> {
    blob_payload(model, service, operation.input.as_ref()?)
}

/// The member of the output whose blob is the whole body of an answer.
pub fn answer_file_member<'a>(
    model: &'a Model,
    service: &Service,
    operation: &Operation,
) -> Option<&'a Member> {
    blob_payload(model, service, operation.output.as_ref()?)
}

fn blob_payload<'a>(model: &'a Model, service: &Service, shape: &ShapeId) -> Option<&'a Member> {
    let payload = http::payload_of(model.shape(shape)?)?;
    let target = model.shape(&payload.target)?;
    let is_file = service.protocol.is_rest() && matches!(target.kind, ShapeKind::Blob);
    is_file.then_some(payload)
}

/// The algorithms by which a file has to be hashed ([`FileRef::with_digest`]) before a request with
/// it can be written: always `SHA256`, for the signature, and that of the checksum; `TREE` is
/// SHA-256 over the hashes of mebibytes, two by two. All are in base64. An error if the input asks
/// for an algorithm that is not done.
///
/// [`FileRef::with_digest`]: crate::file::FileRef::with_digest
pub fn file_digests(
    model: &Model,
    service: &Service,
    operation: &Operation,
    input: &Value,
) -> Result<Vec<String>, NotSendable> {
    let call = Call {
        model,
        service,
        operation,
    };
    clients::digests(call, input)
}

/// Reads a response to an operation.
pub fn response(
    model: &Model,
    service: &Service,
    operation: &Operation,
    response: &HttpResponse,
) -> Result<Answer, NotUnderstood> {
    if (300..400).contains(&response.status) {
        return Err(NotUnderstood::Redirect {
            status: response.status,
        });
    }
    let call = Call {
        model,
        service,
        operation,
    };
    codec::response(call, response)
}

/// Fills the idempotency tokens an input lacks at its top level, as AWS's clients do.
/// `new_token` gives a UUID for each.
pub fn fill_tokens(
    model: &Model,
    operation: &Operation,
    input: &mut Value,
    new_token: &mut dyn FnMut() -> String,
) {
    let Some(shape) = operation.input.as_ref().and_then(|id| model.shape(id)) else {
        return;
    };
    let Value::Object(input) = input else {
        return;
    };
    for member in shape.members() {
        if member.traits.idempotency_token && !input.contains_key(&member.name) {
            input.insert(member.name.clone(), new_token().into());
        }
    }
}
