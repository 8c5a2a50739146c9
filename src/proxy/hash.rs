//! SHA-256, by which requests, bodies, secrets and lines of the log are told apart.

use ring::digest::{Context, SHA256};

pub type Hash = [u8; 32];

/// One that is not over: more may follow, and it can be copied before that.
#[derive(Clone)]
pub struct Hashing(Context);

impl Hashing {
    pub fn of(bytes: &[u8]) -> Self {
        let mut hashing = Self(Context::new(&SHA256));
        hashing.add(bytes);
        hashing
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub fn end(self) -> Hash {
        let mut hash = [0; 32];
        hash.copy_from_slice(self.0.finish().as_ref());
        hash
    }

    pub fn end_hex(self) -> String {
        hex::encode(self.end())
    }
}

/// SHA-256 of the parts, one after the other.
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hashing = Hashing::of(&[]);
    parts.iter().for_each(|part| hashing.add(part));
    hashing.end()
}

/// The same in lower-case hexadecimal.
pub fn sha256_hex(parts: &[&[u8]]) -> String {
    hex::encode(sha256(parts))
}

/// Reads bytes in lower-case hexadecimal, of which each has one spelling.
pub fn read_hex<const BYTES: usize>(text: &str) -> Option<[u8; BYTES]> {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if text.len() != 2 * BYTES || !text.bytes().all(is_digit) {
        return None;
    }
    let mut bytes = [0; BYTES];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}
