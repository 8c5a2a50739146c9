//! An endpoint, or why there is none, beside what a case expects.

use crate::Service;
use formsmith_endpoints::{AuthScheme, Endpoint, Parameters, Refused};
use serde_json::{Map, Value, json};

/// Everything is compared: URL, ways to sign, other properties, headers; and the message of an error.
pub fn same(
    service: &Service<'_>,
    parameters: Result<Parameters, Refused>,
    expected: &Value,
) -> Result<(), String> {
    let found = parameters.and_then(|it| service.rules.resolve(service.partitions, &it));
    let found = match &found {
        Ok(endpoint) => described(endpoint),
        Err(refused) => json!({"error": refused.to_string()}),
    };
    let mut expected = expected.clone();
    if let Some(endpoint) = expected["endpoint"].as_object_mut() {
        for member in ["properties", "headers"] {
            endpoint.entry(member).or_insert_with(|| json!({}));
        }
    }
    match found == expected_only(&expected) {
        true => Ok(()),
        false => Err(format!("{found} instead of {expected}")),
    }
}

/// Without the members that aren't there.
fn expected_only(expected: &Value) -> Value {
    let members = expected.as_object().expect("what is expected").iter();
    let there = members.filter(|(_, value)| !value.is_null());
    Value::Object(there.map(|(k, v)| (k.clone(), v.clone())).collect())
}

fn described(endpoint: &Endpoint) -> Value {
    let mut properties = endpoint.properties.clone();
    if !endpoint.schemes.is_empty() {
        let schemes: Vec<Value> = endpoint.schemes.iter().map(scheme).collect();
        properties.insert("authSchemes".into(), schemes.into());
    }
    let mut headers = Map::new();
    for (name, value) in &endpoint.headers {
        let values = headers.entry(name.as_str()).or_insert_with(|| json!([]));
        values.as_array_mut().expect("a list").push(json!(value));
    }
    json!({"endpoint": {"url": endpoint.url, "properties": properties, "headers": headers}})
}

fn scheme(scheme: &AuthScheme) -> Value {
    let mut members = Map::new();
    members.insert("name".into(), json!(scheme.name));
    for (name, value) in [
        (
            "signingName",
            scheme.signing_name.as_ref().map(|it| json!(it)),
        ),
        (
            "signingRegion",
            scheme.signing_region.as_ref().map(|it| json!(it)),
        ),
        (
            "signingRegionSet",
            scheme.signing_region_set.as_ref().map(|it| json!(it)),
        ),
        (
            "disableDoubleEncoding",
            scheme.disable_double_encoding.map(|it| json!(it)),
        ),
    ] {
        members.extend(value.map(|value| (name.to_owned(), value)));
    }
    Value::Object(members)
}
