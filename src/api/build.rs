//! The models without the white space that people read them by, and a catalog of what they
//! describe, for a page that fetches a model only when somebody opens one of its operations.

use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::{env, fs};

/// The models, in the order in which people see their services.
const MODELS: [&str; 3] = [
    "service-catalog.json",
    "billing-conductor.json",
    "partner-central-selling.json",
];

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=models");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut documents = String::new();
    let mut services = Vec::new();
    for name in MODELS {
        let model = read(name).map_err(|why| format!("models/{name}: {why}"))?;
        fs::write(out.join(name), model.to_string())?;
        documents.push_str(&format!(
            "include_str!(concat!(env!(\"OUT_DIR\"), \"/{name}\")),\n"
        ));
        services.extend(service(name, &model));
    }
    fs::write(out.join("documents.rs"), format!("[{documents}]"))?;
    fs::write(out.join("catalog.json"), Value::from(services).to_string())?;
    Ok(())
}

fn read(name: &str) -> Result<Value, Failure> {
    Ok(serde_json::from_str(&fs::read_to_string(format!(
        "models/{name}"
    ))?)?)
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
