//! What a handler can say.

use serde_json::{Map, Value};

/// A success.
#[derive(Debug, PartialEq)]
pub enum Answer {
    Output(Map<String, Value>),
    /// A body of no bytes, which some operations answer instead of an output without members.
    NoBody,
}

impl Answer {
    /// The members of an output, given as a JSON object.
    pub fn output(value: Value) -> Self {
        match value {
            Value::Object(members) => Self::Output(members),
            _ => Self::Output(Map::new()),
        }
    }
}

/// A refusal. Its status and its namespace come from the model where the model lists it.
#[derive(Debug, PartialEq)]
pub struct ServiceError {
    /// The bare name of the error's shape.
    pub shape: &'static str,
    pub message: String,
    /// Members besides the message.
    pub members: Map<String, Value>,
}

impl ServiceError {
    pub fn new(shape: &'static str, message: impl Into<String>) -> Self {
        Self {
            shape,
            message: message.into(),
            members: Map::new(),
        }
    }

    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.members.insert(member.to_owned(), value.into());
        self
    }
}
