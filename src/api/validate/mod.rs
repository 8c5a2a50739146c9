//! Does a value keep to its constraints? One file a constraint trait.
//!
//! Checking never fails: what is wrong comes back as [`Violation`]s, as facts without wording;
//! whoever shows them finds the words.

mod blob;
mod enum_value;
mod input;
mod length;
mod number;
mod pattern;
mod range;
mod required;
mod timestamp;
mod unique_items;

pub use input::{Located, Path, PathSegment, expected, input};
pub use number::is_special;
pub use pattern::is_checked;
pub use unique_items::repeated;

use crate::model::{Place, ShapeKind};
use crate::pattern::Class;
use serde_json::Number;

/// One departure from the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Violation {
    /// A required member is absent, or a text that has to be given is empty.
    Required,
    /// Lengths of texts, in Unicode scalar values.
    TooShort {
        actual: usize,
        min: usize,
    },
    TooLong {
        actual: usize,
        max: usize,
    },
    /// Lengths of blobs, in bytes.
    TooFewBytes {
        actual: usize,
        min: usize,
    },
    TooManyBytes {
        actual: usize,
        max: usize,
    },
    NotBase64,
    /// Sizes of lists and maps.
    TooFew {
        actual: usize,
        min: usize,
    },
    TooMany {
        actual: usize,
        max: usize,
    },
    /// The pattern doesn't match and there is no one place to point at.
    Pattern {
        source: String,
    },
    /// The character at this position (from 0) is none of those that fit there.
    Character {
        found: char,
        position: usize,
        expected: Class,
        /// The same characters fit at every place.
        is_uniform: bool,
    },
    /// The value ends where one of these characters has to follow.
    Unfinished {
        expected: Class,
    },
    /// A value the model doesn't list. Services add values before models do: a warning.
    UnknownValue {
        value: String,
    },
    NotANumber,
    NotAnInteger,
    NotABoolean,
    /// Neither seconds since 1970 nor a date and time of ISO 8601.
    NotAMoment,
    BelowMinimum {
        min: Number,
    },
    AboveMaximum {
        max: Number,
    },
    /// The same item, or the same key, stands earlier too.
    Duplicate,
    /// A JSON value of the wrong type; what is expected is named as JSON names it.
    WrongType {
        expected: &'static str,
    },
    /// A member the structure doesn't have.
    UnknownMember,
    /// How many members of a union are given, where it has to be one.
    NotOneMember {
        actual: usize,
    },
    /// A secret that was given before has to be given anew: it is stored nowhere.
    NotKept,
    /// A placeholder stands there, in the place of a value.
    Placeholder,
    /// Text that has to be JSON and isn't.
    NotJson {
        line: usize,
        column: usize,
        reason: String,
    },
}

impl Violation {
    /// May the value be sent all the same, if the person says so?
    pub fn is_warning(&self) -> bool {
        matches!(self, Self::UnknownValue { .. })
    }
}

/// Checks a value that is written as text: a string, enum, number, boolean or timestamp.
pub fn text(place: Place<'_>, value: &str) -> Vec<Violation> {
    let mut violations = Vec::new();
    match &place.shape.kind {
        ShapeKind::String | ShapeKind::Enum(_) => {
            violations.extend(length::text(place, value));
            // What is too long anyway is not worth the time that a pattern takes.
            if !matches!(violations.first(), Some(Violation::TooLong { .. })) {
                violations.extend(pattern::check(place, value));
            }
            violations.extend(enum_value::check(place, value));
        }
        ShapeKind::Blob => violations.extend(blob::check(place, value)),
        ShapeKind::Integer { min, max } => match number::integer(value) {
            Ok(number) => violations.extend(range::integer(place, &number, (*min, *max))),
            Err(violation) => violations.push(violation),
        },
        ShapeKind::BigInteger => match number::integer(value) {
            Ok(number) => violations.extend(range::number(place, &number)),
            Err(violation) => violations.push(violation),
        },
        ShapeKind::Timestamp => violations.extend(timestamp::check(value)),
        ShapeKind::Float | ShapeKind::Double if is_special(value) => {}
        kind if kind.is_number() => match number::float(value) {
            Ok(number) => violations.extend(range::number(place, &number)),
            Err(violation) => violations.push(violation),
        },
        ShapeKind::Boolean if !matches!(value, "true" | "false") => {
            violations.push(Violation::NotABoolean);
        }
        _ => {}
    }
    // An empty text breaks most constraints at once; one of them is enough to say so.
    if value.is_empty() {
        violations.truncate(1);
    }
    violations
}

/// Is this a number as JSON writes it?
pub fn is_number(value: &str) -> bool {
    number::number(value).is_ok()
}

/// Checks the number of items of a list or entries of a map.
pub fn size(place: Place<'_>, actual: usize) -> Option<Violation> {
    length::size(place, actual)
}

/// Is the member missing although the model requires it?
pub fn missing(place: Place<'_>, is_present: bool) -> Option<Violation> {
    required::check(place, is_present)
}
