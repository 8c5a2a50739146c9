//! Shapes and members.

use super::Traits;
use std::fmt;

/// An absolute shape id, such as `com.amazonaws.servicecatalog#Id`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(String);

impl ShapeId {
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The part after `#`.
    pub fn name(&self) -> &str {
        self.0.rsplit('#').next().unwrap_or(&self.0)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug)]
pub struct Shape {
    pub id: ShapeId,
    pub kind: ShapeKind,
    pub traits: Traits,
}

/// Smithy's simple and aggregate types, as far as they differ for a client.
#[derive(Debug)]
pub enum ShapeKind {
    String,
    /// The members are the values, in the model's order.
    Enum(Vec<Member>),
    Boolean,
    /// byte, short, integer and long.
    Integer {
        min: i64,
        max: i64,
    },
    Float,
    Double,
    BigInteger,
    BigDecimal,
    /// A moment: a number of seconds since 1970, or an RFC 3339 text.
    Timestamp,
    /// Bytes, as text in base64.
    Blob,
    /// Any JSON.
    Document,
    List(Box<Member>),
    Map {
        key: Box<Member>,
        value: Box<Member>,
    },
    Structure(Vec<Member>),
    /// A structure with exactly one of its members.
    Union(Vec<Member>),
    /// A type without a control of its own: it is written as JSON.
    Other(String),
}

/// A member of an aggregate shape.
#[derive(Debug)]
pub struct Member {
    pub name: String,
    pub target: ShapeId,
    pub traits: Traits,
}

impl ShapeKind {
    /// Is its value a number, or something that may be written as one?
    pub fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Integer { .. }
                | Self::Float
                | Self::Double
                | Self::BigInteger
                | Self::BigDecimal
                | Self::Timestamp
        )
    }

    /// The type's name in Smithy, if its value is written as JSON for want of a control of its own.
    pub fn json_type(&self) -> Option<&str> {
        Some(match self {
            Self::Document => "document",
            Self::Other(kind) => kind,
            _ => return None,
        })
    }

    pub fn is_json(&self) -> bool {
        self.json_type().is_some()
    }
}

impl Shape {
    /// The members of a structure or union; nothing for any other shape.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => members,
            _ => &[],
        }
    }

    /// The member of this name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| member.name == name)
    }

    /// The values of an enum, in the model's order; nothing for any other shape.
    pub fn enum_members(&self) -> &[Member] {
        match &self.kind {
            ShapeKind::Enum(members) => members,
            _ => &[],
        }
    }
}

impl Member {
    /// What stands on the wire for an enum member.
    pub fn enum_value(&self) -> &str {
        self.traits.enum_value.as_deref().unwrap_or(&self.name)
    }
}
