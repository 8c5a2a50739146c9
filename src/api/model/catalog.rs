//! What the embedded models describe, known before any of them is read.

use super::overlay::overlaid;
use crate::class::Class;
use crate::json;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogService {
    /// The model's file in `src/api/models`.
    pub file: String,
    pub title: String,
    /// As `Service::name`.
    pub name: String,
    pub operations: Vec<CatalogOperation>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogOperation {
    pub name: String,
    pub class: Class,
    pub title: String,
    pub documentation: String,
    /// What the start page says of it; empty for those that it doesn't offer.
    pub summary: String,
}

impl CatalogService {
    pub fn operation(&self, name: &str) -> Option<&CatalogOperation> {
        self.operations
            .iter()
            .find(|operation| operation.name == name)
    }
}

/// As `build.rs` writes it.
const CATALOG: &str = include_str!(concat!(env!("OUT_DIR"), "/catalog.json"));

/// The services that come with the project.
#[must_use]
pub fn catalog() -> Vec<CatalogService> {
    read(CATALOG)
}

/// The same with the texts of an overlay.
#[must_use]
pub fn overlaid_catalog(overlay: &str) -> Vec<CatalogService> {
    read(&overlaid(CATALOG, overlay))
}

fn read(catalog: &str) -> Vec<CatalogService> {
    let catalog = json::parse(catalog.as_bytes()).unwrap_or_default();
    listed(&catalog, |service| CatalogService {
        file: text_of(service, "file"),
        title: text_of(service, "title"),
        name: text_of(service, "name"),
        operations: listed(&service["operations"], |operation| CatalogOperation {
            name: text_of(operation, "name"),
            class: class(operation["class"].as_str().unwrap_or_default()),
            title: text_of(operation, "title"),
            documentation: text_of(operation, "documentation"),
            summary: text_of(operation, "summary"),
        }),
    })
}

fn class(letter: &str) -> Class {
    let letter = letter.bytes().next();
    letter.and_then(Class::from_letter).unwrap_or(Class::Write)
}

fn listed<T>(value: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().into_iter().flatten().map(read).collect()
}

fn text_of(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}
