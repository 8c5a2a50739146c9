//! Whatever is wrong with an input, the service's answer leads back to the members.

use super::World;
use formsmith_api::model::{Model, Operation, ShapeKind};
use formsmith_api::outcome::{Outcome, member_errors, outcome};
use formsmith_api::validate::{self, Located, Path, PathSegment};
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Texts with all that could lead a reader astray; few of them fit a pattern.
fn text() -> impl Strategy<Value = Value> {
    let forged = "x' at 'catalog' failed to satisfy constraint: Member must go; Value 'y";
    prop_oneof![
        4 => "[a-z0-9-]{0,12}",
        4 => "[';: é\u{1f600}\n\\\\[\\\\].a-z]{0,40}",
        1 => Just("it's at 'home'; Value 'x".to_owned()),
        1 => Just(forged.to_owned()),
        1 => "x{256,260}",
    ]
    .prop_map(Value::from)
}

/// An object with some of these members.
fn object(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let members = proptest::collection::vec(proptest::option::of(text()), names.len());
    members.prop_map(|values| {
        let members = names.iter().zip(values);
        let there = members.filter_map(|(name, value)| Some(((*name).to_owned(), value?)));
        Value::Object(there.collect::<Map<_, _>>())
    })
}

fn list(item: impl Strategy<Value = Value>, max: usize) -> impl Strategy<Value = Value> {
    proptest::collection::vec(item, 0..max).prop_map(Value::from)
}

type Case = (&'static str, &'static str, Value);

fn case() -> impl Strategy<Value = Case> {
    let association = object(&["ServiceActionId", "ProductId", "ProvisioningArtifactId"]);
    let bulk = list(association, 4).prop_map(|entries| {
        let input = json!({ "ServiceActionAssociations": entries });
        (
            "servicecatalog",
            "BatchDisassociateServiceActionFromProvisioningArtifact",
            input,
        )
    });
    let parameters = proptest::collection::btree_map("[a-zA-Z.]{0,60}", list(text(), 3), 0..3);
    let run = object(&["ProvisionedProductId", "ServiceActionId", "ExecuteToken"]);
    let run = (run, parameters).prop_map(|(mut input, parameters)| {
        input["Parameters"] = json!(parameters);
        (
            "servicecatalog",
            "ExecuteProvisionedProductServiceAction",
            input,
        )
    });
    let range = object(&["InclusiveStartBillingPeriod", "ExclusiveEndBillingPeriod"]);
    let resources = (object(&["TargetArn"]), list(text(), 4), range);
    let resources = resources.prop_map(|(mut input, arns, range)| {
        input["ResourceArns"] = arns;
        input["BillingPeriodRange"] = range;
        (
            "billingconductor",
            "BatchDisassociateResourcesFromCustomLineItem",
            input,
        )
    });
    let link = object(&[
        "Catalog",
        "OpportunityIdentifier",
        "RelatedEntityType",
        "RelatedEntityIdentifier",
    ]);
    let link = link.prop_map(|input| ("partnercentral-selling", "AssociateOpportunity", input));
    prop_oneof![bulk, run, resources, link]
}

/// The places that break the model; of Service Catalog, whose front end names lists and maps of
/// simple things as a whole, only that far.
fn broken(model: &Model, operation: &Operation, input: &Value, is_whole: bool) -> BTreeSet<String> {
    let place = model.root(operation.input.as_ref().unwrap()).unwrap();
    let located = validate::input(model, place, input).into_iter();
    // Of texts with documented values others are taken too; only this one is an enum.
    let is_taken =
        |it: &Located| it.violation.is_warning() && it.path.to_string() != "RelatedEntityType";
    let broken = located.filter(|it| !is_taken(it));
    broken
        .map(|it| match is_whole {
            true => it.path.to_string(),
            false => reported(model, operation, it.path).to_string(),
        })
        .collect()
}

fn reported(model: &Model, operation: &Operation, path: Path) -> Path {
    let mut shape = model.shape(operation.input.as_ref().unwrap()).unwrap();
    let mut kept = Vec::new();
    for segment in path.0 {
        let target = match (&segment, &shape.kind) {
            (PathSegment::Member(name), _) => &shape.member(name).unwrap().target,
            (PathSegment::Item(_), ShapeKind::List(item)) => &item.target,
            _ => break,
        };
        shape = model.shape(target).unwrap();
        let is_structure = matches!(shape.kind, ShapeKind::Structure(_));
        if !matches!(segment, PathSegment::Member(_)) && !is_structure {
            break;
        }
        kept.push(segment);
    }
    Path(kept)
}

#[test]
fn every_broken_member_is_found() {
    // What is refused changes nothing, so that one world does for all.
    let world = RefCell::new(World::fresh());
    let check = |(service, operation, input): Case| {
        let mut world = world.borrow_mut();
        let request = world.request(service, operation, &input);
        let response = world.send(&request);
        let model = Arc::clone(&world.model);
        let service = model.service(service).unwrap();
        let operation = service.operation(operation).unwrap();
        let is_whole = service.name != "servicecatalog";
        let broken = broken(&model, operation, &input, is_whole);
        let Outcome::Error(error) = outcome(&model, service, operation, &input, &response) else {
            assert!(broken.is_empty(), "{input}");
            return Ok(());
        };
        let errors = member_errors(&model, operation, &error);
        let found: BTreeSet<String> = errors.iter().map(|it| it.path.to_string()).collect();
        let missed: Vec<_> = broken.difference(&found).collect();
        assert!(missed.is_empty(), "{missed:?} {error:?}");
        if !broken.is_empty() {
            let invented: Vec<_> = found.difference(&broken).collect();
            assert!(invented.is_empty(), "{invented:?} {error:?}");
            assert!(
                errors.iter().all(|it| !it.message.contains("; Value ")),
                "{errors:?}"
            );
        }
        Ok(())
    };
    let config = Config {
        failure_persistence: None,
        ..Config::with_cases(400)
    };
    TestRunner::new(config).run(&case(), check).unwrap();
}
