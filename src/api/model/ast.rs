//! The JSON AST as it is written in files: object nodes, read member by member.

use serde_json::{Map, Value};

/// What is wrong with a value, as a sentence's end: `title must be a string`.
pub type Malformed = String;

/// An object of the AST. Members that are `null` count as absent.
#[derive(Clone, Copy)]
pub struct ObjectNode<'a>(&'a Map<String, Value>);

impl<'a> ObjectNode<'a> {
    /// `name` is what the value is called where it stands, for the message.
    pub fn of(value: &'a Value, name: &str) -> Result<Self, Malformed> {
        value
            .as_object()
            .map(Self)
            .ok_or_else(|| must_be(name, "an object"))
    }

    pub fn members(self) -> &'a Map<String, Value> {
        self.0
    }

    pub fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub fn optional_text(self, name: &str) -> Result<Option<String>, Malformed> {
        self.get(name).map(|value| text(value, name)).transpose()
    }

    pub fn text(self, name: &str) -> Result<String, Malformed> {
        let text = self.optional_text(name)?;
        text.ok_or_else(|| must_be(name, "a string"))
    }

    pub fn texts(self, name: &str) -> Result<Vec<String>, Malformed> {
        let items = self.items(name)?.iter();
        items.map(|item| text(item, name)).collect()
    }

    pub fn object(self, name: &str) -> Result<Option<Self>, Malformed> {
        self.get(name)
            .map(|value| Self::of(value, name))
            .transpose()
    }

    /// The items of a list; none if the member is absent.
    pub fn items(self, name: &str) -> Result<&'a [Value], Malformed> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Value::Array(items)) => Ok(items),
            Some(_) => Err(must_be(name, "an array")),
        }
    }

    /// The target of a reference: `{"target": "smithy.api#Unit"}`.
    pub fn target(self, name: &str) -> Result<Option<String>, Malformed> {
        let reference = self.object(name)?;
        reference
            .map(|reference| reference.text("target"))
            .transpose()
    }

    /// The targets of a list of references.
    pub fn targets(self, name: &str) -> Result<Vec<String>, Malformed> {
        let items = self.items(name)?.iter();
        items
            .map(|item| Self::of(item, name)?.text("target"))
            .collect()
    }

    pub fn flag(self, name: &str) -> Result<bool, Malformed> {
        match self.get(name) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| must_be(name, "a boolean")),
        }
    }

    pub fn integer(self, name: &str) -> Result<Option<u64>, Malformed> {
        self.get(name).map(|value| integer(value, name)).transpose()
    }
}

pub fn text(value: &Value, name: &str) -> Result<String, Malformed> {
    match value {
        Value::String(text) => Ok(text.clone()),
        _ => Err(must_be(name, "a string")),
    }
}

pub fn integer(value: &Value, name: &str) -> Result<u64, Malformed> {
    value
        .as_u64()
        .ok_or_else(|| must_be(name, "a whole number of 0 or more"))
}

pub fn must_be(name: &str, what: &str) -> Malformed {
    format!("{name} must be {what}")
}
