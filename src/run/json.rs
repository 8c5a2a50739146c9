//! Members of stored JSON.

use serde_json::Value;

/// Empty where it is missing.
pub fn text(value: &Value, name: &str) -> String {
    optional_text(value, name).unwrap_or_default()
}

pub fn optional_text(value: &Value, name: &str) -> Option<String> {
    value[name].as_str().map(str::to_owned)
}

pub fn number(value: &Value, name: &str) -> Option<usize> {
    value[name].as_u64()?.try_into().ok()
}

/// Places of rows; all where the member is null.
pub fn places(value: &Value) -> Option<Vec<usize>> {
    let places = value.as_array()?.iter();
    places.map(|at| at.as_u64()?.try_into().ok()).collect()
}
