//! Traits that say what can be done after an operation was sent.

use super::ast::{Malformed, ObjectNode, must_be, text};
use super::trait_values::texts;
use serde_json::{Map, Value};

/// `formsmith#readBack`: how to see whether an operation was done.
#[derive(Debug, Clone)]
pub struct ReadBack {
    /// The operation of the same service that reads.
    pub operation: String,
    /// Its input. A text `$Name` stands for that member of the entry, else of the input; dots
    /// lead further in. Everything else stands for itself.
    pub input: Map<String, Value>,
    /// Where the reading operation's output has what is looked for: member names joined by
    /// dots, through lists. Every text there and below counts.
    pub found: String,
    /// What is looked for; without it, what was found is there to be shown.
    pub looked_for: Option<LookedFor>,
}

/// What is looked for, and what its being there says.
#[derive(Debug, Clone)]
pub struct LookedFor {
    /// A member of the entry, else of the input. The name of the list of entries stands for an
    /// entry that is a text by itself.
    pub key: String,
    /// The operation was done if it is there; otherwise, if it is not.
    pub is_there_when_done: bool,
}

/// `formsmith#follow`: the operation that polls what an output started.
#[derive(Debug, Clone)]
pub struct Follow {
    pub operation: String,
    /// The members of its input, each with the place in the output that has the value.
    pub input: Vec<(String, String)>,
}

/// `formsmith#fieldErrors`: an error's list of members of the input that are wrong.
#[derive(Debug, Clone)]
pub struct FieldErrors {
    /// The members of an item that have the input's member and the message.
    pub name: String,
    pub message: String,
}

/// `smithy.api#retryable`: an error that may go away when the same is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retryable {
    /// Too much was sent in a short time.
    pub throttling: bool,
}

impl ReadBack {
    pub(super) fn read(ast: ObjectNode<'_>) -> Result<Self, Malformed> {
        let looked_for = match (ast.optional_text("key")?, ast.optional_text("done")?) {
            (None, None) => None,
            (Some(key), Some(done)) => Some(LookedFor {
                key,
                is_there_when_done: match done.as_str() {
                    "present" => true,
                    "absent" => false,
                    _ => return Err(must_be("done", "present or absent")),
                },
            }),
            _ => return Err(must_be("key", "there together with done")),
        };
        let input = ast.object("input")?;
        Ok(Self {
            operation: ast.text("operation")?,
            input: input.map(|it| it.members().clone()).unwrap_or_default(),
            found: ast.text("found")?,
            looked_for,
        })
    }
}

impl Follow {
    pub(super) fn read(ast: ObjectNode<'_>) -> Result<Self, Malformed> {
        let input = ast.object("input")?;
        Ok(Self {
            operation: ast.text("operation")?,
            input: input.map(texts).transpose()?.unwrap_or_default(),
        })
    }
}

impl FieldErrors {
    pub(super) fn read(ast: ObjectNode<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            name: ast.text("name")?,
            message: ast.text("message")?,
        })
    }
}

/// The codes of `formsmith#alreadyDone`.
pub(super) fn codes(value: &Value) -> Result<Vec<String>, Malformed> {
    let codes = value.as_array();
    let codes = codes.ok_or_else(|| must_be("the trait", "an array of strings"))?;
    codes.iter().map(|code| text(code, "the code")).collect()
}
