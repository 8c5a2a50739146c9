//! Mixins and `apply` statements, put into the shapes that they are for before these are read.

use super::LoadError;
use super::load::error;
use serde_json::{Map, Value};

/// Nothing happens to a document without them.
pub(super) fn resolve(document: &mut Value) -> Result<(), LoadError> {
    let Some(shapes) = document.get_mut("shapes").and_then(Value::as_object_mut) else {
        return Ok(());
    };
    let with_mixins = shapes
        .iter()
        .filter(|(_, shape)| shape.get("mixins").is_some());
    let with_mixins: Vec<String> = with_mixins.map(|(id, _)| id.clone()).collect();
    for id in &with_mixins {
        mix(shapes, id)?;
    }
    let applied = shapes.iter().filter(|(_, shape)| shape["type"] == "apply");
    let applied: Vec<_> = applied
        .map(|(id, shape)| (id.clone(), shape["traits"].clone()))
        .collect();
    for (at, traits) in applied {
        shapes.remove(&at);
        let (id, member) = at.split_once('$').unzip();
        let shape = shapes.get_mut(id.unwrap_or(&at));
        let target = shape.and_then(|shape| match member {
            Some(member) => member_of(shape, member),
            None => Some(shape),
        });
        let target = target.and_then(Value::as_object_mut);
        let target = target.ok_or_else(|| error(&at, "what is applied to is missing".into()))?;
        add(target, "traits", traits);
    }
    // They are in their shapes now, and by themselves used by nobody.
    shapes.retain(|_, shape| shape.pointer("/traits/smithy.api#mixin").is_none());
    Ok(())
}

fn member_of<'a>(shape: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    let is_aggregate = shape.get("members").is_some();
    match is_aggregate {
        true => shape.get_mut("members")?.get_mut(name),
        false => shape.get_mut(name),
    }
}

/// Puts the mixins of a shape into it, theirs first. Their own members stand before the shape's.
fn mix(shapes: &mut Map<String, Value>, id: &str) -> Result<(), LoadError> {
    let missing = |id: &str| error(id, "the mixin is missing".into());
    let Some(shape) = shapes.get_mut(id).and_then(Value::as_object_mut) else {
        return Err(missing(id));
    };
    // Taken, so that a mixin that mixes itself in ends.
    let Some(Value::Array(mixins)) = shape.remove("mixins") else {
        return Ok(());
    };
    let own = shape.clone();
    let mut mixed = Map::new();
    for mixin in &mixins {
        let target = mixin["target"].as_str().unwrap_or_default();
        mix(shapes, target)?;
        let mixin = shapes.get(target).and_then(Value::as_object);
        for (name, value) in mixin.ok_or_else(|| missing(target))? {
            let value = match name.as_str() {
                "traits" => inherited(value),
                _ => value.clone(),
            };
            add(&mut mixed, name, value);
        }
    }
    for (name, value) in own {
        add(&mut mixed, &name, value);
    }
    shapes.insert(id.to_owned(), Value::Object(mixed));
    Ok(())
}

/// The traits that a shape has from its mixin: all but those that say what the mixin itself is.
fn inherited(traits: &Value) -> Value {
    let mut traits = traits.clone();
    if let Value::Object(traits) = &mut traits {
        let mixin = traits.remove("smithy.api#mixin");
        let local = mixin.as_ref().and_then(|it| it["localTraits"].as_array());
        for id in local.into_iter().flatten().filter_map(Value::as_str) {
            traits.remove(id);
        }
    }
    traits
}

/// Puts a value at a name: objects into the object that is there, lists behind the list, anything
/// else in its place. A trait's value is replaced as a whole.
fn add(target: &mut Map<String, Value>, name: &str, value: Value) {
    match (target.get_mut(name), value) {
        (Some(Value::Object(there)), Value::Object(more)) if name == "traits" => there.extend(more),
        (Some(Value::Object(there)), Value::Object(more)) => {
            for (name, value) in more {
                add(there, &name, value);
            }
        }
        (Some(Value::Array(there)), Value::Array(more)) => there.extend(more),
        (_, value) => {
            target.insert(name.to_owned(), value);
        }
    }
}
