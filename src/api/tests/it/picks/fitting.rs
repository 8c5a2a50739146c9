//! What a member takes of an item that is picked for it.

use crate::library;
use formsmith_api::model::{Model, ShapeId};
use formsmith_api::picks;
use serde_json::{Value, json};

#[test]
fn a_pick_gives_what_the_member_takes_or_is_not_offered() {
    let fitting = |traits: Value, value: &str| {
        let mut ast = library::ast();
        ast["shapes"]["library#Id"] = json!({ "type": "string", "traits": traits });
        let model = Model::load(&[&ast.to_string()]).unwrap();
        let place = model.root(&ShapeId::new("library#Id")).unwrap();
        picks::fitting(place, value)
    };
    let short = json!({ "smithy.api#length": { "max": 28 } });
    let zone = "Z0123456789ABCDEFGHIJ";
    for path in ["/hostedzone/", "/change/", "/delegationset/"] {
        let listed = [path, zone].concat();
        assert_eq!(
            fitting(short.clone(), &listed).as_deref(),
            Some(zone),
            "{listed}"
        );
    }
    let pattern = json!({ "smithy.api#pattern": "^[A-Z0-9]+$" });
    assert_eq!(
        fitting(pattern.clone(), "/change/C1").as_deref(),
        Some("C1")
    );
    assert_eq!(fitting(pattern.clone(), "C1").as_deref(), Some("C1"));
    assert_eq!(
        fitting(pattern.clone(), "/change/c1"),
        None,
        "neither is taken"
    );
    assert_eq!(fitting(pattern, "/change/"), None);
    let path = "/aws/lambda/orders";
    assert_eq!(
        fitting(json!({}), path).as_deref(),
        Some(path),
        "what is taken stays whole"
    );
}
