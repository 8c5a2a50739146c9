//! Placeholders in the place of secrets.

use crate::model::{Model, Place, ShapeKind};
use crate::placeholder;
use crate::secret::{self, Secret, is_hole, is_secret, looks_secret};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// The names that are taken, so that each new placeholder is asked for by itself.
pub struct Names {
    taken: HashSet<String>,
    /// The last number that was tried behind each name.
    last: HashMap<String, usize>,
}

impl Names {
    pub fn new(taken: impl IntoIterator<Item = String>) -> Self {
        Self {
            taken: taken.into_iter().collect(),
            last: HashMap::new(),
        }
    }

    /// A name that reads like this one and is not taken yet.
    pub fn add(&mut self, like: &str) -> String {
        let name = placeholder::name_from(like);
        let last = self.last.entry(name.clone()).or_insert(0);
        loop {
            *last += 1;
            let numbered = match *last {
                1 => name.clone(),
                number => placeholder::name_from_numbered(&name, number),
            };
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// An input with placeholders in the place of its secrets, and their names.
pub fn asked_for(
    model: &Model,
    root: Option<Place<'_>>,
    input: &Value,
    names: &mut Names,
) -> (Value, Vec<String>) {
    let mut added = Vec::new();
    let mut asking = Asking {
        model,
        names,
        added: &mut added,
    };
    let input = secret::replaced(model, root, input, Secret::Parts, &mut |part| {
        asking.value(part.place, part.name, part.value)
    });
    (input, added)
}

/// The same where no model is at hand.
pub fn asked_for_by_form(value: &Value, names: &mut Names) -> (Value, Vec<String>) {
    let mut added = Vec::new();
    let value = by_form("", value, names, &mut added);
    (value, added)
}

fn by_form(name: &str, value: &Value, names: &mut Names, added: &mut Vec<String>) -> Value {
    match value {
        Value::String(text) if looks_secret(text) => {
            let name = names.add(name);
            added.push(name.clone());
            placeholder::of(&name).into()
        }
        Value::Array(items) => items
            .iter()
            .map(|it| by_form(name, it, names, added))
            .collect(),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(key, it)| (key.clone(), by_form(key, it, names, added)));
            Value::Object(members.collect())
        }
        value => value.clone(),
    }
}

struct Asking<'a, 'n> {
    model: &'a Model,
    names: &'n mut Names,
    added: &'n mut Vec<String>,
}

impl<'a> Asking<'a, '_> {
    fn ask(&mut self, name: &str) -> String {
        let name = self.names.add(name);
        self.added.push(name.clone());
        placeholder::of(&name)
    }

    /// What is secret as a whole keeps its form, as far as that can be told.
    fn value(&mut self, place: Option<Place<'a>>, name: &str, value: &Value) -> Value {
        let (model, kind) = (self.model, place.map(|place| &place.shape.kind));
        match (kind, value) {
            (_, Value::Null) => Value::Null,
            // It is asked for already.
            (_, Value::String(text)) if placeholder::name(text).is_some() => value.clone(),
            (Some(ShapeKind::Structure(_) | ShapeKind::Union(_)), Value::Object(object)) => {
                let known = object.iter().filter(|_| !is_hole(value));
                let known = known.map(|(name, it)| {
                    let member = place.and_then(|place| place.shape.member(name));
                    let place = member.and_then(|member| model.place(member));
                    (name.clone(), self.value(place, name, it))
                });
                Value::Object(known.collect())
            }
            (Some(ShapeKind::List(item)), _) => {
                let item = model.place(item);
                match value {
                    Value::Array(items) => {
                        items.iter().map(|it| self.value(item, name, it)).collect()
                    }
                    _ => vec![self.value(item, name, value)].into(),
                }
            }
            (Some(ShapeKind::Map { key, value: member }), Value::Object(entries)) => {
                let is_key_secret = model.place(key).is_some_and(|it| is_secret(model, it));
                let place = model.place(member);
                let mut asked = Map::new();
                if is_hole(value) {
                    asked.insert(self.ask(name), self.value(place, name, value));
                    return asked.into();
                }
                for (key, it) in entries {
                    let key = match placeholder::name(key) {
                        None if is_key_secret => self.ask(name),
                        _ => key.clone(),
                    };
                    asked.insert(key, self.value(place, name, it));
                }
                asked.into()
            }
            _ => self.ask(name).into(),
        }
    }
}
