//! Which requests may bring a file, and which may be answered with one.

use crate::failure::Failure;
use crate::guard::single;
use crate::hash::read_hex;
use crate::http::{HeaderMap, HeaderName, HeaderValue};
use crate::models::Found;
use crate::upload::malformed;
use formsmith_api::model::{Binding, Protocol, ShapeId, ShapeKind};
use formsmith_wire::{Code, header};

const BODY_SHA256: HeaderName = HeaderName::from_static(header::BODY_SHA256);
const ANSWER: HeaderName = HeaderName::from_static(header::ANSWER);

/// What a request says of files.
#[derive(Debug)]
pub struct Asked {
    /// That its body is one with this hash, in lower-case hexadecimal.
    pub hash: Option<String>,
    /// That its answer is one.
    pub is_answer: bool,
}

/// What a request asks for, refused where its operation has no such file. The built-in operations
/// have none, and neither has the sandbox.
pub fn asked(found: &Found<'_>, headers: &HeaderMap, is_signed: bool) -> Result<Asked, Failure> {
    let hash = single(headers, &BODY_SHA256).map_err(|_| malformed())?;
    let answer = single(headers, &ANSWER).map_err(|_| malformed())?;
    let hash = hash.map(hash_of).transpose()?;
    if answer.is_some_and(|answer| answer != header::FILE) {
        return Err(malformed());
    }
    let asked = Asked {
        hash,
        is_answer: answer.is_some(),
    };
    let operation = found.operation;
    let takes = || operation.is_some_and(|it| has_file(found, it.input.as_ref()));
    let gives = || operation.is_some_and(|it| has_file(found, it.output.as_ref()));
    let refused = |what: &str| {
        let name = operation.map_or("The operation", |operation| operation.name());
        Failure::forbidden(
            Code::FileNotAllowed,
            format!("The {what} of {name} is no file that this proxy passes on."),
            "Send what the console would send.",
        )
    };
    if asked.hash.is_some() && !(is_signed && takes()) {
        return Err(refused("body"));
    }
    if asked.is_answer && !(is_signed && gives()) {
        return Err(refused("answer"));
    }
    Ok(asked)
}

fn hash_of(value: &HeaderValue) -> Result<String, Failure> {
    let hash = value.to_str().ok();
    let hash = hash.filter(|hash| read_hex::<32>(hash).is_some());
    hash.map(str::to_owned).ok_or_else(malformed)
}

/// Are the bytes of a member alone the body of a message of this shape?
fn has_file(found: &Found<'_>, shape: Option<&ShapeId>) -> bool {
    let has_bindings = matches!(
        found.service.protocol,
        Protocol::RestJson1 | Protocol::RestXml
    );
    let shape = shape.and_then(|id| found.model.shape(id));
    let mut members = shape.map_or(&[][..], |shape| shape.members()).iter();
    let is_file = members.any(|member| {
        let target = found.model.shape(&member.target);
        member.traits.wire.binding == Binding::Payload
            && target.is_some_and(|target| matches!(target.kind, ShapeKind::Blob))
    });
    has_bindings && is_file && !found.is_built_in
}
