//! The cases under `tests/cases`, as data.

use formsmith_api::http::HttpResponse;
use formsmith_api::model::{Model, Operation, Service};
use serde_json::Value;
use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

pub fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// All JSON files of a folder, in the order of their names.
pub fn folder(path: &Path) -> Vec<(String, Value)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(path)
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| (file.display().to_string(), json(file)))
        .collect()
}

/// The recorded exchanges of all services.
pub fn exchanges() -> Vec<(String, Value)> {
    [
        "servicecatalog",
        "billingconductor",
        "partnercentral-selling",
    ]
    .iter()
    .flat_map(|service| folder(&root().join(service).join("wire")))
    .collect()
}

pub fn operation<'a>(model: &'a Model, service: &str, name: &str) -> (&'a Service, &'a Operation) {
    let service = model.service(service).expect("a service of the model");
    (service, service.operation(name).expect("an operation"))
}

pub fn response(case: &Value) -> HttpResponse {
    HttpResponse {
        status: u16::try_from(case["status"].as_u64().unwrap()).unwrap(),
        headers: case["headers"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect(),
        body: case["body"].as_str().unwrap().as_bytes().to_vec(),
    }
}
