//! Members of stored JSON.

use crate::{Place, Target, Undoes};
pub use formsmith_api::json::float;
use serde_json::{Value, json};

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

pub fn place_to_json(place: &Place, value: &mut Value) {
    value["target"] = place.target.key().into();
    value["region"] = place.region.as_str().into();
    value["account"] = place.account.as_deref().into();
    value["proxyProfile"] = place.profile.as_deref().into();
    if let Some(endpoint) = &place.endpoint {
        value["endpoint"] = endpoint.as_str().into();
    }
}

pub fn place_from_json(value: &Value) -> Option<Place> {
    Some(Place {
        target: Target::of_key(value["target"].as_str()?)?,
        region: text(value, "region"),
        account: optional_text(value, "account"),
        // Under `profile` some entries have who had signed, which the account says as well.
        profile: optional_text(value, "proxyProfile"),
        endpoint: optional_text(value, "endpoint"),
    })
}

pub fn undoes_to_json(undoes: &Undoes) -> Value {
    json!({"run": undoes.run, "rows": undoes.rows})
}

pub fn undoes_from_json(value: &Value) -> Option<Undoes> {
    Some(Undoes {
        run: optional_text(value, "run")?,
        rows: places(&value["rows"])?,
    })
}
