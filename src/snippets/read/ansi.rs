//! The text between `$'` and `'`.

use super::Refusal;
use std::iter::Peekable;
use std::str::Bytes;

/// Reads up to the quote that closes it. What isn't UTF-8 in the end is replaced.
pub fn text(rest: &mut &str) -> Result<String, Refusal> {
    let mut bytes = rest.bytes().peekable();
    let mut out = Vec::new();
    loop {
        match bytes.next().ok_or(Refusal::Unclosed('\''))? {
            b'\'' => break,
            b'\\' => escape(&mut bytes, &mut out),
            byte => out.push(byte),
        }
    }
    let left = bytes.count();
    *rest = &rest[rest.len() - left..];
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn escape(bytes: &mut Peekable<Bytes<'_>>, out: &mut Vec<u8>) {
    let Some(letter) = bytes.next() else {
        return;
    };
    match letter {
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b't' => out.push(b'\t'),
        b'a' => out.push(7),
        b'b' => out.push(8),
        b'e' | b'E' => out.push(27),
        b'f' => out.push(12),
        b'v' => out.push(11),
        b'\\' | b'\'' | b'"' | b'?' => out.push(letter),
        b'c' => out.extend(bytes.next().map(|byte| byte & 0x1f)),
        b'x' => out.push(number(bytes, 16, 2, 0) as u8),
        b'u' => character(number(bytes, 16, 4, 0), out),
        b'U' => character(number(bytes, 16, 8, 0), out),
        b'0'..=b'7' => out.push(number(bytes, 8, 2, u32::from(letter - b'0')) as u8),
        // Anything else keeps its backslash.
        other => out.extend([b'\\', other]),
    }
}

/// Up to so many digits, after those that make up `begun`.
fn number(bytes: &mut Peekable<Bytes<'_>>, radix: u32, most: usize, begun: u32) -> u32 {
    let mut value = begun;
    for _ in 0..most {
        let digit = bytes
            .peek()
            .and_then(|&byte| char::from(byte).to_digit(radix));
        let Some(digit) = digit else {
            break;
        };
        bytes.next();
        value = value.wrapping_mul(radix).wrapping_add(digit);
    }
    value
}

fn character(code: u32, out: &mut Vec<u8>) {
    let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    out.extend(c.encode_utf8(&mut [0; 4]).bytes());
}
