//! A command of the AWS CLI, or a JSON body, read into an input.

mod ansi;
mod body;
mod command;
mod fit;
mod option;
mod shell;
mod shorthand;

use crate::names;
use formsmith_api::json::NotJson;
use formsmith_api::model::{Model, Operation, Service};
use serde_json::Value;

/// The largest text that is read.
pub const MOST_BYTES: usize = 1024 * 1024;

/// What a text says.
#[derive(Debug)]
pub struct Reading<'m> {
    pub service: &'m Service,
    pub operation: &'m Operation,
    /// Where the command goes; a body names no region.
    pub region: Option<String>,
    /// An input in the types of the model, whatever the text held.
    pub input: Value,
    /// What of the text is not in the input.
    pub notes: Vec<Note>,
}

/// A part of a text that is not in the input, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// An option that says nothing of the input, such as `--profile demo`.
    NotInput(String),
    /// A word, an option or a redirection that means nothing here.
    NotUnderstood(String),
    /// Only a shell knows what stands for this; it is in the input as it was written.
    NotExpanded(String),
    /// Another command, or a comment.
    NotRead(String),
    UnknownMember {
        at: String,
        name: String,
    },
    /// A value of another type than the model's.
    OtherType {
        at: String,
        expected: &'static str,
    },
    /// Given more than once; the last counts.
    Twice(String),
    /// The value stands in a file.
    InFile {
        option: String,
        file: String,
    },
    NotJson {
        option: String,
        why: NotJson,
    },
    /// Neither JSON nor the CLI's shorthand.
    NotShorthand {
        option: String,
    },
    NoValue {
        option: String,
    },
}

/// Why a text is no call of an operation that a model describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    TooLong,
    /// A quote or bracket is not closed.
    Unclosed(char),
    /// It begins with another word than `aws`.
    NotAws(String),
    NoOperation,
    UnknownService(String),
    UnknownOperation {
        service: String,
        operation: String,
    },
    NotJson(NotJson),
    /// JSON, and no object.
    NotAnObject,
    /// The members are those of no operation.
    FitsNone(Vec<String>),
    /// The members are those of several operations, whose titles these are.
    FitsSeveral(Vec<String>),
}

/// The service, as botocore names it, and the operation, as the AWS CLI does, that a command names;
/// none where the text is no such command.
#[must_use]
pub fn named(text: &str) -> Option<[String; 2]> {
    let [service, operation] = command::named_in(text)?;
    Some([names::service_of_cli(&service).to_owned(), operation])
}

/// Reads a text. `open` is the operation whose form is open: a body without a name is taken for
/// its input if it can be.
pub fn read<'m>(
    model: &'m Model,
    text: &str,
    open: Option<(&'m Service, &'m Operation)>,
) -> Result<Reading<'m>, Refusal> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.chars().next() {
        _ if text.len() > MOST_BYTES => Err(Refusal::TooLong),
        None => Err(Refusal::Empty),
        Some('{' | '[' | '"') => body::read(model, text, open),
        Some(_) => command::read(model, text),
    }
}
