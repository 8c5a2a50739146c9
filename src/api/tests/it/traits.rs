//! What models say of the time after an operation was sent.

use crate::library;
use formsmith_api::json;
use formsmith_api::model::{Model, Operation, Retryable, Service, Shape, ShapeKind};
use serde_json::{Value, json};

fn shape<'a>(model: &'a Model, id: &str) -> &'a Shape {
    let mut operations = model.services().iter().flat_map(|it| &it.operations);
    let id = operations.find_map(|it| it.errors.iter().find(|error| error.as_str() == id));
    model.shape(id.unwrap()).unwrap()
}

#[test]
fn a_model_read_at_run_time_says_what_can_follow() {
    let model = library::model();
    assert!(model.unsupported().is_empty(), "{:?}", model.unsupported());
    let (service, lend) = library::named(&model, "Lend");
    // Without a namespace for ARNs the name of the signature stands for it.
    assert_eq!(service.iam_prefix, "library");
    assert_eq!(lend.traits.inverse.as_deref(), Some("TakeBack"));
    assert_eq!(lend.traits.already_done, ["LENT_ALREADY", "Broken"]);
    let retryable = |id: &str| shape(&model, id).traits.retryable;
    let throttling = |throttling| Some(Retryable { throttling });
    assert_eq!(retryable("lib#Busy"), throttling(true));
    assert_eq!(retryable("lib#Broken"), throttling(false));
    assert_eq!(retryable("lib#Wrong"), None);
    // What an operation doesn't say of its pages, the service does.
    let (_, list) = library::named(&model, "ListLoans");
    let paginated = list.traits.paginated.as_ref().unwrap();
    assert_eq!(paginated.items.as_deref(), Some("Loans"));
    assert_eq!(paginated.output_tokens, ["Page.Next"]);
    let (_, jobs) = library::named(&model, "ListJobs");
    assert!(jobs.traits.paginated.is_none());
}

#[test]
fn malformed_traits_and_missing_operations_stop_the_loading() {
    let lend = "/shapes/lib#Lend/traits/";
    let broken = [
        (lend, "formsmith#inverse", json!("TakeBack")),
        (lend, "formsmith#inverse", json!({ "operation": "Nowhere" })),
        (lend, "formsmith#readBack/operation", json!("Nowhere")),
        (lend, "formsmith#readBack/operation", json!(1)),
        (lend, "formsmith#readBack/done", json!("perhaps")),
        (lend, "formsmith#readBack/done", Value::Null),
        (lend, "formsmith#readBack/found", Value::Null),
        (lend, "formsmith#readBack/input", json!([])),
        (lend, "formsmith#alreadyDone", json!("Gone")),
        (lend, "formsmith#alreadyDone", json!([1])),
        (
            "/shapes/lib#PrintCard/traits/",
            "formsmith#follow/operation",
            json!("Nowhere"),
        ),
        (
            "/shapes/lib#PrintCard/traits/",
            "formsmith#follow/input",
            json!({ "Id": 1 }),
        ),
        (
            "/shapes/lib#Busy/traits/",
            "smithy.api#retryable",
            json!(true),
        ),
        (
            "/shapes/lib#Busy/traits/",
            "smithy.api#retryable/throttling",
            json!(1),
        ),
        (
            "/shapes/lib#Wrong/members/Problems/traits/",
            "formsmith#fieldErrors/name",
            Value::Null,
        ),
    ];
    for (at, path, value) in broken {
        let mut ast = library::ast();
        *ast.pointer_mut(&format!("{at}{path}")).unwrap() = value;
        let error = Model::load(&[&ast.to_string()]).unwrap_err();
        let told = error.to_string();
        let shape = at.split('/').nth(2).unwrap();
        let id = path.split('/').next().unwrap();
        assert!(
            error.shape.starts_with(shape) && told.contains(id),
            "{path}: {told}"
        );
    }
}

/// The target of a member, of lists the items'.
fn step<'a>(model: &'a Model, shape: &'a Shape, name: &str) -> Option<&'a Shape> {
    let shape = match &shape.kind {
        ShapeKind::List(item) => model.shape(&item.target)?,
        _ => shape,
    };
    model.shape(&shape.member(name)?.target)
}

fn has(model: &Model, shape: Option<&Shape>, path: &str) -> bool {
    path.split('.')
        .try_fold(shape.unwrap(), |shape, name| step(model, shape, name))
        .is_some()
}

/// All `$Name` of a template.
fn references(template: &Value, found: &mut Vec<String>) {
    match template {
        Value::String(text) => found.extend(text.strip_prefix('$').map(str::to_owned)),
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => members.values().for_each(|it| references(it, found)),
        _ => {}
    }
}

fn each_operation(check: impl Fn(&Model, &Service, &Operation)) {
    let model = Model::embedded().unwrap();
    for service in model.services() {
        for operation in &service.operations {
            check(&model, service, operation);
        }
    }
}

#[test]
fn what_the_embedded_traits_name_is_there() {
    each_operation(|model, service, operation| {
        let name = operation.name();
        let shape = |id: &Option<_>| id.as_ref().and_then(|id| model.shape(id));
        let traits = &operation.traits;
        let input = shape(&operation.input);
        let entry = traits
            .batch
            .as_ref()
            .and_then(|it| step(model, input?, &it.entries));
        let of_input = |path: &str| {
            entry.is_some_and(|entry| has(model, Some(entry), path)) || has(model, input, path)
        };
        if let Some(read_back) = &traits.read_back {
            let reading = service.operation(&read_back.operation).unwrap();
            assert!(reading.traits.readonly, "{name}");
            for (member, template) in &read_back.input {
                assert!(
                    has(model, shape(&reading.input), member),
                    "{name}: {member}"
                );
                let mut paths = Vec::new();
                references(template, &mut paths);
                assert!(paths.iter().all(|path| of_input(path)), "{name}: {paths:?}");
            }
            assert!(
                has(model, shape(&reading.output), &read_back.found),
                "{name}"
            );
            let key = read_back.looked_for.as_ref().map(|it| it.key.as_str());
            assert!(key.is_none_or(of_input), "{name}");
        }
        if let Some(follow) = &traits.follow {
            let looking = service.operation(&follow.operation).unwrap();
            for (member, path) in &follow.input {
                assert!(
                    has(model, shape(&looking.input), member),
                    "{name}: {member}"
                );
                assert!(has(model, shape(&operation.output), path), "{name}: {path}");
            }
        }
        if let Some(inverse) = &traits.inverse {
            let inverse = service.operation(inverse).unwrap();
            assert_eq!(inverse.traits.inverse.as_deref(), Some(name));
        }
        for id in &operation.errors {
            for member in model.shape(id).unwrap().members() {
                if let Some(field) = &member.traits.field_errors {
                    let list = model.shape(&member.target);
                    assert!(has(model, list, &field.name) && has(model, list, &field.message));
                }
            }
        }
    });
}

#[test]
fn every_embedded_change_can_be_read_back_and_associations_undone() {
    each_operation(|_, _, operation| {
        let (traits, name) = (&operation.traits, operation.name());
        assert_eq!(traits.read_back.is_some(), !traits.readonly, "{name}");
        let is_association = name.contains("ssociate") && !traits.readonly;
        assert_eq!(traits.inverse.is_some(), is_association, "{name}");
        assert_eq!(!traits.already_done.is_empty(), is_association, "{name}");
    });
    let model = Model::embedded().unwrap();
    let prefixes = model.services().iter().map(|it| it.iam_prefix.as_str());
    let prefixes: Vec<_> = prefixes.collect();
    assert_eq!(
        prefixes,
        ["servicecatalog", "billingconductor", "partnercentral"]
    );
}

#[test]
fn the_codes_that_can_mean_done_are_the_services_own() {
    each_operation(|model, service, operation| {
        let shapes = service.operations.iter().flat_map(|it| &it.errors);
        let errors: Vec<&str> = shapes.map(|id| id.name()).collect();
        let values: Vec<&str> = model
            .members()
            .filter_map(|member| model.shape(&member.target))
            .flat_map(|shape| shape.enum_members())
            .map(|value| value.enum_value())
            .collect();
        for code in &operation.traits.already_done {
            assert!(
                errors.contains(&&**code) || values.contains(&&**code),
                "{code}"
            );
        }
    });
}

#[test]
fn values_are_found_by_their_path() {
    let object = json!({ "a": { "b": { "c": 1 }, "n": null }, "a.b": 2 });
    let at = |path| json::at(object.as_object().unwrap(), path);
    assert_eq!(at("a.b.c"), Some(&json!(1)));
    for path in ["a.n", "a.x", "a.b.c.d", "", "a."] {
        assert_eq!(at(path), None, "{path}");
    }
}
