//! What a handler can say.

use serde_json::{Map, Value};
use std::borrow::Cow;

/// A success.
#[derive(Debug, PartialEq)]
pub enum Answer {
    Output(Map<String, Value>),
    /// A body of no bytes, which some operations answer instead of an output without members.
    NoBody,
}

impl Answer {
    pub fn output(members: Vec<(&str, Value)>) -> Self {
        Self::Output(map(members))
    }
}

/// A JSON object of these members. (The page holds the sandbox too, and pays for each place
/// where `json!` spells an object out.)
pub fn object(members: Vec<(&str, Value)>) -> Value {
    Value::Object(map(members))
}

fn map(members: Vec<(&str, Value)>) -> Map<String, Value> {
    let members = members.into_iter();
    members
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A refusal. Its status and its namespace come from the model where the model lists it.
#[derive(Debug, PartialEq)]
pub struct ServiceError {
    /// The bare name of the error's shape.
    pub shape: Cow<'static, str>,
    pub message: String,
    /// Members besides the message.
    pub members: Map<String, Value>,
}

impl ServiceError {
    pub fn new(shape: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            shape: shape.into(),
            message: message.into(),
            members: Map::new(),
        }
    }

    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.members.insert(member.to_owned(), value.into());
        self
    }
}
