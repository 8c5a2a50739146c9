//! What the embedded models describe, known before any of them is read.

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
    translated_catalog(&[])
}

/// The same with texts in another language, in the order in which `build.rs` lists the English ones;
/// what is missing stays English.
#[must_use]
pub fn translated_catalog(texts: &[&str]) -> Vec<CatalogService> {
    let mut texts = texts.iter();
    let mut said = |of: &Value, name: &str| match text_of(of, name) {
        empty if empty.is_empty() => empty,
        english => texts.next().map_or(english, |text| (*text).to_owned()),
    };
    let catalog = json::parse(CATALOG.as_bytes()).unwrap_or_default();
    let services = catalog.as_array().into_iter().flatten();
    let service = |service: &Value| CatalogService {
        file: text_of(service, "file"),
        title: said(service, "title"),
        name: text_of(service, "name"),
        operations: {
            let operations = service["operations"].as_array().into_iter().flatten();
            let operation = |operation: &Value| CatalogOperation {
                name: text_of(operation, "name"),
                class: class(operation["class"].as_str().unwrap_or_default()),
                title: said(operation, "title"),
                documentation: said(operation, "documentation"),
                summary: said(operation, "summary"),
            };
            operations.map(operation).collect()
        },
    };
    services.map(service).collect()
}

fn class(letter: &str) -> Class {
    let letter = letter.bytes().next();
    letter.and_then(Class::from_letter).unwrap_or(Class::Write)
}

fn text_of(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}
