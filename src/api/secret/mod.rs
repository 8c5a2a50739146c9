//! What of a value is secret: by its model, or by its form.
//!
//! A secret is shown only when it is asked for, and stored nowhere. Where it would be stored, a
//! hole stands in its place, which says that there was a value.

mod form;
mod hole;
mod placeholder;

pub use form::{json_looks_secret, looks_secret, may_look_secret};
pub use hole::{has_hole, hole, hole_hash, is_hole, is_same_but_holes, with_holes_as};

use crate::model::{Member, Model, Operation, Place, ShapeKind};
use placeholder::placeholder;
use serde_json::{Map, Value};

/// What is shown of a secret.
pub const MASK: &str = "••••••";

/// Which parts of a value are secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// Those that the model marks, and texts that look like a secret.
    Parts,
    /// All of it: every member of the root.
    Whole,
}

/// A part of a value that is secret, or the hole that is left of it.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// The name of the member that leads there.
    pub name: &'a str,
    /// Where it stands, as far as the model knows.
    pub place: Option<Place<'a>>,
    pub value: &'a Value,
}

impl<'a> Part<'a> {
    fn kind(&self) -> Option<&'a ShapeKind> {
        self.place.map(|place| &place.shape.kind)
    }
}

/// Does the model say that what stands here is secret?
pub fn is_secret(model: &Model, place: Place<'_>) -> bool {
    let is_key_secret = match &place.shape.kind {
        // Without its keys nothing can be said of a map.
        ShapeKind::Map { key, .. } => is_member_secret(model, key),
        _ => false,
    };
    is_key_secret || place.has(|traits| traits.sensitive)
}

fn is_member_secret(model: &Model, member: &Member) -> bool {
    model.place(member).is_some_and(|it| is_secret(model, it))
}

/// Can anything that stands here, or below, be secret by its model?
pub fn may_hold_secret(model: &Model, place: Place<'_>) -> bool {
    may_hold(model, place, &mut Vec::new())
}

fn may_hold<'a>(model: &'a Model, place: Place<'a>, seen: &mut Vec<&'a str>) -> bool {
    if is_secret(model, place) {
        return true;
    }
    if seen.contains(&place.shape.id.as_str()) {
        return false;
    }
    seen.push(place.shape.id.as_str());
    let mut within = |member: &'a Member| {
        let place = model.place(member);
        place.is_some_and(|place| may_hold(model, place, seen))
    };
    match &place.shape.kind {
        ShapeKind::Structure(members) | ShapeKind::Union(members) => members.iter().any(within),
        ShapeKind::List(member) | ShapeKind::Map { value: member, .. } => within(member),
        _ => false,
    }
}

/// A value with what `put` makes of each secret part, and of each hole, in its place. The root
/// itself stays what it is, with all members replaced where it is secret.
pub fn replaced<'a>(
    model: &'a Model,
    root: Option<Place<'a>>,
    value: &'a Value,
    which: Secret,
    put: &mut dyn FnMut(Part<'a>) -> Value,
) -> Value {
    let walk = Walk { model, put };
    walk.root(root, value, which == Secret::Whole)
}

/// A value with holes in the place of its secrets.
pub fn with_holes(model: &Model, root: Option<Place<'_>>, value: &Value, which: Secret) -> Value {
    let put = &mut |part: Part<'_>| match is_hole(part.value) {
        // One that was there before says no less than then.
        true => part.value.clone(),
        false => hole(""),
    };
    replaced(model, root, value, which, put)
}

/// An input with holes in the place of its secrets.
pub fn withheld(model: &Model, operation: &Operation, input: &Value) -> Value {
    with_holes(model, model.input(operation), input, Secret::Parts)
}

/// A value as it is shown and exported unasked.
pub fn masked(model: &Model, root: Option<Place<'_>>, value: &Value, which: Secret) -> Value {
    replaced(model, root, value, which, &mut |_| MASK.into())
}

/// An input with words in the place of its secrets: of the same types, so that it can be written in
/// the same way.
pub fn with_placeholders(model: &Model, operation: &Operation, input: &Value) -> Value {
    let root = model.input(operation);
    replaced(model, root, input, Secret::Parts, &mut |part| {
        placeholder(model, part)
    })
}

/// The texts of the secret parts of a value.
pub fn secret_texts(model: &Model, root: Option<Place<'_>>, value: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    replaced(model, root, value, Secret::Parts, &mut |part| {
        // The names in a map are the person's own, those of members are not.
        if let (Some(ShapeKind::Map { .. }), Value::Object(entries)) = (part.kind(), part.value)
            && !is_hole(part.value)
        {
            texts.extend(entries.keys().cloned());
        }
        add_texts(part.value, &mut texts);
        Value::Null
    });
    texts
}

fn add_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        value if is_hole(value) => {}
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|it| add_texts(it, texts)),
        Value::Object(members) => members.values().for_each(|it| add_texts(it, texts)),
        _ => {}
    }
}

struct Walk<'a, 'p> {
    model: &'a Model,
    put: &'p mut dyn FnMut(Part<'a>) -> Value,
}

impl<'a> Walk<'a, '_> {
    fn root(mut self, root: Option<Place<'a>>, value: &'a Value, is_whole: bool) -> Value {
        let is_whole = is_whole || root.is_some_and(|root| is_secret(self.model, root));
        match value {
            Value::Object(object) if !is_hole(value) => self.members(root, object, is_whole),
            value => self.value("", root, value, is_whole),
        }
    }

    fn value(
        &mut self,
        name: &'a str,
        place: Option<Place<'a>>,
        value: &'a Value,
        is_inside: bool,
    ) -> Value {
        let is_secret = || place.is_some_and(|place| is_secret(self.model, place));
        let looks_secret = || value.as_str().is_some_and(looks_secret);
        if value.is_null() {
            return Value::Null;
        }
        if is_inside || is_hole(value) || is_secret() || looks_secret() {
            return (self.put)(Part { name, place, value });
        }
        let within = |member: &'a Member| self.model.place(member);
        let kind = place.map(|place| &place.shape.kind);
        match (kind, value) {
            (Some(ShapeKind::Map { value: member, .. }), Value::Object(entries)) => {
                let place = within(member);
                let entries = entries.iter();
                let entries =
                    entries.map(|(key, it)| (key.clone(), self.value(key, place, it, false)));
                Value::Object(entries.collect())
            }
            (_, Value::Object(object)) => self.members(place, object, false),
            (kind, Value::Array(items)) => {
                let place = match kind {
                    Some(ShapeKind::List(member)) => within(member),
                    _ => None,
                };
                items
                    .iter()
                    .map(|it| self.value(name, place, it, false))
                    .collect()
            }
            (_, value) => value.clone(),
        }
    }

    /// Members that the model doesn't know may be secret by their form alone.
    fn members(
        &mut self,
        place: Option<Place<'a>>,
        object: &'a Map<String, Value>,
        is_inside: bool,
    ) -> Value {
        let members = object.iter().map(|(name, value)| {
            let member = place.and_then(|place| place.shape.member(name));
            let place = member.and_then(|member| self.model.place(member));
            (name.clone(), self.value(name, place, value, is_inside))
        });
        Value::Object(members.collect())
    }
}
