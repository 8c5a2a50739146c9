//! Patterns of models, matched in time linear in the value.
//!
//! Every state the pattern can be in is followed at once, so no value makes matching slow, and
//! where the last state dies is known: that is the character to show the person, together with the
//! characters that would have fitted there. What a look-around asks is found out before that, for
//! all places, in the same way.

mod class;
mod parse;
mod program;
mod property;
mod run;

pub use class::Class;

use program::Program;

/// A pattern as the model has it. One that uses what is not supported here is never
/// taken for fulfilled: see [`Pattern::is_supported`].
#[derive(Debug, Clone)]
pub struct Pattern {
    source: String,
    program: Option<Program>,
    /// Only characters below [`property::END`] can be checked.
    is_partial: bool,
}

/// What a pattern says of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Matches,
    Departs(Mismatch),
    /// It doesn't match, and there is no single place to point at.
    Differs,
    /// The pattern is not supported, or not for these characters, or the value is too long for
    /// such a pattern: its states times the characters are too many.
    NotChecked,
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
    /// A pattern that is searched for in a value, as Smithy says; AWS's models anchor theirs at
    /// both ends.
    pub fn new(source: &str) -> Self {
        let (node, is_partial) = parse::parse(source).unzip();
        Self {
            source: source.into(),
            program: node.and_then(|node| Program::new(&node)),
            is_partial: is_partial.unwrap_or_default(),
        }
    }

    /// A pattern that has to match the whole value, as the models of botocore mean theirs.
    pub fn whole(source: &str) -> Self {
        Self::new(&["^(?:", source, ")$"].concat())
    }

    /// The regular expression, anchored where it is of the whole value.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Can values be checked against this pattern?
    pub fn is_supported(&self) -> bool {
        self.program.is_some()
    }

    /// Time and memory are linear in the value, and bounded.
    pub fn verdict(&self, value: &str) -> Verdict {
        let text: Vec<char> = value.chars().collect();
        match &self.program {
            Some(program) if !self.is_partial || text.iter().all(|&c| c < property::END) => {
                program.verdict(&text)
            }
            _ => Verdict::NotChecked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_tables_only_known_characters_are_checked() {
        let partial = Pattern {
            is_partial: true,
            ..Pattern::new("^[^0-9]+$")
        };
        assert_eq!(partial.verdict("\u{2FF}"), Verdict::Matches);
        assert_eq!(partial.verdict("a\u{300}"), Verdict::NotChecked);
        assert!(matches!(partial.verdict("1"), Verdict::Departs(_)));
    }
}
