//! The input of an operation, as handlers read it.

use serde_json::{Map, Value};

/// A structure of the input. It has kept to the model before a handler sees it, so a required
/// member is there; the readers give a neutral value all the same rather than fail.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a>(&'a Map<String, Value>);

impl<'a> Input<'a> {
    pub fn new(members: &'a Map<String, Value>) -> Self {
        Self(members)
    }

    /// The members that are there, in no particular order.
    pub fn members(self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let members = self.0.iter().filter(|(_, value)| !value.is_null());
        members.map(|(name, value)| (name.as_str(), value))
    }

    /// A member that is there; `null` counts as absent.
    pub fn value(self, member: &str) -> Option<&'a Value> {
        self.0.get(member).filter(|value| !value.is_null())
    }

    pub fn optional_text(self, member: &str) -> Option<&'a str> {
        self.value(member).and_then(Value::as_str)
    }

    pub fn integer(self, member: &str) -> Option<i64> {
        self.value(member).and_then(Value::as_i64)
    }

    pub fn text(self, member: &str) -> &'a str {
        self.optional_text(member).unwrap_or_default()
    }

    pub fn structure(self, member: &str) -> Option<Self> {
        self.value(member).and_then(Value::as_object).map(Self)
    }

    /// The items of a list of structures.
    pub fn structures(self, member: &str) -> impl Iterator<Item = Self> {
        self.items(member).filter_map(Value::as_object).map(Self)
    }

    /// The items of a list of strings.
    pub fn texts(self, member: &str) -> impl Iterator<Item = &'a str> {
        self.items(member).filter_map(Value::as_str)
    }

    fn items(self, member: &str) -> impl Iterator<Item = &'a Value> {
        let items = self.value(member).and_then(Value::as_array);
        items.into_iter().flatten()
    }
}
