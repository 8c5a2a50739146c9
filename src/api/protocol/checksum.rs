//! Checksums of bodies that an operation requires or its input asks for.
//!
//! Source: Smithy's `aws.protocols#httpChecksum`, and botocore's `httpchecksum.py` for what is
//! sent where the input names no algorithm.

use super::{Call, NotSendable, not_sendable};
use crate::http::HttpRequest;
use crate::model::Binding;
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
    let Some(value) = digest(algorithm, &request.body) else {
        // Nobody asked for it, and the service does without.
        if asked.is_none() && !checksum.is_required {
            return Ok(());
        }
        return Err(not_sendable("the checksum can't be made:", algorithm));
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
    use super::base64::text;
    use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc};
    use sha2::Digest;
    let crc32 = |algorithm| Crc::<u32>::new(algorithm).checksum(body).to_be_bytes();
    Some(match algorithm {
        "CRC32" => text(&crc32(&CRC_32_ISO_HDLC)),
        "CRC32C" => text(&crc32(&CRC_32_ISCSI)),
        "CRC64NVME" => text(&Crc::<u64>::new(&CRC_64_NVME).checksum(body).to_be_bytes()),
        "MD5" => text(&md5::Md5::digest(body)),
        "SHA1" => text(&sha1::Sha1::digest(body)),
        "SHA256" => text(&sha2::Sha256::digest(body)),
        "SHA512" => text(&sha2::Sha512::digest(body)),
        _ => return None,
    })
}

#[cfg(not(feature = "checksums"))]
pub fn digest(_: &str, _: &[u8]) -> Option<String> {
    None
}
