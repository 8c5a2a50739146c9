//! Which members a calendar can fill.

use crate::library;
use formsmith_api::calendar::Calendar;
use formsmith_api::model::{Model, ShapeId};
use serde_json::{Value, json};

fn of(shape: Value) -> Option<Calendar> {
    let mut ast = library::ast();
    ast["shapes"]["library#Day"] = shape;
    let model = Model::load(&[&ast.to_string()]).unwrap();
    Calendar::of(model.root(&ShapeId::new("library#Day")).unwrap())
}

fn text(pattern: &str) -> Option<Calendar> {
    of(json!({ "type": "string", "traits": { "smithy.api#pattern": pattern } }))
}

#[test]
fn a_pattern_that_admits_dates_alone_is_of_a_date() {
    for pattern in [
        r"^\d{4}-\d{2}-\d{2}$",
        r"^[1-9][0-9]{3}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$",
        r"^(20\d{2})-(0?[1-9]|1[0-2])-(0?[1-9]|1\d|2\d|3[01])$",
        r"^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}Z)?$",
    ] {
        assert_eq!(text(pattern), Some(Calendar::Date), "{pattern}");
    }
    for pattern in [r"^\d{4}-(0?[1-9]|1[012])$", r"^\d{4}-(0[1-9]|1[0-2])$"] {
        assert_eq!(text(pattern), Some(Calendar::Month), "{pattern}");
    }
}

#[test]
fn what_admits_anything_else_of_that_length_is_none() {
    for pattern in [
        ".*",
        "^[a-zA-Z0-9_-]*$",
        "^[0-9-]{10}$",
        r"^(\w+-){2,3}\d+\w+$",
        r"^\d{4}-\d{2}$",
        r"^\d{8}$",
        // Not supported, and so not checked.
        r"^(\d)\1\d\d-\d\d-\d\d$",
    ] {
        assert_eq!(text(pattern), None, "{pattern}");
    }
    assert_eq!(of(json!({ "type": "string" })), None);
    let short = json!({ "type": "string", "traits": {
        "smithy.api#pattern": r"^\d{4}-\d{2}-\d{2}$", "smithy.api#length": { "max": 8 }
    } });
    assert_eq!(of(short), None, "no date is so short");
    assert_eq!(of(json!({ "type": "integer" })), None);
    assert_eq!(of(json!({ "type": "timestamp" })), Some(Calendar::DateTime));
}

#[test]
fn the_months_and_dates_of_the_built_in_models_are_known() {
    let model = Model::embedded().unwrap();
    let of = |id: &str| Calendar::of(model.root(&ShapeId::new(id)).unwrap());
    let month = of("com.amazonaws.billingconductor#BillingPeriod");
    assert_eq!(month, Some(Calendar::Month));
    let date = of("com.amazonaws.partnercentralselling#Date");
    assert_eq!(date, Some(Calendar::Date));
    let id = of("com.amazonaws.servicecatalog#Id");
    assert_eq!(id, None);
}
