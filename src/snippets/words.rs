//! What this crate says, in sentences for people.

use crate::read::{MOST_BYTES, Note, Refusal};
use crate::write::NotWritable;
use std::fmt;

/// What can be read.
const PASTE: &str = "Paste a command that begins with aws, or a JSON body.";

impl fmt::Display for NotWritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherType { at, expected } => write!(
                f,
                "{at} is not a {expected}, but this language can't write anything else there."
            ),
            Self::UnknownMember { at } => {
                write!(f, "The model has no {at}, so this language can't write it.")
            }
            Self::UnknownShape { at, kind } => {
                write!(
                    f,
                    "{at} is a {kind}, which can't be written in this language here."
                )
            }
            Self::NoEndpoint { region } => write!(f, "There is no region {region}."),
            Self::BuiltInOnly => {
                f.write_str("This language is written for the built-in services only.")
            }
            Self::Bytes { at } => write!(
                f,
                "{at} holds bytes, which the AWS CLI takes from a file: copy it as Python or JavaScript."
            ),
            Self::NoRequest(what) => write!(f, "The request can't be created: {what}."),
        }
    }
}

impl std::error::Error for NotWritable {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "There is nothing to read. {PASTE}"),
            Self::TooLong => write!(
                f,
                "The text is too long: at most {MOST_BYTES} bytes are read."
            ),
            Self::Unclosed(sign) => write!(
                f,
                "The opening {sign} is never closed. Paste the whole command."
            ),
            Self::NotAws(word) => write!(f, "This begins with “{}”. {PASTE}", short(word)),
            Self::NoOperation => f.write_str(
                "The command names no operation. \
                 It begins with aws, the service and the operation.",
            ),
            Self::UnknownService(name) => write!(
                f,
                "This is a command of {}, which has no model here.",
                short(name)
            ),
            Self::UnknownOperation { service, operation } => write!(
                f,
                "{service} has no operation {} in the models here.",
                short(operation)
            ),
            Self::NotJson(why) => write!(
                f,
                "This begins like JSON but is not valid: see line {}, column {}.",
                why.line, why.column
            ),
            Self::NotAnObject => f.write_str("A body is a JSON object, between { and }."),
            Self::FitsNone(names) => write!(
                f,
                "No operation here has these members: {}.",
                short(&names.join(", "))
            ),
            Self::FitsSeveral(titles) => write!(
                f,
                "This could be the body of several operations: {}. \
                 Open the one you mean and paste it there.",
                titles.join(", ")
            ),
        }
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInput(what) => write!(
                f,
                "Ignored because it isn't part of the request: {}.",
                short(what)
            ),
            Self::NotUnderstood(what) => {
                write!(f, "Ignored because it was not understood: {}.", short(what))
            }
            Self::NotExpanded(what) => write!(
                f,
                "Only your shell knows the value of {}: the form has it as written.",
                short(what)
            ),
            Self::NotRead(what) => write!(f, "Not read: {}.", short(what)),
            Self::UnknownMember { at, name } => match at.as_str() {
                "" => write!(
                    f,
                    "Ignored because there is no such member: {}.",
                    short(name)
                ),
                at => write!(
                    f,
                    "Ignored because {} has no such member: {}.",
                    place(at),
                    short(name)
                ),
            },
            Self::OtherType { at, expected } => write!(
                f,
                "{} was left out: it must be a JSON {expected}.",
                place(at)
            ),
            Self::Twice(what) => write!(
                f,
                "{} is given more than once: the last one is used.",
                short(what)
            ),
            Self::InFile { option, file } => write!(
                f,
                "{option} was left out: its value is in {}, which the page can't read.",
                short(file)
            ),
            Self::NotJson { option, why } => write!(
                f,
                "{option} was left out: it is not JSON, see line {}, column {}.",
                why.line, why.column
            ),
            Self::NotShorthand { option } => write!(
                f,
                "{option} was left out: it is neither JSON nor Key=value."
            ),
            Self::NoValue { option } => write!(f, "{option} was left out: no value follows it."),
        }
    }
}

/// `--parameters.Size.0` and `.Filters.Names` as a person reads them.
fn place(at: &str) -> String {
    short(at.trim_start_matches('.'))
}

/// The beginning of a text that may be as long as what was pasted.
fn short(text: &str) -> String {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} […]", &text[..end]),
        None => text.to_owned(),
    }
}
