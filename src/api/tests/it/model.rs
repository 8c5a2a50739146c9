//! Loading models: the embedded ones whole, others at run time, and nothing dropped in silence.

use formsmith_api::draft::{Draft, Edit};
use formsmith_api::model::{Model, ShapeKind};
use formsmith_api::protocol;
use formsmith_api::validate::Violation;
use serde_json::json;

#[test]
fn the_embedded_models_hold_the_five_operations_and_their_companions() {
    let model = Model::embedded().unwrap();
    let count: usize = model.services().iter().map(|it| it.operations.len()).sum();
    assert_eq!((model.services().len(), count), (3, 24));
    assert!(model.unsupported().is_empty(), "{:?}", model.unsupported());
}

#[test]
fn lists_say_how_they_are_paged() {
    let model = Model::embedded().unwrap();
    let service = model.service("servicecatalog").unwrap();
    let operation = service.operation("ListServiceActions").unwrap();
    let paginated = operation.traits.paginated.as_ref().unwrap();
    let members = [
        paginated.input_tokens.join(" "),
        paginated.output_tokens.join(" "),
        paginated.items.clone().unwrap(),
        paginated.page_size.clone().unwrap(),
    ];
    let told = [
        "PageToken",
        "NextPageToken",
        "ServiceActionSummaries",
        "PageSize",
    ];
    assert_eq!(members, told);
    let operation = service.operation("ListProvisioningArtifacts").unwrap();
    assert!(operation.traits.paginated.is_none());
}

#[test]
fn the_related_entity_has_six_types_and_the_reason_66_values() {
    let model = Model::embedded().unwrap();
    let values = |name: &str| {
        let shapes = model
            .members()
            .filter_map(|member| model.shape(&member.target));
        let mut shapes = shapes.filter(|shape| shape.id.as_str() == name);
        shapes.next().unwrap().enum_members().len()
    };
    assert_eq!(
        values("com.amazonaws.partnercentralselling#RelatedEntityType"),
        6
    );
    assert_eq!(
        values("com.amazonaws.billingconductor#ValidationExceptionReason"),
        66
    );
}

/// A service nobody has written code for.
fn foreign() -> String {
    let string = |traits: serde_json::Value| json!({"type": "string", "traits": traits});
    json!({
        "smithy": "2.0",
        "shapes": {
            "a.b#Shop": {
                "type": "service", "version": "2024-01-01",
                "operations": [{"target": "a.b#Order"}],
                "traits": {
                    "aws.api#service": {"sdkId": "Shop", "endpointPrefix": "shop"},
                    "aws.auth#sigv4": {"name": "shop"},
                    "aws.protocols#restJson1": {}
                }
            },
            "a.b#Order": {
                "type": "operation", "input": {"target": "a.b#OrderInput"},
                "output": {"target": "smithy.api#Unit"},
                "traits": {"smithy.api#http": {"method": "POST", "uri": "/orders"}, "smithy.api#waitable": {}}
            },
            "a.b#OrderInput": {
                "type": "structure",
                "members": {
                    "Amount": {"target": "a.b#Amount", "traits": {"smithy.api#required": {}}},
                    "Gift": {"target": "smithy.api#Boolean", "traits": {"smithy.api#jsonName": "gift"}},
                    "Tags": {"target": "a.b#Tags"},
                    "Any": {"target": "smithy.api#Document"},
                    "Again": {"target": "a.b#OrderInput"}
                }
            },
            "a.b#Amount": {"type": "integer", "traits": {"smithy.api#range": {"min": 1, "max": 9}}},
            "a.b#Tags": {"type": "list", "member": {"target": "a.b#Tag"}, "traits": {"smithy.api#uniqueItems": {}}},
            "a.b#Tag": string(json!({"smithy.api#length": {"max": 3}})),
            "a.b#Odd": {"type": "tuple", "members": {}}
        }
    })
    .to_string()
}

#[test]
fn a_model_read_at_run_time_gets_form_checks_and_wire() {
    let model = Model::load(&[&foreign()]).unwrap();
    let service = model.service("shop").unwrap();
    let operation = service.operation("Order").unwrap();
    let text = r#"{"Amount": 10, "Gift": true, "Tags": ["a", "a", "long"], "Any": {"x": [1]}}"#;
    let mut draft = Draft::from_text(&model, operation, text).unwrap().unwrap();
    let violations: Vec<_> = draft
        .check(&model)
        .into_iter()
        .map(|f| f.violation)
        .collect();
    assert!(
        matches!(violations[0], Violation::AboveMaximum { .. }),
        "{violations:?}"
    );
    assert!(violations.contains(&Violation::Duplicate), "{violations:?}");
    assert!(
        violations.contains(&Violation::TooLong { actual: 4, max: 3 }),
        "{violations:?}"
    );
    let amount = draft.member(draft.root(), "Amount").unwrap();
    for (typed, expected) in [
        ("x", Violation::NotANumber),
        ("1.5", Violation::NotAnInteger),
    ] {
        draft.apply(&model, Edit::SetText(amount, typed.into()));
        assert_eq!(draft.check(&model)[0].violation, expected);
    }
    draft.apply(&model, Edit::SetText(amount, "7".into()));
    let input = draft.to_json(&model, draft.root());
    let request = protocol::request(&model, service, operation, &input).unwrap();
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/orders")
    );
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
    let expected =
        json!({"Amount": 7, "gift": true, "Tags": ["a", "a", "long"], "Any": {"x": [1]}});
    assert_eq!(body, expected);
}

#[test]
fn what_is_not_supported_is_reported() {
    let model = Model::load(&[&foreign()]).unwrap();
    let reported: Vec<_> = model
        .unsupported()
        .iter()
        .map(|it| (it.at.as_str(), it.what.as_str()))
        .collect();
    assert_eq!(
        reported,
        [("a.b#Order", "smithy.api#waitable"), ("a.b#Odd", "tuple")]
    );
    let any = model.members().find(|member| member.name == "Any").unwrap();
    let shape = model.shape(&any.target).unwrap();
    assert!(matches!(shape.kind, ShapeKind::Document));
}

#[test]
fn traits_that_are_known_and_not_done_are_reported_too() {
    let id = "smithy.api#timestampFormat";
    let unique = r#""smithy.api#uniqueItems":{}"#;
    let model = foreign().replace(unique, &format!(r#""{id}":"at noon""#));
    let model = Model::load(&[&model]).unwrap();
    let is_reported = |it: &formsmith_api::model::Unsupported| it.at == "a.b#Tags" && it.what == id;
    assert!(model.unsupported().iter().any(is_reported));
}

#[test]
fn an_operation_whose_wire_is_not_supported_is_not_sent() {
    let label = r#""Amount":{"target":"a.b#Amount","traits":{"smithy.api#required":{}}"#;
    let with_label = foreign().replace(
        label,
        &label.replace("{}}", r#"{},"smithy.api#httpTrailer":"n"}"#),
    );
    assert_ne!(with_label, foreign());
    let model = Model::load(&[&with_label]).unwrap();
    let service = model.service("shop").unwrap();
    let operation = service.operation("Order").unwrap();
    let refused = protocol::request(&model, service, operation, &json!({"Amount": 1}));
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("smithy.api#httpTrailer")
    );
}

#[test]
fn models_that_can_not_be_used_say_why_and_where() {
    let changed = |from: &str, to: &str| {
        let text = foreign();
        assert!(text.contains(from), "{from}");
        Model::load(&[&text.replace(from, to)]).unwrap_err()
    };
    assert!(
        changed(r#""smithy":"2.0""#, r#""smithy":"1.0""#)
            .to_string()
            .contains("1.0")
    );
    assert_eq!(
        changed(
            r#""member":{"target":"a.b#Tag"}"#,
            r#""member":{"target":"a.b#No"}"#
        )
        .shape,
        "a.b#Tags"
    );
    assert_eq!(changed(r#"{"max":3}"#, r#"{"max":"x"}"#).shape, "a.b#Tag");
    assert_eq!(
        changed("aws.protocols#restJson1", "a.b#telegraph").shape,
        "a.b#Shop"
    );
    assert!(Model::load(&["{"]).is_err());
    assert!(Model::load(&["[]"]).is_err());
}

#[test]
fn the_catalog_says_what_the_models_say() {
    let model = Model::embedded().unwrap();
    let catalog = formsmith_api::model::catalog();
    let mut services: Vec<_> = model.services().iter().collect();
    assert_eq!(catalog.len(), services.len());
    for listed in &catalog {
        let at = services
            .iter()
            .position(|service| service.name == listed.name)
            .unwrap();
        let service = services.remove(at);
        assert_eq!(listed.title, service.title);
        let told: Vec<_> = service
            .operations
            .iter()
            .map(|operation| {
                let documentation = operation.traits.documentation.clone().unwrap();
                (operation.name(), operation.title(), documentation)
            })
            .collect();
        let operations = listed.operations.iter();
        let operations: Vec<_> = operations
            .map(|one| {
                (
                    one.name.as_str(),
                    one.title.clone(),
                    one.documentation.clone(),
                )
            })
            .collect();
        assert_eq!(operations, told);
        let file = format!("{}/models/{}", env!("CARGO_MANIFEST_DIR"), listed.file);
        let document = std::fs::read_to_string(file).unwrap();
        let alone = Model::load(&[&document]).unwrap();
        assert_eq!(
            alone.services().len(),
            1,
            "{} stands by itself",
            listed.file
        );
    }
}
