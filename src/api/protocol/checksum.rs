//! Checksums of bodies that an operation requires or its input asks for.
//!
//! Source: Smithy's `aws.protocols#httpChecksum`, and botocore's `httpchecksum.py` for what is
//! sent where the input names no algorithm.

use super::{Call, NotSendable, not_sendable};
use crate::http::HttpRequest;
use crate::model::{Binding, Shape};
use serde_json::Value;

/// What AWS's own client takes where the input names none.
const DEFAULT: &str = "CRC32";

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
    if !checksum.is_sent() {
        return Ok(());
    }
    if request.headers.iter().any(|(name, _)| is_checksum(name)) {
        return Ok(());
    }
    let member = checksum.algorithm_member.as_deref();
    let asked = member.and_then(|name| input.get(name)?.as_str());
    let algorithm = asked.unwrap_or(DEFAULT);
    let value = match &request.file {
        Some(file) => file.digest(algorithm).map(str::to_owned),
        None => digest(algorithm, &request.body),
    };
    let Some(value) = value else {
        // Nobody asked for it, and the service does without.
        if asked.is_none() && !checksum.is_required {
            return Ok(());
        }
        return Err(not_made(algorithm));
    };
    let name = ["x-amz-checksum-", &algorithm.to_ascii_lowercase()].concat();
    request.headers.push((name, value));
    if asked.is_none()
        && let Some(header) = member.and_then(|name| header_of(call, name))
    {
        request
            .headers
            .push((header.to_owned(), DEFAULT.to_owned()));
    }
    Ok(())
}

/// The algorithm whose checksum a request will have, if it will have one that is not in its input.
pub fn needed(call: Call<'_>, input: &Value) -> Result<Option<String>, NotSendable> {
    let Some(checksum) = call.operation.traits.wire.checksum.as_deref() else {
        return Ok(None);
    };
    let shape = call
        .operation
        .input
        .as_ref()
        .and_then(|id| call.model.shape(id));
    let mut members = shape.into_iter().flat_map(Shape::members);
    let is_given = members.any(|member| {
        let is_one =
            matches!(&member.traits.wire.binding, Binding::Header(name) if is_checksum(name));
        is_one
            && input
                .get(&member.name)
                .is_some_and(|value| !value.is_null())
    });
    let member = checksum.algorithm_member.as_deref();
    let asked = member.and_then(|name| input.get(name)?.as_str());
    let algorithm = asked.unwrap_or(DEFAULT);
    match checksum.is_sent() && !is_given {
        false => Ok(None),
        true if digest(algorithm, b"").is_some() => Ok(Some(algorithm.to_owned())),
        true => Err(not_made(algorithm)),
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
