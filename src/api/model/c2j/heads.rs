//! A document without its bodies. Most of a model describes what bodies hold: that is passed over as
//! the document is read, and becomes neither values nor shapes.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::fmt;

/// What is kept of a shape that is no input, output or error: of what kind it is, with the shapes
/// that it can't be without.
const KIND: [&str; 8] = [
    "type",
    "document",
    "union",
    "eventstream",
    "streaming",
    "member",
    "key",
    "value",
];

/// What of a document is read.
#[derive(Clone, Copy)]
enum Part<'a> {
    /// All of it, with the members in bodies that this says.
    Document(&'a dyn Fn(&str) -> bool),
    /// All shapes, of which those with these names are heads.
    Shapes(&'a HashSet<&'a str>),
    Kind,
}

/// The document with all operations. Their inputs, outputs and errors have the members that stand
/// outside of bodies or are `kept`, of all other shapes there is only the kind.
pub fn read(document: &str, kept: &dyn Fn(&str) -> bool) -> serde_json::Result<Value> {
    let mut text = serde_json::Deserializer::from_str(document);
    let read = Part::Document(kept).deserialize(&mut text)?;
    text.end()?;
    Ok(read)
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = match self {
                Self::Document(kept) if name == "shapes" => match read.get("operations") {
                    Some(operations) => {
                        let heads = heads(operations);
                        let mut shapes = members.next_value_seed(Part::Shapes(&heads))?;
                        leave_bodies_out(&mut shapes, &heads, kept);
                        shapes
                    }
                    // Where operations come later, there is no choice but to take all.
                    None => members.next_value()?,
                },
                Self::Shapes(heads) if !heads.contains(name.as_str()) => {
                    members.next_value_seed(Part::Kind)?
                }
                Self::Kind if !KIND.contains(&name.as_str()) => {
                    members.next_value::<IgnoredAny>()?;
                    continue;
                }
                _ => members.next_value()?,
            };
            read.insert(name, value);
        }
        Ok(read.into())
    }
}

/// The names of the shapes that operations have for inputs, outputs and errors.
fn heads(operations: &Value) -> HashSet<&str> {
    let operations = operations.as_object().into_iter().flatten();
    let references = operations.flat_map(|(_, operation)| {
        let errors = operation["errors"].as_array().into_iter().flatten();
        [&operation["input"], &operation["output"]]
            .into_iter()
            .chain(errors)
    });
    references
        .filter_map(|reference| reference["shape"].as_str())
        .collect()
}

/// A stream of events stays: an operation with one is refused.
fn leave_bodies_out(shapes: &mut Value, heads: &HashSet<&str>, kept: &dyn Fn(&str) -> bool) {
    let all = shapes.as_object().into_iter().flatten();
    let streams = all.filter(|(_, shape)| shape.get("eventstream").is_some());
    let streams: HashSet<String> = streams.map(|(name, _)| name.clone()).collect();
    let all = shapes.as_object_mut().into_iter().flatten();
    for (_, shape) in all.filter(|(name, _)| heads.contains(name.as_str())) {
        let payload = shape["payload"].as_str().map(str::to_owned);
        let members = shape.get_mut("members").and_then(Value::as_object_mut);
        if let Some(members) = members {
            members.retain(|name, reference| {
                let target = reference["shape"].as_str();
                reference.get("location").is_some()
                    || payload.as_ref() == Some(name)
                    || target.is_some_and(|target| streams.contains(target))
                    || kept(name)
            });
        }
    }
}
