//! A value from elsewhere, without what the operation's input doesn't have.

use crate::model::{Member, Model, Operation, ShapeId, ShapeKind};
use crate::secret;
use crate::validate::{Path, PathSegment};
use serde_json::{Map, Value};

/// What becomes of idempotency tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tokens {
    Keep,
    /// A request that is a new one has a token of its own.
    LeaveOut,
}

/// The value without the members that the operation's input doesn't have, and where they were,
/// such as `Associations[2].Colour`. Values of the wrong type stay: a check names them.
pub fn prune_unknown(
    model: &Model,
    operation: &Operation,
    value: &Value,
    tokens: Tokens,
) -> (Value, Vec<String>) {
    let mut walk = Walk {
        model,
        tokens,
        path: Path::default(),
        unknown: Vec::new(),
    };
    let value = match (&operation.input, value) {
        (Some(id), _) => walk.value(id, value),
        (None, Value::Object(members)) => walk.structure(&[], members),
        (None, _) => value.clone(),
    };
    (value, walk.unknown)
}

struct Walk<'a> {
    model: &'a Model,
    tokens: Tokens,
    path: Path,
    unknown: Vec<String>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, id: &ShapeId, value: &Value) -> Value {
        let model = self.model;
        if secret::is_hole(value) {
            return value.clone();
        }
        match (model.shape(id).map(|shape| &shape.kind), value) {
            (
                Some(ShapeKind::Structure(members) | ShapeKind::Union(members)),
                Value::Object(object),
            ) => self.structure(members, object),
            (Some(ShapeKind::List(item)), Value::Array(items)) => {
                let items = items.iter().enumerate();
                let known = |(at, value)| self.within(PathSegment::Item(at), &item.target, value);
                items.map(known).collect()
            }
            (Some(ShapeKind::Map { value: member, .. }), Value::Object(entries)) => {
                let mut known = Map::new();
                for (key, value) in entries {
                    let segment = PathSegment::Entry(key.clone());
                    known.insert(key.clone(), self.within(segment, &member.target, value));
                }
                known.into()
            }
            _ => value.clone(),
        }
    }

    fn structure(&mut self, members: &[Member], object: &Map<String, Value>) -> Value {
        let mut known = Map::new();
        for (name, value) in object {
            let segment = PathSegment::Member(name.clone());
            match members.iter().find(|member| member.name == *name) {
                Some(member)
                    if member.traits.idempotency_token && self.tokens == Tokens::LeaveOut => {}
                Some(member) => {
                    let value = self.within(segment, &member.target, value);
                    known.insert(name.clone(), value);
                }
                None => {
                    self.path.0.push(segment);
                    self.unknown.push(self.path.to_string());
                    self.path.0.pop();
                }
            }
        }
        known.into()
    }

    fn within(&mut self, segment: PathSegment, id: &ShapeId, value: &Value) -> Value {
        self.path.0.push(segment);
        let value = self.value(id, value);
        self.path.0.pop();
        value
    }
}
