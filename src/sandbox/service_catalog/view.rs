//! Structures that several operations answer with.

use super::store::{Product, ServiceAction, Version};
use crate::answer::object;
use serde_json::Value;

pub fn service_action((id, action): (&str, &ServiceAction)) -> Value {
    object(vec![
        ("Id", id.into()),
        ("Name", action.name.as_str().into()),
        ("Description", action.description.as_str().into()),
        ("DefinitionType", "SSM_AUTOMATION".into()),
    ])
}

pub fn product(id: &str, product: &Product) -> Value {
    object(vec![
        ("Id", product.view.as_str().into()),
        ("ProductId", id.into()),
        ("Name", product.name.as_str().into()),
        ("Owner", product.owner.as_str().into()),
        ("ShortDescription", product.description.as_str().into()),
        ("Type", product.kind.as_str().into()),
        ("Distributor", product.owner.as_str().into()),
        ("HasDefaultPath", false.into()),
        ("SupportEmail", "platform@example.com".into()),
        (
            "SupportDescription",
            "Ask the platform team, on working days.".into(),
        ),
        ("SupportUrl", "https://platform.example.com/products".into()),
    ])
}

/// What is said of a version wherever it is named.
pub fn version(id: &str, version: &Version) -> Vec<(&'static str, Value)> {
    let guidance = if version.is_deprecated {
        "DEPRECATED"
    } else {
        "DEFAULT"
    };
    vec![
        ("Id", id.into()),
        ("Name", version.name.as_str().into()),
        ("Description", version.description.as_str().into()),
        ("CreatedTime", time(version.created_ms)),
        ("Guidance", guidance.into()),
    ]
}

/// A time in seconds since 1970-01-01, as the service's protocol has it.
pub fn time(milliseconds: u64) -> Value {
    (milliseconds as f64 / 1000.0).into()
}

pub fn tags(environment: &str) -> Value {
    let tag = |key: &str, value: &str| object(vec![("Key", key.into()), ("Value", value.into())]);
    vec![
        tag("department", "platform"),
        tag("environment", environment),
    ]
    .into()
}
