//! FNV-1a, 64 bits: names for things that have to be the same for the same, and for nothing else.

use crate::input::Input;
use serde_json::Value;

#[derive(Clone, Copy)]
pub struct Digest(u64);

impl Digest {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// With this text behind what was there before, and an end that no text holds.
    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes()).bytes(&[0xff])
    }

    /// With this value; the order of an object's members does not matter.
    pub fn value(self, value: &Value) -> Self {
        match value {
            Value::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.as_str(), value));
                self.object(members.collect())
            }
            Value::Array(items) => items.iter().fold(self.text("["), Self::value).text("]"),
            other => self.text(&other.to_string()),
        }
    }

    /// With the members of an input, but for these.
    pub fn members(self, input: Input<'_>, ignored: &[&str]) -> Self {
        let members = input.members().filter(|(name, _)| !ignored.contains(name));
        self.object(members.collect())
    }

    pub fn number(self) -> u64 {
        self.0
    }

    fn object(self, mut members: Vec<(&str, &Value)>) -> Self {
        members.sort_by_key(|(name, _)| *name);
        let begun = self.text("{");
        members
            .into_iter()
            .fold(begun, |digest, (name, value)| {
                digest.text(name).value(value)
            })
            .text("}")
    }

    fn bytes(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        }))
    }
}
