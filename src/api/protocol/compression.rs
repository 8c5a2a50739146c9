//! Bodies packed with gzip. Whoever sends a request packs it, after it was written and agreed to as it
//! is and before it is signed.

use super::checksum::is_checksum;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// The least number of bytes that AWS's own clients pack (`request_min_compression_size_bytes`).
const LEAST: usize = 10_240;

/// What takes the place of a body, and of the header `Content-Encoding`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    pub body: Vec<u8>,
    pub content_encoding: String,
}

/// The packed body of a request with these headers, to an operation that takes one
/// (`WireTraits::request_compression`), where the body is large; otherwise it is sent as it is.
#[must_use]
pub fn packed<'a>(
    headers: impl Iterator<Item = (&'a str, &'a str)>,
    body: &[u8],
) -> Option<Packed> {
    if body.len() < LEAST {
        return None;
    }
    let mut content_encoding = String::new();
    for (name, value) in headers {
        if name.eq_ignore_ascii_case("content-encoding") {
            content_encoding += value;
            content_encoding.push(',');
        }
        // It is of the body as it is.
        if is_checksum(name) || name.eq_ignore_ascii_case("content-md5") {
            return None;
        }
    }
    content_encoding += "gzip";
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(body).ok()?;
    Some(Packed {
        body: gzip.finish().ok()?,
        content_encoding,
    })
}
