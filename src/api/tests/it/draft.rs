//! Drafts: what is typed becomes the input, nothing is lost, mistakes have their place.

mod begin;
mod language;
mod paste;
mod recheck;
mod unions;

use formsmith_api::draft::{Content, Draft, Edit, Hint, MistakeKind, NodeId};
use formsmith_api::model::{Model, Operation};
use formsmith_api::validate::{Path, PathSegment, Violation};
use proptest::prelude::*;
use serde_json::{Value, json};

const BATCH: &str = "BatchDisassociateServiceActionFromProvisioningArtifact";
const RUN: &str = "ExecuteProvisionedProductServiceAction";

fn with<T>(service: &str, name: &str, test: impl FnOnce(&Model, &Operation) -> T) -> T {
    let model = Model::embedded().unwrap();
    let (_, operation) = crate::operation(&model, service, name);
    test(&model, operation)
}

fn blank(model: &Model, operation: &Operation) -> Draft {
    Draft::new(model, operation, &mut || "token-1".into()).unwrap()
}

fn member(draft: &Draft, name: &str) -> NodeId {
    draft.member(draft.root(), name).unwrap()
}

fn json(model: &Model, draft: &Draft) -> Value {
    draft.to_json(model, draft.root())
}

#[test]
fn an_untouched_form_sends_no_optional_member() {
    with("servicecatalog", RUN, |model, operation| {
        let draft = blank(model, operation);
        assert_eq!(json(model, &draft), json!({"ExecuteToken": "token-1"}));
    });
}

#[test]
fn an_empty_map_is_not_an_absent_one() {
    with("servicecatalog", RUN, |model, operation| {
        let mut draft = blank(model, operation);
        let parameters = member(&draft, "Parameters");
        let key = draft.apply(model, Edit::Add(parameters)).unwrap();
        draft.apply(model, Edit::Remove(key));
        assert_eq!(json(model, &draft)["Parameters"], json!({}));
        let too_few = Violation::TooFew { actual: 0, min: 1 };
        let found = draft.check(model);
        assert!(
            found
                .iter()
                .any(|f| f.node == parameters && f.violation == too_few)
        );
        draft.apply(model, Edit::Omit(parameters));
        assert_eq!(json(model, &draft).get("Parameters"), None);
    });
}

#[test]
fn typing_and_deleting_leaves_a_member_out_again() {
    with("servicecatalog", BATCH, |model, operation| {
        let mut draft = blank(model, operation);
        let language = member(&draft, "AcceptLanguage");
        draft.apply(model, Edit::SetText(language, "j".into()));
        assert_eq!(json(model, &draft)["AcceptLanguage"], "j");
        draft.apply(model, Edit::SetText(language, String::new()));
        assert_eq!(json(model, &draft).get("AcceptLanguage"), None);
    });
}

#[test]
fn an_empty_text_written_as_json_is_sent() {
    with("servicecatalog", BATCH, |model, operation| {
        let text = r#"{"ServiceActionAssociations": [], "AcceptLanguage": ""}"#;
        let draft = Draft::from_text(model, operation, text).unwrap().unwrap();
        let input = json(model, &draft);
        assert_eq!(
            input,
            json!({"ServiceActionAssociations": [], "AcceptLanguage": ""})
        );
    });
}

#[test]
fn a_key_that_stands_twice_is_wrong_and_both_stay() {
    with("servicecatalog", RUN, |model, operation| {
        let mut draft = blank(model, operation);
        let parameters = member(&draft, "Parameters");
        for _ in 0..2 {
            let key = draft.apply(model, Edit::Add(parameters)).unwrap();
            draft.apply(model, Edit::SetText(key, "TARGET".into()));
        }
        let second = draft.entries(parameters)[1].key;
        let found = draft.check(model);
        assert!(
            found
                .iter()
                .any(|f| f.node == second && f.violation == Violation::Duplicate)
        );
        assert_eq!(
            draft
                .to_text(model, draft.root())
                .matches("\"TARGET\"")
                .count(),
            2
        );
    });
}

#[test]
fn lengths_count_scalar_values() {
    with("servicecatalog", RUN, |model, operation| {
        let mut draft = blank(model, operation);
        let parameters = member(&draft, "Parameters");
        let key = draft.apply(model, Edit::Add(parameters)).unwrap();
        let too_long = |draft: &Draft| {
            let found = draft.check(model);
            found
                .into_iter()
                .find(|finding| finding.node == key)
                .map(|f| f.violation)
        };
        draft.apply(model, Edit::SetText(key, "\u{1F44D}".repeat(50)));
        assert_eq!(too_long(&draft), None);
        draft.apply(model, Edit::SetText(key, "\u{1F44D}".repeat(51)));
        assert_eq!(
            too_long(&draft),
            Some(Violation::TooLong {
                actual: 51,
                max: 50
            })
        );
    });
}

#[test]
fn an_unknown_enum_value_is_only_a_warning() {
    with(
        "partnercentral-selling",
        "DisassociateOpportunity",
        |model, operation| {
            let mut draft = blank(model, operation);
            for (name, value) in [
                ("Catalog", "AWS"),
                ("OpportunityIdentifier", "O1"),
                ("RelatedEntityType", "SomethingNew"),
                ("RelatedEntityIdentifier", "x"),
            ] {
                let node = member(&draft, name);
                draft.apply(model, Edit::SetText(node, value.into()));
            }
            let found = draft.check(model);
            assert_eq!(found.len(), 1);
            assert!(found[0].violation.is_warning());
        },
    );
}

#[test]
fn identifiers_of_the_wrong_kind_are_named_and_inner_ones_offered() {
    with("servicecatalog", BATCH, |model, operation| {
        let mut draft = blank(model, operation);
        let row = draft.children(member(&draft, "ServiceActionAssociations"))[0];
        let version = draft.member(row, "ProvisioningArtifactId").unwrap();
        draft.apply(model, Edit::SetText(version, "prod-abc".into()));
        let hint = draft.hint(model, version);
        assert!(matches!(hint, Some(Hint::OtherKind { prefix, .. }) if prefix == "prod-"));
        for text in [
            "arn:aws:catalog:us-east-1:123456789012:product/pa-4abcdjnxjj6ne",
            "https://console.example/version?id=pa-4abcdjnxjj6ne&x=1",
            " pa-4abcdjnxjj6ne ",
        ] {
            draft.apply(model, Edit::SetText(version, text.into()));
            let inside = Hint::Inside {
                identifier: "pa-4abcdjnxjj6ne".into(),
            };
            assert_eq!(draft.hint(model, version), Some(inside), "{text}");
        }
    });
}

#[test]
fn an_identifier_is_more_than_its_prefix() {
    with("servicecatalog", BATCH, |model, operation| {
        let mut draft = blank(model, operation);
        let row = draft.children(member(&draft, "ServiceActionAssociations"))[0];
        let product = draft.member(row, "ProductId").unwrap();
        draft.apply(model, Edit::SetText(product, "prod-?".into()));
        assert_eq!(draft.hint(model, product), None);
    });
}

#[test]
fn mistakes_in_json_have_their_place() {
    type IsKind = fn(&MistakeKind) -> bool;
    let cases: [(&str, usize, IsKind); 8] = [
        ("{\n\"Catalog\": tru\n}", 2, |kind| {
            matches!(kind, MistakeKind::Syntax(_))
        }),
        ("{\n  \"Catalog\": \"AWS\",\n}", 3, |kind| {
            matches!(kind, MistakeKind::Syntax(_))
        }),
        (
            "{\n\"Catalogue\": \"AWS\"}",
            2,
            |kind| matches!(kind, MistakeKind::UnknownMember { name, .. } if name == "Catalogue"),
        ),
        (
            "{\"Catalog\": \"AWS\",\n\n\"Catalog\": \"AWS\"}",
            3,
            |kind| matches!(kind, MistakeKind::Twice { name } if name == "Catalog"),
        ),
        ("{\n\"Catalog\": 7}", 2, |kind| {
            matches!(kind, MistakeKind::WrongType { expected: "string" })
        }),
        ("[]", 1, |kind| {
            matches!(kind, MistakeKind::WrongType { expected: "object" })
        }),
        ("5", 1, |kind| {
            matches!(kind, MistakeKind::WrongType { expected: "object" })
        }),
        ("", 1, |kind| matches!(kind, MistakeKind::Syntax(_))),
    ];
    with(
        "partnercentral-selling",
        "DisassociateOpportunity",
        |model, operation| {
            for (text, line, is_kind) in cases {
                let mistake = Draft::from_text(model, operation, text)
                    .unwrap()
                    .unwrap_err();
                assert_eq!(mistake.line, line, "{text}: {mistake:?}");
                assert!(is_kind(&mistake.kind), "{text}: {mistake:?}");
            }
            let text = "{\"Catalog\": \"\u{1F44D}\u{1F44D}\" x}";
            let mistake = Draft::from_text(model, operation, text)
                .unwrap()
                .unwrap_err();
            assert_eq!(mistake.column, 18, "columns count characters: {mistake:?}");
        },
    );
}

#[test]
fn kept_drafts_come_back_as_they_were() {
    with("servicecatalog", RUN, |model, operation| {
        let mut draft = blank(model, operation);
        let parameters = member(&draft, "Parameters");
        for _ in 0..2 {
            let key = draft.apply(model, Edit::Add(parameters)).unwrap();
            draft.apply(model, Edit::SetText(key, "same \"key\"\n".into()));
        }
        let back = Draft::from_snapshot(&draft.to_snapshot(model)).unwrap();
        assert_eq!(back, draft);
        assert!(back.fits(model));
    });
}

/// Any input a service could be sent by way of the form.
fn run_input() -> impl Strategy<Value = Value> {
    let text = "[ -~é\u{1F44D}\n\"\\\\]{0,12}";
    let values = prop::collection::vec(text, 0..4);
    let parameters = prop::option::of(prop::collection::btree_map(text, values, 0..5));
    let texts = prop::collection::vec(prop::option::of(text), 4);
    (texts, parameters).prop_map(|(texts, parameters)| {
        let names = [
            "ProvisionedProductId",
            "ServiceActionId",
            "ExecuteToken",
            "AcceptLanguage",
        ];
        let mut input = json!({});
        for (name, text) in names.iter().zip(texts) {
            if let Some(text) = text {
                input[name] = text.into();
            }
        }
        if let Some(parameters) = parameters {
            input["Parameters"] = json!(parameters);
        }
        input
    })
}

proptest! {
    #[test]
    fn json_to_draft_and_back_is_the_same(input in run_input(), pretty in any::<bool>()) {
        with("servicecatalog", RUN, |model, operation| {
            let text = if pretty {
                serde_json::to_string_pretty(&input).unwrap()
            } else {
                input.to_string()
            };
            let draft = Draft::from_text(model, operation, &text).unwrap().unwrap();
            assert_eq!(json(model, &draft), input);
            let written = draft.to_text(model, draft.root());
            let again = Draft::from_text(model, operation, &written).unwrap().unwrap();
            assert_eq!(again, draft);
            assert_eq!(Draft::from_snapshot(&draft.to_snapshot(model)), Some(draft));
        });
    }

    /// Whatever is done to a draft, it stays one: it can be checked, written and kept.
    #[test]
    fn edits_never_break_a_draft(steps in prop::collection::vec((0..6_u8, any::<prop::sample::Index>(), "[a-z]{0,3}"), 0..40)) {
        with("servicecatalog", RUN, |model, operation| {
            let mut draft = blank(model, operation);
            for (kind, at, text) in &steps {
                let nodes = all(&draft);
                let node = nodes[at.index(nodes.len())];
                let edit = match kind {
                    0 | 1 if matches!(draft.content(node), Content::Text(_)) => Edit::SetText(node, text.clone()),
                    2 => Edit::Add(node),
                    3 => Edit::Remove(node),
                    4 => Edit::Include(node),
                    5 if node != draft.root() => Edit::Omit(node),
                    _ => continue,
                };
                draft.apply(model, edit);
            }
            draft.check(model);
            let _ = json(model, &draft);
            assert_eq!(Draft::from_snapshot(&draft.to_snapshot(model)), Some(draft));
        });
    }
}

fn all(draft: &Draft) -> Vec<NodeId> {
    let mut nodes = vec![draft.root()];
    let mut at = 0;
    while at < nodes.len() {
        nodes.extend(draft.children(nodes[at]));
        at += 1;
    }
    nodes
}

#[test]
fn a_path_leads_to_its_node_or_as_far_as_there_are_nodes() {
    with("servicecatalog", RUN, |model, operation| {
        let text = r#"{"ServiceActionId": "act-1", "Parameters": {"a": ["1", "2"], "b": []}}"#;
        let draft = Draft::from_text(model, operation, text).unwrap().unwrap();
        let at = |segments: &[PathSegment]| draft.node_at(&Path(segments.to_vec()));
        let named = |name: &str| PathSegment::Member(name.into());
        let (entry, key) = (PathSegment::Entry, PathSegment::Key);
        let map = member(&draft, "Parameters");
        let [first, second] = draft.entries(map)[..] else {
            panic!("two entries")
        };
        assert_eq!(at(&[]), draft.root());
        assert_eq!(
            at(&[named("ServiceActionId")]),
            member(&draft, "ServiceActionId")
        );
        assert_eq!(
            at(&[named("AcceptLanguage")]),
            member(&draft, "AcceptLanguage")
        );
        assert_eq!(at(&[named("None"), named("ServiceActionId")]), draft.root());
        let parameters = named("Parameters");
        let item = at(&[parameters.clone(), entry("a".into()), PathSegment::Item(1)]);
        assert_eq!(draft.text(item), "2");
        let beyond = [parameters.clone(), entry("b".into()), PathSegment::Item(0)];
        assert_eq!(at(&beyond), second.value);
        assert_eq!(at(&[parameters.clone(), key("a".into())]), first.key);
        assert_eq!(at(&[parameters, entry("c".into())]), map);
    });
}

#[test]
fn what_was_saved_keeps_what_is_no_number() {
    let operation = "ListServiceActionsForProvisioningArtifact";
    with("servicecatalog", operation, |model, operation| {
        let text = r#"{"ProductId":"prod-1","PageSize":"many"}"#;
        assert!(Draft::from_text(model, operation, text).unwrap().is_err());
        let draft = Draft::from_saved(model, operation, text).unwrap().unwrap();
        let size = draft.member(draft.root(), "PageSize").unwrap();
        assert_eq!(draft.text(size), "many");
        let read: Value = serde_json::from_str(text).unwrap();
        assert_eq!(
            draft.to_json(model, draft.root()),
            read,
            "and is written as it was"
        );
        assert!(!draft.check(model).is_empty(), "the check says so");
        let wrong = r#"{"ProductId":5}"#;
        let read = Draft::from_saved(model, operation, wrong).unwrap();
        assert!(read.is_err(), "anything else is a mistake as ever");
    });
}
