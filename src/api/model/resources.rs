//! Operations bound by resources, given to the services that bind these, before they are read.

use super::LoadError;
use super::check::missing_target;
use serde_json::{Map, Value};

/// Nothing happens to a document without resources.
pub(super) fn resolve(document: &mut Value) -> Result<(), LoadError> {
    let Some(shapes) = document.get_mut("shapes").and_then(Value::as_object_mut) else {
        return Ok(());
    };
    let is = |shape: &Value, kind: &str| shape["type"] == kind;
    let services = shapes.iter().filter(|(_, shape)| is(shape, "service"));
    let with_resources = services.filter(|(_, shape)| shape.get("resources").is_some());
    let with_resources: Vec<String> = with_resources.map(|(id, _)| id.clone()).collect();
    for id in with_resources {
        let mut operations = Vec::new();
        bind(shapes, &id, &mut operations)?;
        let targets = operations.into_iter().map(|id| {
            let target = [("target".to_owned(), Value::String(id))];
            Value::Object(target.into_iter().collect())
        });
        shapes[&id]["operations"] = Value::Array(targets.collect());
    }
    shapes.retain(|_, shape| !is(shape, "resource"));
    Ok(())
}

/// Adds the operations that a service or resource binds, and those of its resources. What its
/// lists had is taken out of them, so that a resource that binds itself ends.
fn bind(
    shapes: &mut Map<String, Value>,
    id: &str,
    operations: &mut Vec<String>,
) -> Result<(), LoadError> {
    let Some(shape) = shapes.get_mut(id).and_then(Value::as_object_mut) else {
        return Err(missing_target(id, id));
    };
    let lifecycle = ["create", "put", "read", "update", "delete", "list"];
    let mut bound: Vec<Value> = lifecycle
        .iter()
        .filter_map(|it| shape.remove(*it))
        .collect();
    for name in ["operations", "collectionOperations"] {
        if let Some(Value::Array(targets)) = shape.remove(name) {
            bound.extend(targets);
        }
    }
    let resources = shape.remove("resources");
    for operation in bound.iter().filter_map(|it| it["target"].as_str()) {
        // Two resources may bind the same one.
        if !operations.iter().any(|there| there == operation) {
            operations.push(operation.to_owned());
        }
    }
    for resource in resources.iter().filter_map(Value::as_array).flatten() {
        bind(
            shapes,
            resource["target"].as_str().unwrap_or_default(),
            operations,
        )?;
    }
    Ok(())
}
