//! Blobs: text in base64, whose length is that of the bytes it stands for; or a file, where the
//! blob is the whole body.

use super::Violation;
use crate::file::FileRef;
use crate::model::{Binding, Place};

pub fn check(place: Place<'_>, text: &str) -> Option<Violation> {
    let is_body = place.has(|traits| traits.wire.binding == Binding::Payload);
    let file = FileRef::parse(text).filter(|_| is_body);
    let size = file.map(|file| usize::try_from(file.size()).unwrap_or(usize::MAX));
    let Some(actual) = size.or_else(|| bytes(text)) else {
        return Some(Violation::NotBase64);
    };
    let length = place.find(|traits| traits.length)?;
    if let Some(min) = length.min.filter(|&min| actual < min) {
        return Some(Violation::TooFewBytes { actual, min });
    }
    let max = length.max.filter(|&max| actual > max)?;
    Some(Violation::TooManyBytes { actual, max })
}

/// How many bytes a text in base64 stands for (RFC 4648, section 4, with padding).
fn bytes(text: &str) -> Option<usize> {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    // The bits of the last digit that stand for nothing have to be 0.
    let last = digits.bytes().next_back();
    let ends_well = match padding {
        0 => true,
        1 => last.is_some_and(|last| b"AEIMQUYcgkosw048".contains(&last)),
        _ => padding == 2 && last.is_some_and(|last| b"AQgw".contains(&last)),
    };
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    (text.len().is_multiple_of(4) && ends_well && digits.bytes().all(is_digit))
        .then(|| text.len() / 4 * 3 - padding)
}
