//! Smithy patterns, matched in time linear in the value.
//!
//! A pattern is searched for, as Smithy says; AWS's models anchor theirs at both ends. Every
//! state the pattern can be in is followed at once, so no value makes matching slow, and where
//! the last state dies is known: that is the character to show the person, together with the
//! characters that would have fitted there.

mod class;
mod parse;
mod program;

pub use class::Class;

use program::Program;

/// A pattern as the model has it. One that uses what is not supported here is never
/// taken for fulfilled: see [`Pattern::is_supported`].
#[derive(Debug, Clone)]
pub struct Pattern {
    source: String,
    program: Option<Program>,
}

/// Where and why a value departs from a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Unicode scalar values that fit before the departure.
    pub position: usize,
    /// The character that doesn't fit; `None` when the value ends too early.
    pub found: Option<char>,
    /// The characters that would have fitted; empty when the value should have ended.
    pub expected: Class,
    /// The pattern allows these characters at every place alike.
    pub is_uniform: bool,
}

impl Pattern {
    pub fn new(source: &str) -> Self {
        Self {
            source: source.into(),
            program: parse::parse(source).and_then(|node| Program::new(&node)),
        }
    }

    /// The regular expression, as written in the model.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Can values be checked against this pattern?
    pub fn is_supported(&self) -> bool {
        self.program.is_some()
    }

    /// `None` if the value matches, or can't be checked; the inner `None` if it doesn't match and
    /// there is no single place to point at.
    pub fn mismatch(&self, value: &str) -> Option<Option<Mismatch>> {
        self.program.as_ref()?.mismatch(value)
    }
}
