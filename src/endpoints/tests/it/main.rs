//! Rule sets of our own: what is read, what is refused, and what comes of the parameters.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod parameters;
mod reading;
mod resolving;

use formsmith_endpoints::{Endpoint, Partitions, Refused, RuleSet};
use serde_json::{Value, json};

fn partitions() -> Partitions {
    let partition = |id: &str, suffix: &str, looks: &str, regions: Value| {
        json!({
            "id": id,
            "regionRegex": looks,
            "regions": regions,
            "outputs": {
                "dnsSuffix": suffix,
                "dualStackDnsSuffix": format!("dual.{suffix}"),
                "implicitGlobalRegion": "here-1",
                "supportsFIPS": true,
                "supportsDualStack": id == "one",
            },
        })
    };
    let document = json!({"partitions": [
        partition("one", "one.example", "^here\\-\\d+$", json!({"here-1": {}, "one-global": {}})),
        partition("two", "two.example", "^there\\-\\w+\\-\\d+$", json!({"there-a-1": {}})),
    ]});
    Partitions::read(&document.to_string()).unwrap()
}

/// A rule set with texts as parameters, and the endpoint that the person gives.
fn document(rules: Value) -> Value {
    let text = json!({"type": "string"});
    json!({
        "version": "1.0",
        "parameters": {
            "Region": {"type": "string", "builtIn": "AWS::Region"},
            "Endpoint": {"type": "string", "builtIn": "SDK::Endpoint"},
            "Name": text,
            "Other": text,
            "Names": {"type": "stringArray"},
            "Flag": {"type": "boolean", "required": true, "default": false},
        },
        "rules": rules,
    })
}

fn read(rules: Value) -> RuleSet {
    RuleSet::read(&document(rules).to_string()).unwrap()
}

/// What a rule comes to that has these conditions.
fn resolve(conditions: Value, endpoint: Value, values: Value) -> Result<Endpoint, Refused> {
    let rules = read(json!([
        {"type": "endpoint", "conditions": conditions, "endpoint": endpoint},
    ]));
    let parameters = rules.named(|name| values.get(name))?;
    rules.resolve(&partitions(), &parameters)
}
