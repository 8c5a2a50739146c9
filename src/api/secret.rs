//! Values that a model marks as sensitive: found in inputs and answers, and replaced.
//!
//! A part is sensitive where its member or the shape that this leads to is, and then it is so as a
//! whole. A map whose keys are sensitive is one part too, and so is a value of another type than
//! its shape where that shape has a sensitive part.

use crate::http::HttpResponse;
use crate::json;
use crate::model::{Binding, Member, Model, Operation, Place, Service, Shape, ShapeId, ShapeKind};
use crate::outcome::Outcome;
use crate::protocol::base64;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What takes the place of a sensitive part; none where it is left out.
pub type Replacement<'a> = &'a dyn Fn(Place<'_>, &Value) -> Option<Value>;

/// Is a value of this place sensitive as a whole?
#[must_use]
pub fn is_sensitive(place: Place<'_>) -> bool {
    place.has(|traits| traits.sensitive)
}

/// May a value of this place have a sensitive part?
#[must_use]
pub fn may_hold(model: &Model, place: Place<'_>) -> bool {
    let mut seen = BTreeSet::new();
    let mut pending = vec![place];
    while let Some(place) = pending.pop() {
        if is_sensitive(place) {
            return true;
        }
        if seen.insert(&place.shape.id) {
            let members = inner(place.shape).into_iter();
            pending.extend(members.filter_map(|member| model.place(member)));
        }
    }
    false
}

fn inner(shape: &Shape) -> Vec<&Member> {
    match &shape.kind {
        ShapeKind::List(item) => vec![&**item],
        ShapeKind::Map { key, value } => vec![&**key, &**value],
        _ => shape.members().iter().collect(),
    }
}

/// The input of an operation without its sensitive parts.
#[must_use]
pub fn input(
    model: &Model,
    operation: &Operation,
    input: &Value,
    replacement: Replacement<'_>,
) -> Value {
    let replaced = model
        .input(operation)
        .and_then(|place| in_value(model, place, input, replacement));
    replaced.unwrap_or_default()
}

/// The output of an operation without its sensitive parts.
#[must_use]
pub fn output(
    model: &Model,
    operation: &Operation,
    output: &Map<String, Value>,
    replacement: Replacement<'_>,
) -> Map<String, Value> {
    let place = operation.output.as_ref().and_then(|id| model.root(id));
    let Some(place) = place.filter(|place| may_hold(model, *place)) else {
        return output.clone();
    };
    match in_value(model, place, &output.clone().into(), replacement) {
        Some(Value::Object(output)) => output,
        _ => Map::new(),
    }
}

/// A value of this place without its sensitive parts; none where the whole is left out.
#[must_use]
pub fn in_value(
    model: &Model,
    place: Place<'_>,
    value: &Value,
    replacement: Replacement<'_>,
) -> Option<Value> {
    let is_name = |member: &Member, name: &str| member.name == name;
    let search = Search {
        model,
        is_name: &is_name,
        replacement,
    };
    search.replaced(place, value)
}

/// A response without its sensitive parts, and whether it is whole otherwise: where they can't be
/// replaced one by one there is nothing left of its body. Headers that hold some are left out.
#[must_use]
pub fn response(
    model: &Model,
    service: &Service,
    operation: &Operation,
    (response, outcome): (&HttpResponse, &Outcome),
    replacement: Replacement<'_>,
) -> (HttpResponse, bool) {
    let shapes: Vec<&ShapeId> = match outcome {
        Outcome::Error(error) => {
            let name = error.name.as_deref();
            let shape = name.and_then(|name| model.error(operation, name));
            shape.into_iter().map(|shape| &shape.id).collect()
        }
        Outcome::NotUnderstood(_) => operation.errors.iter().chain(&operation.output).collect(),
        _ => operation.output.iter().collect(),
    };
    let places = shapes.into_iter().filter_map(|id| model.root(id));
    let places: Vec<Place<'_>> = places.filter(|it| may_hold(model, *it)).collect();
    let mut safe = response.clone();
    let secret_headers = |place: &Place<'_>, name: &str| {
        place.shape.members().iter().any(|member| {
            let is_its = match &member.traits.wire.binding {
                Binding::Header(its) => its.eq_ignore_ascii_case(name),
                Binding::PrefixHeaders(prefix) => name
                    .get(..prefix.len())
                    .is_some_and(|it| it.eq_ignore_ascii_case(prefix)),
                _ => false,
            };
            is_its && model.place(member).is_some_and(|it| may_hold(model, it))
        })
    };
    safe.headers
        .retain(|(name, _)| !places.iter().any(|place| secret_headers(place, name)));
    let bodies: Vec<Place<'_>> = places
        .iter()
        .map(|place| body(model, *place))
        .filter(|place| may_hold(model, *place))
        .collect();
    let is_clean = match outcome {
        Outcome::Empty => true,
        Outcome::Output(read) => output(model, operation, read, replacement) == *read,
        _ => response.body.is_empty() && response.file.is_none(),
    };
    if is_clean || bodies.is_empty() {
        return (safe, true);
    }
    let is_understood = !matches!(outcome, Outcome::NotUnderstood(_));
    let parsed = json::parse(&response.body).ok();
    let parsed = parsed.filter(|_| service.protocol.is_json() && is_understood);
    // The name on the wire may be another, and readers of errors forgive its case.
    let is_name = |member: &Member, name: &str| {
        let on_wire = member.traits.wire.json_name.as_deref();
        member.name.eq_ignore_ascii_case(name)
            || on_wire.is_some_and(|it| it.eq_ignore_ascii_case(name))
    };
    let search = Search {
        model,
        is_name: &is_name,
        replacement,
    };
    let replaced = parsed.as_ref().and_then(|parsed| {
        let each = |value: Value, place: &Place<'_>| search.replaced(*place, &value);
        bodies.iter().try_fold(parsed.clone(), each)
    });
    match replaced {
        Some(replaced) if Some(&replaced) == parsed.as_ref() => (safe, true),
        Some(replaced) => {
            safe.body = json::compact(&replaced).into_bytes();
            (safe, true)
        }
        None => {
            safe.body.clear();
            safe.file = None;
            (safe, false)
        }
    }
}

/// What the body of an answer is of: the payload, or the whole.
fn body<'a>(model: &'a Model, place: Place<'a>) -> Place<'a> {
    let is_payload = |member: &&Member| matches!(member.traits.wire.binding, Binding::Payload);
    let payload = place.shape.members().iter().find(is_payload);
    payload
        .and_then(|member| model.place(member))
        .unwrap_or(place)
}

/// The same with a text in place of all that is sensitive, for an example of the call. What can't
/// be a text is left out.
#[must_use]
pub fn placeholder(model: &Model, place: Place<'_>, value: &Value, text: &str) -> Option<Value> {
    let each =
        |member: &Member, value: &Value| placeholder(model, model.place(member)?, value, text);
    match (&place.shape.kind, value) {
        (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(members)) => {
            let members = members.iter().filter_map(|(name, value)| {
                let value = each(place.shape.member(name)?, value)?;
                Some((name.clone(), value))
            });
            Some(Value::Object(members.collect()))
        }
        (ShapeKind::List(item), Value::Array(items)) => {
            Some(items.iter().filter_map(|value| each(item, value)).collect())
        }
        (ShapeKind::Map { value: of, .. }, Value::Object(entries)) => {
            let value = entries.values().find_map(|value| each(of, value))?;
            Some(Value::Object(Map::from_iter([(text.to_owned(), value)])))
        }
        (
            ShapeKind::Structure(_)
            | ShapeKind::Union(_)
            | ShapeKind::List(_)
            | ShapeKind::Map { .. },
            _,
        ) => None,
        _ => stand_in(place, text),
    }
}

/// The text as a value of this place, or what is empty where the place takes no text; none where
/// that would say something.
#[must_use]
pub fn stand_in(place: Place<'_>, text: &str) -> Option<Value> {
    Some(match &place.shape.kind {
        ShapeKind::Structure(_) | ShapeKind::Map { .. } => Map::new().into(),
        ShapeKind::List(_) => Vec::<Value>::new().into(),
        ShapeKind::Blob => base64::text(text.as_bytes()).into(),
        ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Document => text.into(),
        _ => return None,
    })
}

struct Search<'a> {
    model: &'a Model,
    /// Is this a member's name where the value comes from?
    is_name: &'a dyn Fn(&Member, &str) -> bool,
    replacement: Replacement<'a>,
}

impl Search<'_> {
    fn replaced(&self, place: Place<'_>, value: &Value) -> Option<Value> {
        if value.is_null() {
            return Some(Value::Null);
        }
        if is_sensitive(place) {
            return (self.replacement)(place, value);
        }
        match (&place.shape.kind, value) {
            (ShapeKind::Structure(members) | ShapeKind::Union(members), Value::Object(object)) => {
                let each = object.iter().filter_map(|(name, value)| {
                    let member = members.iter().find(|it| (self.is_name)(it, name));
                    let value = match member {
                        Some(member) => self.at(member, value)?,
                        None => value.clone(),
                    };
                    Some((name.clone(), value))
                });
                Some(Value::Object(each.collect()))
            }
            (ShapeKind::List(item), Value::Array(items)) => {
                Some(items.iter().filter_map(|it| self.at(item, it)).collect())
            }
            (ShapeKind::Map { key, value: of }, Value::Object(entries)) => {
                if self.model.place(key).is_some_and(is_sensitive) {
                    return (self.replacement)(place, value);
                }
                let each = entries
                    .iter()
                    .filter_map(|(name, value)| Some((name.clone(), self.at(of, value)?)));
                Some(Value::Object(each.collect()))
            }
            _ if may_hold(self.model, place) => (self.replacement)(place, value),
            _ => Some(value.clone()),
        }
    }

    fn at(&self, member: &Member, value: &Value) -> Option<Value> {
        match self.model.place(member) {
            Some(place) => self.replaced(place, value),
            None => Some(value.clone()),
        }
    }
}
