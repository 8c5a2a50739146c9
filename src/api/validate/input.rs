//! A whole JSON value against its shape: what a service checks before it does anything.

use super::Violation;
use crate::model::{Member, Model, Place, ShapeKind};
use serde_json::Value;
use std::fmt;

/// Where in a JSON value: `Parameters.TARGET[0]` is three segments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path(pub Vec<PathSegment>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathSegment {
    Member(String),
    Item(usize),
    /// The value of a map's entry.
    Entry(String),
    /// The key of a map's entry.
    Key(String),
}

/// A violation and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    pub path: Path,
    pub violation: Violation,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                PathSegment::Item(index) => write!(f, "[{index}]")?,
                PathSegment::Member(name) | PathSegment::Entry(name) | PathSegment::Key(name) => {
                    write!(f, "{}{name}", if at > 0 { "." } else { "" })?;
                }
            }
        }
        Ok(())
    }
}

/// All violations of a value, in the order of the value.
pub fn input(model: &Model, place: Place<'_>, value: &Value) -> Vec<Located> {
    let mut walk = Walk {
        model,
        path: Path::default(),
        found: Vec::new(),
    };
    walk.value(place, value);
    walk.found
}

struct Walk<'a> {
    model: &'a Model,
    path: Path,
    found: Vec<Located>,
}

impl<'a> Walk<'a> {
    fn report(&mut self, violation: Violation) {
        self.found.push(Located {
            path: self.path.clone(),
            violation,
        });
    }

    fn within(&mut self, segment: PathSegment, walk: impl FnOnce(&mut Self)) {
        self.path.0.push(segment);
        walk(self);
        self.path.0.pop();
    }

    fn value(&mut self, place: Place<'a>, value: &Value) {
        match (&place.shape.kind, value) {
            (ShapeKind::Structure(members), Value::Object(object)) => {
                self.structure(members, object);
            }
            (ShapeKind::Union(members), Value::Object(object)) => {
                let actual = object.values().filter(|value| !value.is_null()).count();
                if actual != 1 {
                    self.report(Violation::NotOneMember { actual });
                }
                self.structure(members, object);
            }
            (ShapeKind::List(member), Value::Array(items)) => {
                self.found_all(super::size(place, items.len()));
                for (at, item) in items.iter().enumerate() {
                    self.within(PathSegment::Item(at), |walk| walk.member(member, item));
                }
                for at in super::unique_items::check(place, items) {
                    self.within(PathSegment::Item(at), |walk| {
                        walk.report(Violation::Duplicate);
                    });
                }
            }
            (ShapeKind::Map { key, value: member }, Value::Object(object)) => {
                self.found_all(super::size(place, object.len()));
                for (name, value) in object {
                    self.within(PathSegment::Key(name.clone()), |walk| {
                        walk.member(key, &Value::from(name.as_str()));
                    });
                    self.within(PathSegment::Entry(name.clone()), |walk| {
                        walk.member(member, value);
                    });
                }
            }
            (
                ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Blob | ShapeKind::Timestamp,
                Value::String(text),
            ) => self.found_all(super::text(place, text)),
            (ShapeKind::Float | ShapeKind::Double, Value::String(text))
                if super::is_special(text) => {}
            (kind, Value::Number(number)) if kind.is_number() => {
                self.found_all(super::text(place, &number.to_string()));
            }
            (ShapeKind::Boolean, Value::Bool(_))
            | (ShapeKind::Document | ShapeKind::Other(_), _) => {}
            (kind, _) => {
                let expected = expected(kind);
                self.report(Violation::WrongType { expected });
            }
        }
    }

    fn structure(&mut self, members: &'a [Member], object: &serde_json::Map<String, Value>) {
        for member in members {
            let Some(place) = self.model.place(member) else {
                continue;
            };
            let value = object.get(&member.name).filter(|value| !value.is_null());
            self.within(PathSegment::Member(member.name.clone()), |walk| {
                walk.found_all(super::missing(place, value.is_some()));
                if let Some(value) = value {
                    walk.value(place, value);
                }
            });
        }
        for name in object.keys() {
            if !members.iter().any(|member| member.name == *name) {
                self.within(PathSegment::Member(name.clone()), |walk| {
                    walk.report(Violation::UnknownMember);
                });
            }
        }
    }

    fn member(&mut self, member: &'a Member, value: &Value) {
        if let Some(place) = self.model.place(member) {
            self.value(place, value);
        }
    }

    fn found_all(&mut self, violations: impl IntoIterator<Item = Violation>) {
        for violation in violations {
            self.report(violation);
        }
    }
}

/// The JSON type a shape is written as, as JSON names it.
pub fn expected(kind: &ShapeKind) -> &'static str {
    match kind {
        ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Blob => "string",
        ShapeKind::Boolean => "boolean",
        ShapeKind::List(_) => "array",
        ShapeKind::Map { .. } | ShapeKind::Structure(_) | ShapeKind::Union(_) => "object",
        kind if kind.is_number() => "number",
        _ => "value",
    }
}
