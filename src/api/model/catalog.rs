//! What the embedded models describe, known before any of them is read.

use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogService {
    /// The model's file in `src/api/models`.
    pub file: String,
    pub title: String,
    pub endpoint_prefix: String,
    pub operations: Vec<CatalogOperation>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogOperation {
    pub name: String,
    pub title: String,
    pub documentation: String,
}

impl CatalogService {
    pub fn operation(&self, name: &str) -> Option<&CatalogOperation> {
        self.operations
            .iter()
            .find(|operation| operation.name == name)
    }
}

/// The services that come with the project, as `build.rs` lists them.
#[must_use]
pub fn catalog() -> Vec<CatalogService> {
    let text = include_str!(concat!(env!("OUT_DIR"), "/catalog.json"));
    let catalog: Value = serde_json::from_str(text).unwrap_or_default();
    listed(&catalog, |service| CatalogService {
        file: text_of(service, "file"),
        title: text_of(service, "title"),
        endpoint_prefix: text_of(service, "prefix"),
        operations: listed(&service["operations"], |operation| CatalogOperation {
            name: text_of(operation, "name"),
            title: text_of(operation, "title"),
            documentation: text_of(operation, "documentation"),
        }),
    })
}

fn listed<T>(value: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().into_iter().flatten().map(read).collect()
}

fn text_of(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}
