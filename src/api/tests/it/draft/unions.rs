//! Unions: one of their members, whatever is written into the others.

use formsmith_api::draft::{Draft, Edit, NodeId};
use formsmith_api::model::{Model, Operation};
use formsmith_api::validate::Violation;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A rule is a text, a number, a secret, or several rules of which all or any have to hold.
fn model() -> Model {
    let member = |target: &str| json!({ "target": target });
    let required =
        |target: &str| json!({ "target": target, "traits": { "smithy.api#required": {} } });
    let ast = json!({
        "smithy": "2.0",
        "shapes": {
            "r#Rules": { "type": "service", "version": "1", "operations": [member("r#Put")],
                "traits": { "aws.protocols#awsJson1_1": {}, "aws.api#service": { "sdkId": "Rules" },
                    "aws.auth#sigv4": { "name": "rules" } } },
            "r#Put": { "type": "operation", "input": member("r#PutInput") },
            "r#PutInput": { "type": "structure", "members": {
                "Rule": required("r#Rule"), "Other": member("r#Rule"), "More": member("r#List") } },
            "r#Rule": { "type": "union", "members": {
                "Text": member("r#Text"), "Number": member("smithy.api#Integer"),
                "Secret": member("r#Secret"), "All": member("r#List"), "Not": member("r#Not") } },
            "r#Not": { "type": "structure", "members": { "Rule": required("r#Rule") } },
            "r#List": { "type": "list", "member": member("r#Rule") },
            "r#Text": { "type": "string", "traits": { "smithy.api#length": { "min": 1 } } },
            "r#Secret": { "type": "string", "traits": { "smithy.api#sensitive": {} } }
        }
    });
    Model::load(&[&ast.to_string()]).unwrap()
}

fn put(model: &Model) -> &Operation {
    model.services()[0].operation("Put").unwrap()
}

fn blank(model: &Model) -> (Draft, NodeId) {
    let draft = Draft::new(model, put(model), &mut String::new).unwrap();
    let rule = draft.member(draft.root(), "Rule").unwrap();
    (draft, rule)
}

fn choose(model: &Model, draft: &mut Draft, union: NodeId, name: &str) -> NodeId {
    let mut all = draft.alternatives(union).into_iter();
    let is_it = |id: &NodeId| draft.model_member(model, *id).unwrap().name == name;
    let member = all.find(is_it).unwrap();
    draft.apply(model, Edit::Choose(union, Some(member)));
    member
}

fn json(model: &Model, draft: &Draft) -> Value {
    draft.to_json(model, draft.root())
}

#[test]
fn one_member_is_sent_and_the_others_keep_what_was_typed() {
    let model = model();
    let (mut draft, rule) = blank(&model);
    assert_eq!(
        draft.check(&model)[0].violation,
        Violation::NotOneMember { actual: 0 }
    );
    let text = choose(&model, &mut draft, rule, "Text");
    assert_eq!(draft.check(&model)[0].violation, Violation::Required);
    draft.apply(&model, Edit::SetText(text, "a".into()));
    assert_eq!(json(&model, &draft), json!({ "Rule": { "Text": "a" } }));
    let number = choose(&model, &mut draft, rule, "Number");
    draft.apply(&model, Edit::SetText(number, "7".into()));
    assert_eq!(json(&model, &draft), json!({ "Rule": { "Number": 7 } }));
    assert_eq!(draft.check(&model), []);
    choose(&model, &mut draft, rule, "Text");
    assert_eq!(json(&model, &draft), json!({ "Rule": { "Text": "a" } }));
    // What is left out is not given any more.
    draft.apply(&model, Edit::Omit(text));
    assert_eq!(json(&model, &draft), json!({ "Rule": {} }));
    draft.apply(&model, Edit::Choose(rule, Some(text)));
    draft.apply(&model, Edit::Choose(rule, None));
    assert_eq!(draft.children(rule), []);
}

#[test]
fn a_union_within_itself_is_there_when_it_is_chosen() {
    let model = model();
    let (mut draft, mut rule) = blank(&model);
    for _ in 0..100 {
        let not = choose(&model, &mut draft, rule, "Not");
        rule = draft.member(not, "Rule").unwrap();
    }
    choose(&model, &mut draft, rule, "All");
    let read = Draft::from_snapshot(&draft.to_snapshot(&model)).unwrap();
    assert_eq!(read, draft);
    assert!(read.fits(&model));
}

#[test]
fn several_members_in_json_are_one_too_many_and_none_is_lost() {
    let model = model();
    let text = r#"{"Rule":{"Text":"a","Number":7,"Secret":null}}"#;
    let mut draft = Draft::from_text(&model, put(&model), text)
        .unwrap()
        .unwrap();
    let given = json!({ "Rule": { "Text": "a", "Number": 7 } });
    assert_eq!(json(&model, &draft), given);
    let findings = draft.check(&model);
    assert_eq!(findings[0].violation, Violation::NotOneMember { actual: 2 });
    choose(&model, &mut draft, findings[0].node, "Text");
    assert_eq!(draft.check(&model), []);
}

#[test]
fn a_secret_is_not_stored_while_another_member_is_chosen() {
    let model = model();
    let (mut draft, rule) = blank(&model);
    let secret = choose(&model, &mut draft, rule, "Secret");
    draft.apply(&model, Edit::SetText(secret, "open sesame".into()));
    choose(&model, &mut draft, rule, "Text");
    let stored = draft.to_snapshot(&model).to_string();
    assert!(!stored.contains("sesame"), "{stored}");
}

fn rule() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        "[ -~é]{0,6}".prop_map(|text| json!({ "Text": text })),
        any::<i32>().prop_map(|number| json!({ "Number": number })),
        Just(json!({})),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|all| json!({ "All": all })),
            inner.prop_map(|rule| json!({ "Not": { "Rule": rule } })),
        ]
    })
}

proptest! {
    #[test]
    fn json_to_draft_and_back_is_the_same(rule in rule(), more in prop::collection::vec(rule(), 0..3)) {
        let model = model();
        let input = json!({ "Rule": rule, "More": more });
        let draft = Draft::from_text(&model, put(&model), &input.to_string()).unwrap().unwrap();
        assert_eq!(json(&model, &draft), input);
        let again = Draft::from_text(&model, put(&model), &draft.to_text(&model, draft.root()));
        assert_eq!(again.unwrap().unwrap(), draft);
        assert!(draft.fits(&model));
        assert_eq!(Draft::from_snapshot(&draft.to_snapshot(&model)), Some(draft));
    }

    /// Whatever is chosen and typed, at most one member of each union is sent.
    #[test]
    fn edits_never_break_a_union(steps in prop::collection::vec((0..6_u8, any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[a-z]{0,3}"), 0..40)) {
        let model = model();
        let (mut draft, _) = blank(&model);
        for (kind, at, which, text) in steps {
            let nodes = super::all(&draft);
            let node = nodes[at.index(nodes.len())];
            let members = draft.alternatives(node);
            let edit = match kind {
                0 | 1 if !members.is_empty() => Edit::Choose(node, Some(members[which.index(members.len())])),
                2 => Edit::Add(node),
                3 => Edit::Remove(node),
                4 => Edit::Include(node),
                5 if node != draft.root() => Edit::Omit(node),
                1 if !draft.text(node).is_empty() || draft.is_alternative(node) => Edit::SetText(node, text),
                _ => continue,
            };
            // A text goes only where there is one.
            let is_text = |draft: &Draft| draft.children(node).is_empty();
            if matches!(edit, Edit::SetText(..)) && !is_text(&draft) {
                continue;
            }
            draft.apply(&model, edit);
        }
        for node in super::all(&draft) {
            assert!(draft.alternatives(node).is_empty() || draft.children(node).len() < 2);
        }
        draft.check(&model);
        let _ = json(&model, &draft);
        assert!(Draft::from_snapshot(&draft.to_snapshot(&model)).is_some());
    }
}
