//! Elements as the values that an output or error has.

use super::{Node, name, name_of_flattened};
use crate::model::{Binding, Member, Model, Place, Shape, ShapeKind};
use crate::protocol::{number, timestamp};
use serde_json::{Map, Value};

/// The value of an element. Elements that the model doesn't know are kept: a newer service may
/// say more.
pub fn read(model: &Model, place: Place<'_>, node: &Node) -> Value {
    match &place.shape.kind {
        ShapeKind::Structure(_) | ShapeKind::Union(_) => {
            Value::Object(members(model, place.shape, node))
        }
        ShapeKind::List(item) => items(model, item, node.children.iter()),
        ShapeKind::Map { key, value } => entries(model, key, value, node.children.iter()),
        ShapeKind::Boolean => match node.text.trim() {
            "true" => true.into(),
            "false" => false.into(),
            other => other.into(),
        },
        ShapeKind::Timestamp => timestamp::number(node.text.as_str().into()),
        kind if kind.is_number() => number::parse(&node.text),
        ShapeKind::Document | ShapeKind::Other(_) => node.value(),
        _ => node.text.as_str().into(),
    }
}

fn member(model: &Model, member: &Member, node: &Node) -> Value {
    match model.place(member) {
        Some(place) => read(model, place, node),
        None => node.value(),
    }
}

fn items<'a>(model: &Model, item: &Member, nodes: impl Iterator<Item = &'a Node>) -> Value {
    nodes.map(|node| member(model, item, node)).collect()
}

fn entries<'a>(
    model: &Model,
    key: &Member,
    value: &Member,
    nodes: impl Iterator<Item = &'a Node>,
) -> Value {
    let entries = nodes.filter_map(|node| {
        let text = node.text_of(name(model, key))?;
        let value = node
            .child(name(model, value))
            .map(|it| member(model, value, it));
        Some((text.to_owned(), value.unwrap_or_default()))
    });
    Value::Object(entries.collect())
}

fn members(model: &Model, shape: &Shape, node: &Node) -> Map<String, Value> {
    let mut members = Map::new();
    let mut known: Vec<&str> = Vec::new();
    for own in shape.members() {
        let wire = &own.traits.wire;
        let is_elsewhere = matches!(
            wire.binding,
            Binding::Header(_) | Binding::PrefixHeaders(_) | Binding::StatusCode
        );
        let Some(place) = model.place(own).filter(|_| !is_elsewhere) else {
            continue;
        };
        let name = name_of_flattened(place).unwrap_or(name(model, own));
        if wire.xml_attribute {
            if let Some(value) = attribute(node, name) {
                members.insert(own.name.clone(), value.into());
            }
            continue;
        }
        known.push(name);
        let mut elements = node.children.iter().filter(|child| child.name == name);
        let is_flattened = place.has(|traits| traits.wire.xml_flattened);
        let value = match &place.shape.kind {
            ShapeKind::List(item) if is_flattened => {
                node.child(name).map(|_| items(model, item, elements))
            }
            ShapeKind::Map { key, value } if is_flattened => node
                .child(name)
                .map(|_| entries(model, key, value, elements)),
            _ => elements.next().map(|element| read(model, place, element)),
        };
        if let Some(value) = value {
            members.insert(own.name.clone(), value);
        }
    }
    for child in &node.children {
        if !known.contains(&child.name.as_str()) && !members.contains_key(&child.name) {
            members.insert(child.name.clone(), child.value());
        }
    }
    members
}

/// An attribute by its name, whose prefix may be another one in the answer.
fn attribute<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    let local = |name: &'a str| name.rsplit(':').next().unwrap_or(name);
    let wanted = name.rsplit(':').next().unwrap_or(name);
    let mut attributes = node.attributes.iter();
    let found = attributes
        .find(|(own, _)| own == name || local(own) == wanted && !own.starts_with("xmlns"));
    found.map(|(_, value)| value.as_str())
}
