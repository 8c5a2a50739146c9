//! The lines of an audit log, and how each holds on to the one before.
//!
//! A line is one JSON object. Its member `previous` is the SHA-256 of the whole line before,
//! without its line break; its last member, `sha256`, is that of the line itself up to there, so
//! that the last line can be judged as well.

use crate::hash::{Hashing, sha256_hex};
use serde_json::Value;
use std::fmt::Write as _;

/// What the first line of all has for the hash of the line before.
pub const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// How each line begins.
const HEAD: &str = "{\"sequence\":";
const OWN: &str = ",\"sha256\":\"";
const END: &str = "\"}";
const HASH: usize = NOTHING.len();

/// Members of a line, as JSON without the braces.
#[derive(Debug, Default)]
pub struct Members(String);

impl Members {
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.0.push('"');
        for unit in value.encode_utf16() {
            match u8::try_from(unit) {
                // A brace stands at a line's end and nowhere else: a torn line has none.
                Ok(byte @ b' '..=b'~') if !matches!(byte, b'"' | b'\\' | b'{' | b'}') => {
                    self.0.push(byte.into());
                }
                _ => self.write(format_args!("\\u{unit:04x}")),
            }
        }
        self.0.push('"');
    }

    pub fn number(&mut self, name: &str, value: u64) {
        self.name(name);
        self.write(format_args!("{value}"));
    }

    fn name(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        self.write(format_args!("\"{name}\":"));
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string doesn't fail.
        let _ = self.0.write_fmt(text);
    }
}

/// The end of a chain: what the next line holds on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Of the last line; 0 if there is none.
    pub sequence: u64,
    /// Of the last line, in hexadecimal.
    pub hash: String,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            sequence: 0,
            hash: NOTHING.into(),
        }
    }
}

impl Chain {
    /// Adds a line with these members, and its line break.
    pub fn add(&mut self, members: &Members, lines: &mut String) {
        let start = lines.len();
        self.sequence += 1;
        let _ = write!(
            lines,
            "{HEAD}{},{},\"previous\":\"{}\"",
            self.sequence, members.0, self.hash
        );
        let mut hashing = Hashing::of(&lines.as_bytes()[start..]);
        let own = hashing.clone().end_hex();
        let end = lines.len();
        lines.extend([OWN, &own, END]);
        hashing.add(&lines.as_bytes()[end..]);
        self.hash = hashing.end_hex();
        lines.push('\n');
    }
}

/// A line that is as it was written.
#[derive(Debug)]
pub struct Record {
    /// The end of a chain that ends with this line.
    pub chain: Chain,
    /// The hash of the line before.
    pub previous: String,
    members: Value,
}

impl Record {
    /// Reads a line without its line break; nothing if its own hash differs.
    pub fn read(line: &[u8]) -> Option<Self> {
        let rest = line.strip_suffix(END.as_bytes())?;
        let (rest, own) = rest.split_at_checked(rest.len().checked_sub(HASH)?)?;
        let covered = rest.strip_suffix(OWN.as_bytes())?;
        let mut hashing = Hashing::of(covered);
        if hashing.clone().end_hex().as_bytes() != own {
            return None;
        }
        hashing.add(&line[covered.len()..]);
        let members: Value = serde_json::from_slice(line).ok()?;
        Some(Self {
            chain: Chain {
                sequence: members["sequence"].as_u64()?,
                hash: hashing.end_hex(),
            },
            previous: members["previous"].as_str()?.to_owned(),
            members,
        })
    }

    pub fn follows(&self, chain: &Chain) -> bool {
        Some(self.chain.sequence) == chain.sequence.checked_add(1) && self.previous == chain.hash
    }

    /// A member that is text, or nothing.
    pub fn text(&self, name: &str) -> &str {
        self.members[name].as_str().unwrap_or_default()
    }

    /// What it says of something torn before it.
    pub fn torn(&self) -> Option<Torn> {
        Some(Torn {
            bytes: self.members["tornBytes"].as_u64()?,
            hash: self.members["tornHash"].as_str()?.to_owned(),
        })
    }
}

/// What is left of lines that were not written to their end: how much, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Torn {
    pub bytes: u64,
    pub hash: String,
}

impl Torn {
    /// Of lines one after the other, without the last line break.
    pub fn new(lines: &[u8]) -> Self {
        Self {
            bytes: lines.len() as u64,
            hash: sha256_hex(&[lines]),
        }
    }

    pub fn note(&self, members: &mut Members) {
        members.number("tornBytes", self.bytes);
        members.text("tornHash", &self.hash);
    }
}

/// Can this be the beginning of a line that a crash cut short? Some file systems put zeros where
/// its rest would be.
pub fn can_be_torn(line: &[u8]) -> bool {
    let zeros = line.iter().rev().take_while(|byte| **byte == 0).count();
    let line = &line[..line.len() - zeros];
    let known = line.len().min(HEAD.len());
    line[..known] == HEAD.as_bytes()[..known] && !line.contains(&b'}')
}

/// The end of what was written before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tail {
    /// Of the last whole line, if there is one.
    pub last: Option<Chain>,
    pub torn: Option<Torn>,
    /// A line break has to come before the next line.
    pub is_open: bool,
}

impl Tail {
    /// Reads the end of a log; nothing if it is not one.
    pub fn read(log: &[u8]) -> Option<Self> {
        let (lines, is_open) = match log.strip_suffix(b"\n") {
            Some(lines) => (lines, false),
            None => (log, true),
        };
        if log.is_empty() {
            return Some(Self::default());
        }
        let mut end = lines.len();
        loop {
            let before = lines[..end].iter().rposition(|byte| *byte == b'\n');
            let start = before.map_or(0, |at| at + 1);
            let line = &lines[start..end];
            if let Some(record) = Record::read(line) {
                return Some(Self {
                    last: Some(record.chain),
                    torn: lines.get(end + 1..).map(Torn::new),
                    is_open,
                });
            }
            if !can_be_torn(line) {
                return None;
            }
            let Some(before) = before else {
                return Some(Self {
                    last: None,
                    torn: Some(Torn::new(lines)),
                    is_open,
                });
            };
            end = before;
        }
    }
}
