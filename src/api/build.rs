//! The models without the white space that people read them by, and a catalog of what they
//! describe, for a page that fetches a model only when somebody opens one of its operations.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=models");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut services = BTreeMap::new();
    for file in fs::read_dir("models")? {
        let path = file?.path();
        let (name, model) = read(&path).map_err(|why| format!("{}: {why}", path.display()))?;
        fs::write(out.join(&name), model.to_string())?;
        if let Some(service) = service(&name, &model) {
            services.insert(name, service);
        }
    }
    let services: Vec<Value> = services.into_values().collect();
    fs::write(out.join("catalog.json"), Value::from(services).to_string())?;
    Ok(())
}

fn read(path: &Path) -> Result<(String, Value), Failure> {
    let name = path.file_name().ok_or("it has no name")?;
    let model = serde_json::from_str(&fs::read_to_string(path)?)?;
    Ok((name.to_string_lossy().into_owned(), model))
}

/// What the catalog says of the service that a model describes.
fn service(file: &str, model: &Value) -> Option<Value> {
    let shapes = model["shapes"].as_object()?;
    let service = shapes.values().find(|shape| shape["type"] == "service")?;
    let operations = service["operations"].as_array()?.iter();
    let operations = operations.filter_map(|operation| operation_of(shapes, operation));
    Some(json!({
        "file": file,
        "prefix": service["traits"]["aws.api#service"]["endpointPrefix"],
        "title": service["traits"]["smithy.api#title"],
        "operations": operations.collect::<Vec<_>>(),
    }))
}

fn operation_of(shapes: &Map<String, Value>, reference: &Value) -> Option<Value> {
    let id = reference["target"].as_str()?;
    let traits = &shapes.get(id)?["traits"];
    Some(json!({
        "name": id.rsplit('#').next()?,
        "title": traits["formsmith#label"]["title"],
        "documentation": traits["smithy.api#documentation"],
    }))
}
