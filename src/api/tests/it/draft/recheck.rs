//! Checking again after a text was set finds what checking everything finds, in the same order.

use formsmith_api::draft::{Draft, Edit, NodeId};
use formsmith_api::model::{Model, ShapeKind};
use proptest::prelude::*;
use serde_json::json;

/// Everything that one node's violations may depend on others for: rows that must differ, keys of
/// maps, a union, rows within rows.
fn model() -> Model {
    let member = |target: &str| json!({ "target": target });
    let required =
        |target: &str| json!({ "target": target, "traits": { "smithy.api#required": {} } });
    let text =
        json!({ "type": "string", "traits": { "smithy.api#length": { "min": 2, "max": 3 } } });
    let ast = json!({
        "smithy": "2.0",
        "shapes": {
            "r#Rows": { "type": "service", "version": "1", "operations": [member("r#Put")],
                "traits": { "aws.protocols#awsJson1_1": {}, "aws.api#service": { "sdkId": "Rows" },
                    "aws.auth#sigv4": { "name": "rows" } } },
            "r#Put": { "type": "operation", "input": member("r#PutInput") },
            "r#PutInput": { "type": "structure", "members": {
                "Name": required("r#Text"), "Rows": required("r#List"), "Other": member("r#Row"),
                "Different": member("r#Set"), "Tags": member("r#Map"), "One": member("r#One") } },
            "r#Row": { "type": "structure", "members": {
                "Id": required("r#Text"), "Count": member("smithy.api#Integer"),
                "Rows": member("r#List"), "Different": member("r#Set") } },
            "r#One": { "type": "union", "members": { "Text": member("r#Text"), "Row": member("r#Row") } },
            "r#List": { "type": "list", "member": member("r#Row") },
            "r#Set": { "type": "list", "member": member("r#Text"), "traits": { "smithy.api#uniqueItems": {} } },
            "r#Map": { "type": "map", "key": member("r#Text"), "value": member("r#Text") },
            "r#Text": text
        }
    });
    Model::load(&[&ast.to_string()]).unwrap()
}

fn nodes(draft: &Draft, id: NodeId) -> Vec<NodeId> {
    let children = draft.children(id).into_iter().chain(draft.alternatives(id));
    let below = children.flat_map(|child| nodes(draft, child));
    std::iter::once(id).chain(below).collect()
}

proptest! {
    #[test]
    fn it_finds_what_a_whole_check_finds(
        edits in prop::collection::vec((0_u8..7, any::<prop::sample::Index>(), "[ab]{0,4}"), 1..60)
    ) {
        let model = model();
        let operation = model.services()[0].operation("Put").unwrap();
        let mut draft = Draft::new(&model, operation, &mut String::new).unwrap();
        let mut found = draft.check(&model);
        for (kind, at, text) in edits {
            let all = nodes(&draft, draft.root());
            let node = *at.get(&all);
            let of = draft.node(node).unwrap().clone();
            let is_text = !matches!(
                model.shape(&of.shape).unwrap().kind,
                ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::List(_) | ShapeKind::Map { .. }
            );
            match (kind, of.parent) {
                (0, _) => draft.apply(&model, Edit::Add(node)),
                (1, _) => draft.apply(&model, Edit::Include(node)),
                (2, Some(parent)) => draft.apply(&model, Edit::Choose(parent, Some(node))),
                _ if is_text => {
                    draft.apply(&model, Edit::SetText(node, text));
                    prop_assert_eq!(draft.recheck(&model, node, &found), draft.check(&model));
                    None
                }
                _ => None,
            };
            found = draft.check(&model);
        }
    }
}
