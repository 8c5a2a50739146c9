//! Checksums of bodies that an operation requires or its input asks for.
//!
//! Source: Smithy's `aws.protocols#httpChecksum`, and botocore's `httpchecksum.py` for what is
//! sent where the input names no algorithm.

use super::{Call, NotSendable, is_given, not_sendable};
use crate::http::HttpRequest;
use crate::model::{Binding, Shape};
use serde_json::Value;

/// What AWS's own client takes where the input names none.
const DEFAULT: &str = "CRC32";

/// The checksum that a request will have, besides those that its input has.
struct Wanted<'a> {
    algorithm: &'a str,
    /// Does the input name it?
    is_asked: bool,
}

fn wanted<'a>(call: Call<'a>, input: &'a Value) -> Option<Wanted<'a>> {
    let checksum = call.operation.traits.wire.checksum.as_deref()?;
    let shape = (call.operation.input.as_ref()).and_then(|id| call.model.shape(id));
    let mut members = shape.into_iter().flat_map(Shape::members);
    let has_one = members.any(|member| match &member.traits.wire.binding {
        Binding::Header(name) => is_checksum(name) && is_given(input, member),
        _ => false,
    });
    let member = checksum.algorithm_member.as_deref();
    let asked = member.and_then(|name| input.get(name)?.as_str());
    (checksum.is_sent() && !has_one).then_some(Wanted {
        algorithm: asked.unwrap_or(DEFAULT),
        is_asked: asked.is_some(),
    })
}

/// Adds the header of a checksum where the operation takes one, unless the input has one already,
/// and asks for checksums in the answer where there may be some.
pub fn add(call: Call<'_>, input: &Value, request: &mut HttpRequest) -> Result<(), NotSendable> {
    let Some(checksum) = call.operation.traits.wire.checksum.as_deref() else {
        return Ok(());
    };
    if let Some(name) = &checksum.mode_member
        && input.get(&**name).is_none()
        && let Some(header) = header_of(call, name)
    {
        request
            .headers
            .push((header.to_owned(), "ENABLED".to_owned()));
    }
    let Some(wanted) = wanted(call, input) else {
        return Ok(());
    };
    let algorithm = wanted.algorithm;
    let value = match &request.file {
        Some(file) => file.digest(algorithm).map(str::to_owned),
        None => digest(algorithm, &request.body),
    };
    let Some(value) = value else {
        // Nobody asked for it, and the service does without.
        if !wanted.is_asked && !checksum.is_required {
            return Ok(());
        }
        return Err(not_made(algorithm));
    };
    let name = ["x-amz-checksum-", &algorithm.to_ascii_lowercase()].concat();
    request.headers.push((name, value));
    let member = checksum.algorithm_member.as_deref();
    if !wanted.is_asked
        && let Some(header) = member.and_then(|name| header_of(call, name))
    {
        request
            .headers
            .push((header.to_owned(), DEFAULT.to_owned()));
    }
    Ok(())
}

/// The algorithm by which a body has to be hashed before [`add`], if there is one.
pub fn needed<'a>(call: Call<'a>, input: &'a Value) -> Result<Option<&'a str>, NotSendable> {
    match wanted(call, input).map(|wanted| wanted.algorithm) {
        Some(algorithm) if digest(algorithm, b"").is_none() => Err(not_made(algorithm)),
        algorithm => Ok(algorithm),
    }
}

fn not_made(algorithm: &str) -> NotSendable {
    not_sendable("the checksum can't be made:", algorithm)
}

/// The header of a checksum itself, not one that says something of it.
pub fn is_checksum(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let kind = name.strip_prefix("x-amz-checksum-");
    kind.is_some_and(|kind| !matches!(kind, "algorithm" | "mode" | "type"))
}

/// The header that has a member of the input.
fn header_of<'a>(call: Call<'a>, name: &str) -> Option<&'a str> {
    let input = call.model.shape(call.operation.input.as_ref()?)?;
    let member = input.member(name)?;
    match &member.traits.wire.binding {
        Binding::Header(name) => Some(name),
        _ => None,
    }
}

/// The checksum in base64; `None` for an algorithm that is not done.
#[cfg(feature = "checksums")]
pub fn digest(algorithm: &str, body: &[u8]) -> Option<String> {
    let mut digest = formsmith_digest::Digest::new(algorithm)?;
    digest.update(body);
    Some(digest.text())
}

#[cfg(not(feature = "checksums"))]
pub fn digest(_: &str, _: &[u8]) -> Option<String> {
    None
}
