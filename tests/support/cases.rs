//! The cases under `tests/cases`, as data.

use serde_json::Value;
use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases")
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
